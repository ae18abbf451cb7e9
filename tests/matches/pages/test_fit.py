"""How well two sides suit each other, in words."""

from math import log
from typing import Any

import pytest
from django.utils import translation

from visavis.jobseekers.models import Jobseeker
from visavis.matches.pages import fit
from visavis.matches.pages.fit import Fit, Level

TOLD = Jobseeker(answered=["wanted", "skills"])


def score(chance: float) -> float:
    return log(chance / (1 - chance))


def reason(kind: str, *codes: str) -> dict[str, Any]:
    return {"part": kind.partition("_")[0], "kind": kind, "logit": 0.1, "codes": list(codes), "values": {}}


def of(chance: float, *kinds: str, person: Jobseeker = TOLD) -> Fit:
    with translation.override("en"):
        return fit.of_pair(score(chance), [reason(kind) for kind in kinds], person)


@pytest.mark.parametrize(
    ("chance", "words"),
    [
        (0.06, "suits a little"),
        (0.24, "suits a little"),
        (0.26, "may suit"),
        (0.51, "suits well"),
        (0.76, "suits very well"),
        (0.999999, "suits very well"),
    ],
)
def test_the_words_are_the_quarters_that_the_bar_shows(chance: float, words: str) -> None:
    found = of(chance, "occupation_same")
    assert found.words == words and found.part == pytest.approx(chance)


@pytest.mark.parametrize("answered", [[], ["wanted", "place", "reach", "education", "interests"]])
def test_who_has_told_nothing_of_what_she_can_do_suits_nobody_well(answered: list[str]) -> None:
    found = of(0.97, "occupation_same", person=Jobseeker(answered=answered))
    assert found == Fit(Level.UNKNOWN, "hard to tell yet") and found.part is None


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("occupation_domain", "only the field is the same"),
        ("occupation_unrelated", "another kind of work"),
    ],
)
def test_a_match_with_nothing_of_the_work_in_common_says_so_and_claims_no_more(kind: str, why: str) -> None:
    found = of(0.9, kind, "distance_near")
    assert (found.level, found.words) == (Level.MAY, f"may suit: {why}")
    assert found.part is not None and found.part < 0.5


@pytest.mark.parametrize("more", ["title_close", "skills_shared"])
def test_a_match_in_the_same_field_with_more_in_common_is_not_only_that(more: str) -> None:
    assert of(0.6, "occupation_domain", more).words == "suits well"


def test_traits_of_people_hired_count_as_common_when_they_are_skills() -> None:
    domain = reason("occupation_domain")
    trained, skilled = (reason("ideal_shared", code) for code in ("training:4", "skill:S1"))
    assert fit.only_common([domain, trained]) and not fit.only_common([domain, skilled])
