"""Thirty ads of ours, of agencies, hospitals, farms and restaurants, French and English: what each says."""

import datetime as dt
from typing import Any

import pytest

from visavis.common.wordlists import words_beside
from visavis.vacancies import ads
from visavis.vacancies.ads import Facts

ADS = words_beside(__file__, "made_up.toml")["ad"]
TODAY = dt.date(2025, 5, 12)


def understood(ad: dict[str, Any]) -> Facts:
    return ads.read(title=ad["title"], text=ad["text"].strip(), today=TODAY)


def said(facts: Facts) -> dict[str, Any]:
    """Lay facts out as the table does; what was not said is left out."""
    single = {
        "contract": facts.contract, "start": facts.starts, "end": facts.ends, "working_time": facts.working_time,
        "positions": facts.positions, "experience": facts.experience, "beginner": facts.beginner,
        "experience_months": facts.experience_months, "own_vehicle": facts.own_vehicle, "remote": facts.remote,
    }  # fmt: skip
    found: dict[str, Any] = {name: one.value for name, one in single.items() if one}
    if facts.length:
        found["length"] = [facts.length.value.months or 0, facts.length.value.days or 0]
    if facts.hours:
        found["hours"] = [facts.hours.value.low, facts.hours.value.high]
    if facts.pay:
        found["pay"] = [facts.pay.value.low, facts.pay.value.high, facts.pay.value.unit]
    if facts.education:
        found["education"] = [facts.education.value.level, facts.education.value.is_required]
    found["licences_required"] = sorted(code for code, one in facts.licences.items() if one.value)
    found["licences_wished"] = sorted(code for code, one in facts.licences.items() if not one.value)
    found["languages"] = sorted(
        [code, one.value.level or 0, one.value.is_required] for code, one in facts.languages.items()
    )
    found["conditions"] = sorted(facts.conditions)
    return found


@pytest.mark.parametrize("ad", ADS, ids=[ad["title"] for ad in ADS])
def test_an_ad_says_what_a_careful_person_understands(ad: dict[str, Any]) -> None:
    found = said(understood(ad))
    expected = {
        name: sorted(value) if name in {"conditions", "languages"} else value
        for name, value in ad["says"].items()
    }
    assert {name: found.get(name) for name in expected} == expected


@pytest.mark.parametrize("ad", ADS, ids=[ad["title"] for ad in ADS])
def test_tasks_are_skills_and_benefits_and_traits_are_none(ad: dict[str, Any]) -> None:
    phrases = [skill.words for skill in understood(ad).skills]
    assert [part for part in ad.get("skills", []) if not any(part in phrase for phrase in phrases)] == []
    assert [part for part in ad.get("no_skills", []) if any(part in phrase for phrase in phrases)] == []


@pytest.mark.parametrize("ad", ADS, ids=[ad["title"] for ad in ADS])
def test_each_value_keeps_the_words_it_was_read_in(ad: dict[str, Any]) -> None:
    facts, text = understood(ad), ad["text"].strip()
    several = [*facts.licences.values(), *facts.languages.values(), *facts.conditions.values()]
    single = [facts.contract, facts.length, facts.starts, facts.ends, facts.hours, facts.pay, facts.experience,
              facts.education, facts.own_vehicle, facts.remote, *several]  # fmt: skip
    for found in single:
        if found and found.source == "text":
            assert text[found.start : found.end] == found.words
    for skill in facts.skills:
        assert text[skill.start : skill.end] == skill.words


def test_what_may_be_proposed_afterwards_is_not_this_contract():
    text = (
        "Vous récoltez les tomates. Poste à pourvoir de suite. "
        "Si cela vous convient, un contrat saisonnier pourra vous être proposé à partir de mars 2026."
    )
    facts = ads.read(title="Ouvrier maraîcher", text=text, today=TODAY)
    assert facts.contract is None
    assert facts.starts and facts.starts.value == "asap"
