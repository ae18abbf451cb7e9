"""Thirty ads of ours, of agencies, hospitals, farms and restaurants, French and English: what each says."""

import datetime as dt
from typing import Any

import pytest

from visavis.common.wordlists import words_beside
from visavis.vacancies import ads
from visavis.vacancies.ads import Facts, values

ADS = words_beside(__file__, "made_up.toml")["ad"]
TODAY = dt.date(2025, 5, 12)


def read(title: str, text: str) -> Facts:
    return ads.read(title=title, text=text, today=TODAY)


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
def test_an_ad_says_what_a_careful_person_understands_in_its_own_words(ad: dict[str, Any]) -> None:
    text = ad["text"].strip()
    facts = read(ad["title"], text)
    found = said(facts)
    expected = {
        name: sorted(value) if name in {"conditions", "languages"} else value
        for name, value in ad["says"].items()
    }
    assert {name: found.get(name) for name in expected} == expected
    phrases = [skill.words for skill in facts.skills]
    assert [part for part in ad.get("skills", []) if not any(part in phrase for phrase in phrases)] == []
    assert [part for part in ad.get("no_skills", []) if any(part in phrase for phrase in phrases)] == []
    several = [*facts.licences.values(), *facts.languages.values(), *facts.conditions.values()]
    single = [facts.contract, facts.length, facts.starts, facts.ends, facts.hours, facts.pay, facts.experience,
              facts.education, facts.own_vehicle, facts.remote, *several]  # fmt: skip
    for one in [one for one in single if one and one.source == "text"] + list(facts.skills):
        assert text[one.start : one.end] == one.words


def test_what_may_be_proposed_afterwards_is_not_this_contract_and_a_coefficient_tells_the_pay():
    text = (
        "Vous récoltez les tomates. Poste à pourvoir de suite. "
        "Si cela vous convient, un contrat saisonnier pourra vous être proposé à partir de mars 2026."
    )
    facts = read("Ouvrier maraîcher", text)
    assert facts.contract is None
    assert facts.starts and facts.starts.value == "asap"
    pay = read(
        "Agent", "Coefficient de base 413, soit 1 801.80 € (temps plein hors ancienneté), prime de 238 €."
    ).pay
    assert pay and (pay.value.low, pay.value.high, pay.value.unit) == (1801.8, 1801.8, "month")
    facts = read("Vendeur", "Temps partiel. Salaire : 900 € par mois.")
    assert facts.pay
    assert "pay_min_hour" not in values.evidence(facts)


def test_a_list_of_tasks_may_be_announced_before_it_and_a_title_may_tell_the_month() -> None:
    text = (
        "Vous rejoignez le bureau d'études. À ce titre, vous aurez pour missions principales de :\n\n"
        "- Rédiger les analyses,\n- Programmer les automates"
    )
    found = read("Automaticien", text).skills
    assert [one.words for one in found] == ["Rédiger les analyses", "Programmer les automates"]
    text = "Vos missions :\nNettoyer les sols\nCOORDINATION\nRendre compte au responsable"
    assert "COORDINATION" not in [one.words for one in read("Agent", text).skills]
    starts = read("Agent polyvalent JANVIER 2026", "Service en salle.").starts
    assert starts and (starts.value, starts.words) == ("2026-01", "JANVIER 2026")
    assert not read("Formation mai 2025 - juin 2026", "").starts
