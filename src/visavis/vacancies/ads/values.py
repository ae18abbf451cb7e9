"""What an ad says as the columns of a vacancy, and the words that each column was read in."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from visavis.vacancies.ads.facts import FULL_TIME_HOURS, PART_TIME_MOST, Facts, Found
from visavis.vacancies.ads.terms.conditions import OURS

# Gross is what is paid and what the employee gives to social security: about 22 of 100.
NET_OF_GROSS = 0.78
MOST_WORDS = 160
# Which columns each fact fills.
COLUMNS = {
    "contract": ("contract",), "length": ("contract_months",), "starts": ("starts_on",), "ends": ("ends_on",),
    "pay": ("pay_min_hour", "pay_max_hour"), "hours": ("hours_min", "hours_max"), "positions": ("positions",),
    "experience": ("experience_is_required",), "experience_months": ("experience_months",),
    "education": ("education_level", "education_is_required"), "own_vehicle": ("own_vehicle",), "remote": ("remote",),
}  # fmt: skip


def said(facts: Facts) -> dict[str, Any]:
    """Return the columns as the ad says them; None and empty are "not said"."""
    starts = facts.starts.value if facts.starts and facts.starts.value != "asap" else ""
    months = facts.experience_months.value if facts.experience_months else None
    asks = facts.experience.value if facts.experience else ""
    if months is None and (asks == "none" or facts.beginner):
        months = 0
    low, high = pay_of(facts)
    return {
        "contract": facts.contract.value if facts.contract else "",
        "contract_months": facts.length.value.in_months if facts.length else None,
        "hours_min": facts.hours.value.low if facts.hours else None,
        "hours_max": facts.hours.value.high if facts.hours else None,
        # Of a month alone, its first day.
        "starts_on": f"{starts}-01" if len(starts) == len("2025-06") else starts,
        "pay_min_hour": low,
        "pay_max_hour": high,
        "licences": sorted(code for code, one in facts.licences.items() if one.value),
        "licences_wished": sorted(code for code, one in facts.licences.items() if not one.value),
        "conditions": sorted(code for code in facts.conditions if code not in OURS),
        "experience_months": months,
        "experience_is_required": asks == "required" if asks else None,
        "education_level": facts.education.value.level if facts.education else None,
        "education_is_required": bool(facts.education.value.is_required) if facts.education else None,
        "positions": facts.positions.value if facts.positions else None,
        "own_vehicle": facts.own_vehicle.value if facts.own_vehicle else "",
        "remote": facts.remote.value if facts.remote else "",
    }


def columns(facts: Facts) -> dict[str, Any]:
    """Return the same fit for the table of vacancies: whole months, hours where only full or part time is said."""
    found = said(facts)
    remote, time = found.pop("remote"), facts.working_time.value if facts.working_time else ""
    if found["hours_max"] is None and time in {"full", "part"}:
        found["hours_max"] = FULL_TIME_HOURS if time == "full" else PART_TIME_MOST
        found["hours_min"] = FULL_TIME_HOURS if time == "full" else None
    if remote in {"some", "full"}:
        found["conditions"].append("remote")
    starts = dt.date.fromisoformat(found["starts_on"]) if found["starts_on"] else None
    level, months = found["education_level"], found["experience_months"]
    return found | {
        "contract_months": round(found["contract_months"] or 0) or None,
        "starts_on": starts,
        "ends_on": last_day(facts, starts),
        "is_on_call": "on_call" in facts.conditions,
        "is_annualised": "annualised" in facts.conditions,
        "positions": found["positions"] or 1,
        "is_remote": remote == "full",
        "experience_is_required": bool(months and found["experience_is_required"]),
        "education_is_required": bool(level and found["education_is_required"]),
    }


def last_day(facts: Facts, starts: dt.date | None) -> dt.date | None:
    """Return the end of the contract where it is told to the day, and not before the start."""
    said = facts.ends.value if facts.ends else ""
    try:
        ends = dt.date.fromisoformat(said)
    except ValueError:
        return None
    return None if starts and ends < starts else ends


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


def evidence(facts: Facts, fields: Facts | None = None, codes: Sequence[str] = ()) -> dict[str, list[str]]:
    """Give the words each column was read in and, where a field said otherwise, the field's.

    Those of a skill stand under its code; "as soon as possible" stands here though its column is empty.
    """
    found = {code: [one.words[:MOST_WORDS]] for one, code in zip(facts.skills, codes, strict=False) if code}
    for name, names in COLUMNS.items():
        one: Found[Any] | None = getattr(facts, name)
        field: Found[Any] | None = getattr(fields, name, None)
        if name == "experience_months":
            one = one or facts.beginner
        if name == "pay" and pay_of(facts) == (None, None):
            continue
        if one:
            denied = field is not None and one.source in {"text", "title"} and field.value != one.value
            words = [one.words[:MOST_WORDS], *([field.words[:MOST_WORDS]] if denied and field else [])]
            found |= dict.fromkeys(names, words)
    for column, code in (("is_on_call", "on_call"), ("is_annualised", "annualised")):
        if one := facts.conditions.get(code):
            found[column] = [one.words[:MOST_WORDS]]
    several: dict[str, Mapping[str, Found[Any]]] = {
        "licences": {code: one for code, one in facts.licences.items() if one.value},
        "licences_wished": {code: one for code, one in facts.licences.items() if not one.value},
        "languages": facts.languages,
        "conditions": facts.conditions,
    }
    for name, some in several.items():
        if some:
            found[name] = [" | ".join(dict.fromkeys(one.words for one in some.values()))[: 2 * MOST_WORDS]]
    return found
