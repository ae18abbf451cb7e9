"""An ad that was read, as a search reads it. Pure."""

from collections.abc import Mapping
from math import nan
from typing import Any

from visavis.engine.search.documents import Document, tags_in
from visavis.vacancies.ads.facts import FULL_TIME_HOURS, Facts

PART_TIME = 34.6
FEW_HOURS, HALF_TIME = 14.9, (14.5, 22.9)
NET_OF_GROSS = 0.78
DIPLOMA_LEAST = 3
LICENCES = {
    "B": "licence_b",
    "BE": "licence_b",
    "C1": "licence_c",
    "C": "licence_c",
    "CE": "licence_ce",
    "D1": "licence_d",
    "D": "licence_d",
}
LANGUAGES = {"fr": "french", "en": "english", "de": "german", "es": "spanish", "it": "italian"}


def document(title: str, text: str, facts: Facts, **known: Any) -> Document:
    """Lay an ad out; `known` are the fields of `Document` that no text says: names, code, place."""
    tags = tags_in(title, text) | of_terms(facts) | of_person(facts)
    low, high = pay_of(facts)
    said = " ".join(one.words for one in facts.skills if one.start < 0)
    known["names"] = f"{known.get('names', '')} {said}"
    return Document(
        title=title, text=text, tags=frozenset(implied(tags)), pay_low=low, pay_high=high, **known
    )


def of_terms(facts: Facts) -> set[str]:
    tags = set(facts.conditions)
    if facts.contract:
        tags.add(facts.contract.value)
    if facts.working_time:
        tags |= {"part", "full"} if facts.working_time.value == "either" else {facts.working_time.value}
    elif facts.hours:
        tags.add("part" if facts.hours.value.high < PART_TIME else "full")
    if facts.hours:
        tags |= of_hours(facts.hours.value.low, facts.hours.value.high)
    if facts.remote and facts.remote.value not in (False, "no", "none"):
        tags.add("remote")
    if facts.own_vehicle:
        tags.add("own_vehicle")
    return tags


def of_hours(least: float, most: float) -> set[str]:
    """Return whether hours a week are few, or about half."""
    tags = {"few_hours"} if least <= FEW_HOURS and most < PART_TIME else set()
    return tags | ({"half"} if most >= HALF_TIME[0] and least <= HALF_TIME[1] and most < PART_TIME else set())


def of_person(facts: Facts) -> set[str]:
    tags = {LICENCES[code] for code, one in facts.licences.items() if one.value and code in LICENCES}
    tags |= {"caces" for code in facts.licences if code.startswith("caces")}
    tags |= {LANGUAGES[code] for code in facts.languages if code in LANGUAGES}
    experience = facts.experience.value if facts.experience else ""
    if facts.beginner or experience == "none":
        tags.add("beginner")
    elif experience == "required":
        tags.add("experienced")
    if facts.education:
        level = facts.education.value.level
        tags.add(f"level_{level}" if level >= DIPLOMA_LEAST else "level_0")
        if level >= DIPLOMA_LEAST and facts.education.value.is_required:
            tags.add("diploma")
    if facts.starts and facts.starts.value == "asap":
        tags.add("asap")
    return tags


def fact_tags(said: Mapping[str, Any]) -> set[str]:
    """Return what the fields of a vacancy say, by their names; the tags of its words are added to them."""
    tags = {said["contract"], *said["conditions"]}
    tags |= {LICENCES.get(code, "caces" if code.startswith("caces") else "") for code in said["licences"]}
    hours = [float(one) for one in (said["hours_min"], said["hours_max"]) if one is not None]
    if hours:
        tags |= {"part"} if hours[0] < PART_TIME else set()
        tags |= {"full"} if hours[-1] >= PART_TIME else set()
        tags |= of_hours(hours[0], hours[-1])
    tags |= {"diploma_free"} if said["needs_no_diploma"] else set()
    if said["is_remote"]:
        tags.add("remote")
    if said["is_open_to_disability"]:
        tags.add("disability")
    if said["experience_months"] is not None:
        tags.add(
            "beginner"
            if not said["experience_months"]
            else "experienced"
            if said["experience_is_required"]
            else ""
        )
    level = said["education_level"]
    if level is not None:
        tags.add(f"level_{level}" if level >= DIPLOMA_LEAST else "level_0")
        if level >= DIPLOMA_LEAST and said["education_is_required"]:
            tags.add("diploma")
    return implied(tags)


def implied(tags: set[str]) -> set[str]:
    """Add what follows of what is said and of what is not."""
    if not {"licence_b", "licence_c", "licence_ce", "licence_d", "own_vehicle"} & tags:
        tags.add("no_licence")
    asks = {"level_3", "level_4", "level_5", "level_6", "level_7", "diploma"} & tags
    if "diploma_free" in tags or ("beginner" in tags and not asks):
        tags.add("untrained")
    return tags


def pay_of(facts: Facts) -> tuple[float, float]:
    """Return gross euros an hour, NaN where not said."""
    if not facts.pay:
        return nan, nan
    is_part = facts.working_time is not None and facts.working_time.value != "full"
    hours = facts.hours.value.low if facts.hours else None if is_part else FULL_TIME_HOURS
    ends = facts.pay.value.per_hour(hours)
    low, high = (
        nan if end is None else end / (NET_OF_GROSS if facts.pay.value.is_net else 1) for end in ends
    )
    return low, high
