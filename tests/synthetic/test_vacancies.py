"""Vacancies are plausible, agree with their text and speak the catalogue's codes."""

import re
from collections import Counter

import pytest

from visavis.catalog import starter
from visavis.synthetic import french
from visavis.synthetic.kinds import BY_CODE, TEMPORARY
from visavis.synthetic.setting import MINIMUM_WAGE

CATALOGUE = starter.load()


def test_every_code_is_in_the_catalogue(vacancies):
    for one in vacancies:
        occupation = CATALOGUE.occupation[one.occupation]
        assert set(one.skills_essential) == set(CATALOGUE.skills_of[one.occupation, "essential"])
        assert set(one.skills_wished) <= set(CATALOGUE.skills_of[one.occupation, "optional"])
        assert set(one.licences) <= set(occupation.licences)
        assert set(one.conditions) <= {*occupation.conditions, "night"}
        assert len(set(one.conditions)) == len(one.conditions)
        assert one.town.code in starter.places().row_of


def test_the_title_is_one_of_the_occupation(vacancies):
    for one in vacancies:
        bare = re.sub(r" \(?[HF]/[HF]\)?$", "", one.title)
        known = CATALOGUE.titles_of[one.occupation, "fr"]
        assert bare in {form for t in known for form in (t.label, t.masculine, t.feminine)}, one.title


def test_pay_is_within_the_range_of_the_occupation(vacancies):
    for one in vacancies:
        assert (one.pay_min_hour is None) == (one.pay_max_hour is None)
        if one.pay_min_hour is not None:
            occupation = CATALOGUE.occupation[one.occupation]
            assert MINIMUM_WAGE <= one.pay_min_hour <= one.pay_max_hour <= occupation.pay_max_hour
            assert one.pay_min_hour >= occupation.pay_min_hour
            assert one.contract not in ("apprenticeship", "self_employed")
    assert 0.25 < sum(one.pay_min_hour is None for one in vacancies) / len(vacancies) < 0.42


def test_temporary_work_goes_through_agencies_only(vacancies):
    for one in vacancies:
        assert (one.contract == "temporary") == (one.employer.kind == TEMPORARY.code)
    assert 0.12 < sum(one.contract == "temporary" for one in vacancies) / len(vacancies) < 0.35


def test_an_employer_hires_the_occupations_of_its_kind(vacancies):
    for one in vacancies:
        if one.employer.kind != TEMPORARY.code:
            assert one.occupation in BY_CODE[one.employer.kind].hires


def test_titles_that_name_a_place_are_used_there(vacancies):
    for one in vacancies:
        assert "mairie" not in one.title or one.employer.kind == "town_hall"
        assert "grande surface" not in one.title or one.employer.kind in ("supermarket", TEMPORARY.code)
        assert "Apprenti" not in one.title or one.contract == "apprenticeship"
        assert "nuit" not in one.title or "night" in one.conditions
        assert "vélo" not in one.title or not one.licences
        assert "libéral" not in one.title


def test_chiefs_have_experience_and_apprentices_need_none(vacancies):
    for one in vacancies:
        if re.match(r"(Chef|Cheffe|Responsable|Directeur|Directrice) ", one.title):
            assert (
                one.experience_months >= 24 and one.experience_required and one.contract != "apprenticeship"
            )
        if one.contract == "apprenticeship":
            assert one.experience_months == 0 and one.education_level is None
        assert one.experience_months or not one.experience_required
        assert one.education_level is not None or not one.education_required


def test_care_that_the_law_reserves_asks_for_its_diploma(vacancies):
    nurses = [one for one in vacancies if one.occupation == "J1506" and one.contract != "apprenticeship"]
    assert nurses and all(one.education_level == 6 and one.education_required for one in nurses)


def test_hours_and_dates_are_plausible(vacancies, today):
    for one in vacancies:
        assert one.hours_min is None or 8 <= one.hours_min <= one.hours_max <= 39
        assert one.starts_on is None or 0 <= (one.starts_on - today).days <= 75
        assert 0 <= (today - one.published_on).days <= 40
        assert 1 <= one.positions <= 10
        assert (one.duration_months is None) == (one.contract in ("permanent", "self_employed", "other"))


def test_the_advert_has_four_to_eight_sentences_without_nonsense(vacancies):
    for one in vacancies:
        sentences = re.findall(r"[^.?]+[.?]", one.text)
        assert 4 <= len(sentences) <= 9, one.text
        assert one.text.endswith(".") and not re.search(
            r"None|\{|\}|  |\bde [aeiouyéèê]| à Le |\.\.", one.text
        ), one.text


def test_the_advert_says_nothing_the_vacancy_does_not_hold(vacancies):
    for one in vacancies:
        text = one.text
        assert ("la nuit" not in text) or "night" in one.conditions
        assert ("Le salaire" not in text) or french.euros(one.pay_min_hour) in text
        assert ("à partir du" in text) == (one.starts_on is not None)
        assert ("permis B est" not in text) or one.licences == ("B",)
        assert ("postes sont à pourvoir" not in text) or one.positions > 1
        assert one.town.said.removeprefix("Le ").removeprefix("Les ") in text


def test_contracts_follow_the_occupations(vacancies):
    seasonal = Counter(one.occupation for one in vacancies if one.contract == "seasonal")
    assert set(seasonal) <= {
        code for code, one in CATALOGUE.occupation.items() if "seasonal" in one.contracts
    }
    permanent = sum(one.contract == "permanent" for one in vacancies) / len(vacancies)
    assert 0.35 < permanent < 0.62


def test_work_is_at_the_employer_or_within_twenty_kilometres(vacancies):
    at_home = sum(one.town == one.employer.town for one in vacancies) / len(vacancies)
    assert 0.75 < at_home < 0.95
    for one in vacancies:
        assert abs(one.town.latitude - one.employer.town.latitude) * 111.2 <= 20.01


@pytest.mark.parametrize("code", ["D1507", "K1302", "N1103", "G1803"])
def test_common_occupations_are_common(vacancies, code):
    expected = CATALOGUE.occupation[code].weight
    found = sum(one.occupation == code for one in vacancies) / len(vacancies)
    assert expected / 3 < found < expected * 3
