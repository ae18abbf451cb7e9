"""One ad that was read, laid out in the columns that match reads."""

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from visavis.commands.vacancies_files import Source
from visavis.vacancies.ads import values
from visavis.vacancies.ads.facts import Facts

COLUMNS = (
    "id", "title", "occupation", "other_occupations", "commune", "latitude", "longitude", "contract", "contract_months",
    "hours_min", "hours_max", "starts_on", "pay_min_hour", "pay_max_hour", "licences", "licences_wished", "own_vehicle",
    "experience_months", "experience_required", "education_level", "education_required", "languages", "conditions",
    "remote", "skills_essential", "skills_wished", "skills_text", "positions", "employer", "evidence",
)  # fmt: skip
SCHEMA = dict.fromkeys(COLUMNS, pl.String)
RENAMED = {"experience_is_required": "experience_required", "education_is_required": "education_required"}


def row_of(source: Source, facts: Facts, codes: Sequence[str], occupations: Sequence[str]) -> dict[str, str]:
    """Write one row; empty is "not said". Of the occupations the first is the foremost."""
    skills = skills_of(facts, codes)
    row: dict[str, Any] = {
        "id": source.id,
        "title": source.title,
        "occupation": next(iter(occupations), ""),
        "other_occupations": list(occupations[1:]),
        "employer": source.employer,
        **place_of(source),
        **{RENAMED.get(name, name): value for name, value in values.said(facts).items()},
        "languages": [
            f"{code}:{one.value.level}" if one.value.level else code
            for code, one in facts.languages.items()
            if one.value.is_required
        ],
        **skills,
        "evidence": json.dumps(evidence_of(facts), ensure_ascii=False),
    }
    return {name: written(row.get(name)) for name in COLUMNS}


def written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(value)
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
    return {RENAMED.get(name, name): words[0] for name, words in values.evidence(facts).items()}
