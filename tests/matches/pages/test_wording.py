"""Reasons in words."""

from typing import Any

import pytest
from django.utils import translation

from visavis.matches.pages import wording


def distance(km: float) -> dict[str, Any]:
    return {"part": "distance", "kind": "distance_near", "logit": 0.5, "codes": [], "values": {"km": km}}


@pytest.mark.parametrize(("km", "told"), [(0.2, 5), (5.0, 5), (7.0, 10), (12.4, 15)])
def test_an_employer_reads_a_distance_that_is_never_under_the_true_one(km: float, told: int) -> None:
    with translation.override("en"):
        said = wording.say(distance(km), wording.Labels(), for_employer=True)
    assert said == f"{told} km away at most"


def test_an_employer_reads_neither_her_interests_nor_her_lowest_pay() -> None:
    reasons = [
        {"part": "pay", "kind": "pay_above", "logit": 1.0, "codes": [], "values": {"lowest": 13.0}},
        {"part": "interests", "kind": "interests_shared", "logit": 1.0, "codes": ["riasec:R"], "values": {}},
    ]
    assert wording.told(reasons, wording.Labels(), for_employer=True) == wording.Told()


def reason(part: str, kind: str, logit: float, *codes: str, **values: float) -> dict[str, Any]:
    return {"part": part, "kind": kind, "logit": logit, "codes": list(codes), "values": values}


def lacking(*codes: str) -> list[dict[str, Any]]:
    return [reason("skills", "gap_skill", 0.0, code, gain=1.0) for code in codes]


def in_english(*reasons: dict[str, Any]) -> wording.Told:
    with translation.override("en"):
        return wording.told(list(reasons), wording.Labels())


def test_skills_held_and_skills_lacking_are_both_told_counted_once_and_named() -> None:
    few = reason("skills", "skills_shared", -0.4, "S1", shared=1.0, asked=5.0)
    found = in_english(few, *lacking("S2", "S3", "S4"))
    assert found == wording.Told(missing=["4 of the 5 skills asked for (S2, S3 …)"])
    most = reason("skills", "skills_shared", 0.9, "S1", "S2", shared=2.0, asked=3.0)
    found = in_english(most, *lacking("S3"))
    assert (found.ticks, found.missing) == (["Skills held: S1, S2"], ["1 of the 3 skills asked for (S3)"])
    none = reason("skills", "skills_none", -0.6, shared=0.0, asked=1.0)
    assert in_english(none, *lacking("S1")).missing == ["the skill asked for (S1)"]


def test_what_falls_short_is_missing_and_what_only_weighs_against_is_a_note() -> None:
    found = in_english(
        reason("experience", "experience_short", -1.0, months=0.0, asked_months=24.0),
        reason("education", "education_short", -0.5, level=3.0, asked=4.0),
        reason("languages", "languages_short", -0.7, "en"),
        reason("distance", "distance_far", -0.2, km=22.0),
        reason("pay", "pay_below", -0.1),
    )
    assert not found.ticks
    assert [line.partition(" (")[0] for line in found.missing] == [
        "experience",
        "languages asked",
        "level of education asked",
    ]
    assert found.notes == ["22 km away", "Pays less than asked for"]


@pytest.mark.parametrize(
    ("kind", "said"), [("title_close", ["The title is close to the words given"]), ("title_alike", [])]
)
def test_a_title_is_called_close_only_where_the_engine_calls_it_so(kind: str, said: list[str]) -> None:
    assert in_english(reason("title", kind, 0.5, similarity=0.45)).ticks == said
