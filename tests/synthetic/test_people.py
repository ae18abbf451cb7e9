"""Jobseekers are plausible, agree with themselves and speak the catalogue's codes."""

import re

import numpy as np

from visavis.catalog import starter
from visavis.synthetic import careers, names
from visavis.synthetic.kinds import BY_CODE
from visavis.synthetic.setting import MINIMUM_WAGE

CATALOGUE = starter.load()


def share(people, says):
    return sum(map(says, people)) / len(people)


def test_nobody_is_under_sixteen_or_over_sixty_five_and_names_and_diplomas_go_with_them(jobseekers, today):
    ages = [one.person.age_on(today) for one in jobseekers]
    assert min(ages) >= 16 and max(ages) <= 65
    assert 0.07 < np.mean(np.array(ages) < 25) < 0.20
    for one, age in zip(jobseekers, ages, strict=True):
        assert one.person.first_name in (names.WOMEN if one.person.is_woman else names.MEN)
        assert one.education_level is None or age >= careers.AGE_AT_LEVEL[one.education_level]
    assert len(names.WOMEN) + len(names.MEN) >= 150 and len(names.FAMILIES) >= 200
    assert not set(names.WOMEN) & set(names.MEN)


def test_titles_are_said_in_the_gender_of_the_person_and_nobody_begins_as_a_chief(jobseekers):
    forms = {
        (t.occupation, t.feminine if woman else t.masculine, woman)
        for t in CATALOGUE.titles
        for woman in (0, 1)
    }
    chief = re.compile(r"(Chef|Cheffe|Responsable|Directeur|Directrice)\b")
    for one in jobseekers:
        for occupation, title in zip(one.occupations, one.titles, strict=False):
            assert (occupation, title, one.person.is_woman) in forms
            if one.experience and occupation not in one.months:
                assert not chief.match(title)


def test_wishes_are_one_to_three_and_one_move_apart_and_every_code_is_in_the_catalogue(jobseekers):
    for one in jobseekers:
        first, *others = one.occupations
        assert len(others) <= 2 and len(set(one.occupations)) == len(one.occupations)
        assert set(others) <= {move.target for move in CATALOGUE.moves_from[first]}
        assert set(one.occupations) | set(one.months) <= set(CATALOGUE.occupation)
        assert {code for code, _ in one.skills} <= set(CATALOGUE.skill)
        assert set(one.interests) <= set(CATALOGUE.interest)
        assert {job.employer_kind for job in one.experience} <= set(BY_CODE)
        assert one.town.code in starter.places().row_of
        # Nobody refuses what every wanted vacancy has.
        wanted = [CATALOGUE.occupation[code].conditions for code in one.occupations]
        needed = {name for said in wanted for name, part in said.items() if part >= 0.9}
        assert not needed & set(one.avoid) and len(one.avoid) <= 4
    assert 0.47 < share(jobseekers, lambda one: len(one.occupations) == 1) < 0.60


def test_jobs_follow_each_other_backwards_and_begin_after_school(jobseekers, today):
    for one in jobseekers:
        upto = today
        for job in one.experience:
            end = job.ended_on or today
            assert job.started_on < end <= upto and job.months >= 1
            assert abs((end - job.started_on).days / 30.44 - job.months) < 1
            upto = job.started_on
        if one.experience:
            assert (upto - one.person.born_on).days / 365.25 > 15.9
            assert all(job.ended_on for job in one.experience[1:]), "only the latest job may last"
    working = share(jobseekers, lambda one: any(job.ended_on is None for job in one.experience))
    assert 0.05 < working < 0.11


def test_skills_grow_with_experience_and_are_mostly_those_of_known_or_wanted_occupations(jobseekers):
    levels = {False: [], True: []}
    for one in jobseekers:
        if one.skills and sum(one.months.values()) == 0:
            levels[False] += [level for _, level in one.skills]
        elif max(one.months.values(), default=0) > 60:
            levels[True] += [level for _, level in one.skills]
        assert all(1 <= level <= 4 for _, level in one.skills) and len(one.skills) <= careers.MOST_SKILLS
        if one.experience:
            around = {
                (code, kind) for code in (*one.occupations, *one.months) for kind in ("essential", "optional")
            }
            known = {code for pair in around for code in CATALOGUE.skills_of[pair]}
            assert {code for code, _ in one.skills} <= known
    assert np.mean(levels[True]) > np.mean(levels[False]) + 0.8


def test_languages_and_licences_go_with_the_person(jobseekers, today) -> None:
    answered = [dict(one.languages) for one in jobseekers if one.languages]
    assert all("fr" in one and all(1 <= level <= 6 for level in one.values()) for one in answered)
    second = [one for one in answered if one["fr"] < 6]
    assert 0.09 < len(second) / len(answered) < 0.15
    assert all(6 in one.values() for one in second), "everybody has a mother tongue"
    for one in jobseekers:
        held = set(one.licences or ())
        if one.person.age_on(today) < 18:
            assert not held
        assert "B" in held or not held & {"BE", "C", "CE", "D", "fimo"}
        assert "C" in held or "CE" not in held
    drivers = [one for one in jobseekers if one.transport == "car" and one.licences is not None]
    assert len(drivers) > 1000 and all("B" in one.licences for one in drivers)


def test_pay_hours_and_dates_are_in_order(jobseekers, today):
    asked = [one for one in jobseekers if one.lowest_pay_hour is not None]
    first = {one.id: CATALOGUE.occupation[one.occupations[0]] for one in asked}
    for one in asked:
        assert MINIMUM_WAGE <= one.lowest_pay_hour <= first[one.id].pay_max_hour
    assert share(asked, lambda one: one.lowest_pay_hour <= first[one.id].pay_min_hour) < 0.5
    for one in jobseekers:
        assert (one.hours_min is None) == (one.hours_max is None)
        assert one.hours_min is None or 0 < one.hours_min <= one.hours_max <= 48
        assert one.available_on is None or 0 <= (one.available_on - today).days <= 90
        assert one.radius_km is None or one.minutes is None


def test_some_have_no_email_some_no_phone_and_all_can_be_reached(jobseekers):
    for one in jobseekers:
        person = one.person
        assert person.email or person.channel != "web"
        assert person.phone or person.channel not in ("sms", "phone")
        assert re.fullmatch(r"([a-z-]+\.[a-z-]+\.\d+@example\.net)?", person.email), person.email
        assert re.fullmatch(r"(\+3363998\d{4})?", person.phone), person.phone
    assert 0.06 < share(jobseekers, lambda one: not one.person.email) < 0.12
    assert 0.05 < share(jobseekers, lambda one: not one.person.phone) < 0.10
    emails = [one.person.email for one in jobseekers if one.person.email]
    assert len(set(emails)) == len(emails)
    assert {one.person.channel for one in jobseekers} == {"web", "sms", "phone", "post", "counter"}


def test_some_profiles_are_nearly_empty_and_fields_are_left_out_at_their_rate(jobseekers):
    said = ("skills", "experience", "contracts", "text", "titles")
    empty = [one for one in jobseekers if not any(getattr(one, name) for name in said)]
    assert 0.03 < len(empty) / len(jobseekers) < 0.07
    assert all(one.occupations for one in empty)
    for name, low, high in (
        ("lowest_pay_hour", 0.33, 0.42),
        ("education_level", 0.09, 0.15),
        ("licences", 0.11, 0.17),
    ):
        assert low < share(jobseekers, lambda one, name=name: getattr(one, name) is None) < high


def test_what_they_write_is_whole_sentences_that_agree_with_the_profile(jobseekers, today):
    for one in jobseekers:
        text = one.text
        assert text == "" or text[-1] == ".", text
        assert not [nonsense for nonsense in ("  ", "{", "None") if nonsense in text], text
        if "tout de suite" in text and one.available_on:
            assert one.available_on == today
        if "prête" in text:
            assert one.person.is_woman
        if "prêt à" in text:
            assert not one.person.is_woman
    assert any(one.person.language == "en" and "I " in one.text for one in jobseekers)
    assert 0.3 < share(jobseekers, lambda one: not one.text) < 0.45
