"""One ad that was read, laid out in the columns that match reads."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from visavis.commands.vacancies_files import Source
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES
from visavis.vacancies.ads.facts import FULL_TIME_HOURS, Facts, Found

COLUMNS = (
    "id", "title", "occupation", "commune", "latitude", "longitude", "contract", "contract_months", "hours_min",
    "hours_max", "starts_on", "pay_min_hour", "pay_max_hour", "licences", "licences_wished", "own_vehicle",
    "experience_months", "experience_required", "education_level", "education_required", "languages", "conditions",
    "remote", "skills_essential", "skills_wished", "skills_text", "positions", "employer", "evidence",
)  # fmt: skip
SCHEMA = dict.fromkeys(COLUMNS, pl.String)
# Gross is what is paid and what the employee gives to social security: about 22 of 100.
NET_OF_GROSS = 0.78


def row_of(source: Source, facts: Facts, codes: Sequence[str], occupation: str) -> dict[str, str]:
    """Write one row; empty is "not said"."""
    skills = skills_of(facts, codes)
    values: dict[str, Any] = {
        "id": source.id,
        "title": source.title,
        "occupation": occupation,
        "employer": source.employer,
        **place_of(source),
        **terms_of(facts),
        **person_of(facts),
        **skills,
        "positions": facts.positions.value if facts.positions else None,
        "evidence": json.dumps(evidence_of(facts), ensure_ascii=False),
    }
    return {name: written(values.get(name)) for name in COLUMNS}


def written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) and abs(value) < 1e5 else str(value)


def place_of(source: Source) -> dict[str, Any]:
    if source.place is None:
        return {}
    place = source.place
    return {
        "commune": place.commune or "",
        "latitude": str(place.latitude),
        "longitude": str(place.longitude),
    }


def terms_of(facts: Facts) -> dict[str, Any]:
    low, high = pay_of(facts)
    starts = facts.starts.value if facts.starts and facts.starts.value != "asap" else ""
    return {
        "contract": facts.contract.value if facts.contract and facts.contract.value in CONTRACTS else "",
        "contract_months": facts.length.value.in_months if facts.length else None,
        "hours_min": facts.hours.value.low if facts.hours else None,
        "hours_max": facts.hours.value.high if facts.hours else None,
        # Of a month alone, its first day.
        "starts_on": f"{starts}-01" if len(starts) == len("2025-06") else starts,
        "pay_min_hour": low,
        "pay_max_hour": high,
        "conditions": ";".join(code for code in facts.conditions if code in CONDITIONS),
        "remote": facts.remote.value if facts.remote else "",
        "own_vehicle": facts.own_vehicle.value if facts.own_vehicle else "",
    }


def pay_of(facts: Facts) -> tuple[float | None, float | None]:
    """Return gross euros an hour; a part of a month without hours says nothing."""
    if not facts.pay:
        return None, None
    is_part = facts.working_time is not None and facts.working_time.value != "full"
    hours = facts.hours.value.low if facts.hours else None if is_part else FULL_TIME_HOURS
    low, high = facts.pay.value.per_hour(hours)
    if facts.pay.value.is_net:
        low, high = (None if end is None else round(end / NET_OF_GROSS, 2) for end in (low, high))
    return low, high


def person_of(facts: Facts) -> dict[str, Any]:
    experience = facts.experience.value if facts.experience else ""
    months = facts.experience_months.value if facts.experience_months else None
    if months is None and (experience == "none" or facts.beginner):
        months = 0
    return {
        "licences": ";".join(code for code, one in facts.licences.items() if one.value and code in LICENCES),
        "licences_wished": ";".join(
            code for code, one in facts.licences.items() if not one.value and code in LICENCES
        ),
        "experience_months": months,
        "experience_required": experience == "required" if experience else None,
        "education_level": facts.education.value.level if facts.education else None,
        "education_required": bool(facts.education.value.is_required) if facts.education else None,
        "languages": ";".join(
            f"{code}:{one.value.level}" if one.value.level else code
            for code, one in facts.languages.items()
            if one.value.is_required
        ),
    }


def skills_of(facts: Facts, codes: Sequence[str]) -> dict[str, str]:
    """Give the codes that are essential and wished, and the phrases in the ad's own words."""
    essential, wished = dict[str, None](), dict[str, None]()
    for skill, code in zip(facts.skills, codes, strict=True):
        if code:
            (essential if skill.is_essential else wished)[code] = None
    phrases = [" ".join(skill.words.replace("|", " ").split()) for skill in facts.skills if skill.start >= 0]
    phrases = phrases or [skill.words.replace("|", " ") for skill in facts.skills]
    return {
        "skills_essential": ";".join(essential),
        "skills_wished": ";".join(code for code in wished if code not in essential),
        "skills_text": "|".join(phrases),
    }


def evidence_of(facts: Facts) -> dict[str, str]:
    """Give the words each column was read in; "as soon as possible" stands here though its column is empty."""
    single: dict[str, Found[Any] | None] = {
        "contract": facts.contract, "contract_months": facts.length, "hours_min": facts.hours,
        "hours_max": facts.hours, "starts_on": facts.starts, "pay_min_hour": facts.pay, "pay_max_hour": facts.pay,
        "positions": facts.positions, "experience_months": facts.experience_months or facts.beginner,
        "experience_required": facts.experience, "education_level": facts.education,
        "education_required": facts.education, "own_vehicle": facts.own_vehicle, "remote": facts.remote,
    }  # fmt: skip
    several: dict[str, Mapping[str, Found[Any]]] = {
        "licences": {code: one for code, one in facts.licences.items() if one.value},
        "licences_wished": {code: one for code, one in facts.licences.items() if not one.value},
        "languages": facts.languages,
        "conditions": facts.conditions,
    }
    said = {name: found.words for name, found in single.items() if found}
    said |= {
        name: " | ".join(dict.fromkeys(one.words for one in found.values()))
        for name, found in several.items()
        if found
    }
    return said
