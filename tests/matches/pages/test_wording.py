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
    assert wording.ticks_and_gaps(reasons, wording.Labels(), for_employer=True) == ([], [])


def test_skills_that_weigh_against_her_are_counted_not_listed_as_missing() -> None:
    few = {"part": "skills", "kind": "skills_shared", "logit": -0.4, "codes": ["S1"]}
    reasons: list[dict[str, Any]] = [few | {"values": {"shared": 1.0, "asked": 5.0}}]
    with translation.override("en"):
        assert wording.ticks_and_gaps(reasons, wording.Labels()) == ([], ["1 of the 5 skills asked for"])
