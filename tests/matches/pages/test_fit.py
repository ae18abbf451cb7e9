"""How well two sides suit each other, in words."""

from math import log
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from tests.personas import Town
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.jobseekers.opened import Opened
from visavis.matches.models.match import Tier
from visavis.matches.pages import fit, headings
from visavis.matches.pages.fit import Fit, Level
from visavis.matches.pages.headings import Heading

TOLD = Jobseeker(answered=["wanted", "skills"])
NOWHERE = SimpleNamespace(is_remote=False, latitude=None, longitude=None, precision_km=0)


def score(chance: float) -> float:
    return log(chance / (1 - chance))


def reason(kind: str, *codes: str, logit: float = 0.1, **values: float) -> dict[str, Any]:
    part = kind.partition("_")[0]
    return {"part": part, "kind": kind, "logit": logit, "codes": list(codes), "values": values}


def of(chance: float, *reasons: dict[str, Any], person: Jobseeker = TOLD) -> Fit:
    with translation.override("en"):
        return fit.of_pair(score(chance), list(reasons), person)


def test_the_words_are_quarters_of_the_chance_and_the_bar_draws_them() -> None:
    for chance, words in (
        (0.06, "suits a little"),
        (0.24, "suits a little"),
        (0.26, "may suit"),
        (0.51, "suits well"),
        (0.76, "suits very well"),
        (0.999999, "suits very well"),
    ):
        found = of(chance, reason("occupation_same"))
        assert found.words == words and found.part == found.level / 4
        assert found.chance == pytest.approx(chance)


def test_what_has_nothing_of_the_work_in_common_or_of_which_nothing_is_told_claims_no_more() -> None:
    for kind, why in (
        ("occupation_domain", "only the field is the same"),
        ("occupation_unrelated", "another kind of work"),
    ):
        found = of(0.9, reason(kind), reason("distance_near"))
        assert (found.level, found.words) == (Level.MAY, f"may suit: {why}")
        assert found.part == 0.5 and found.chance == 0.5
    domain = reason("occupation_domain")
    for more in ("title_close", "skills_shared"):
        assert of(0.6, domain, reason(more)).words == "suits well"
    # Traits of people hired count as common when they are skills.
    trained, skilled = (reason("ideal_shared", code) for code in ("training:4", "skill:S1"))
    assert fit.only_common([domain, trained]) and not fit.only_common([domain, skilled])
    for answered in ([], ["wanted", "place", "reach", "education", "interests"]):
        found = of(0.97, reason("occupation_same"), person=Jobseeker(answered=answered))
        assert (found.level, found.words) == (Level.UNKNOWN, "hard to tell yet")
        assert found.part is None and found.chance is None


@pytest.mark.parametrize(
    ("missing", "level"),
    [
        (reason("skills_shared", shared=6.0, asked=6.0), Level.VERY_WELL),
        (reason("skills_shared", shared=4.0, asked=6.0), Level.VERY_WELL),
        (reason("skills_shared", shared=3.0, asked=6.0), Level.WELL),
        (reason("skills_shared", logit=-0.2, shared=1.0, asked=6.0), Level.MAY),
        (reason("skills_none", logit=-0.6, shared=0.0, asked=1.0), Level.MAY),
        (reason("experience_short", logit=-0.4, months=3.0, asked_months=24.0), Level.WELL),
        (reason("experience_short", logit=0.3, months=20.0, asked_months=24.0), Level.VERY_WELL),
        (reason("education_short", logit=-0.2, level=3.0, asked=4.0), Level.WELL),
        (reason("distance_far", logit=-0.4, km=20.0), Level.VERY_WELL),
    ],
)
def test_what_is_missing_is_not_said_to_suit_better_than_it_can(
    missing: dict[str, Any], level: Level
) -> None:
    assert of(0.95, reason("occupation_same"), missing).level == level


def place(rank: int, chance: float, *reasons: dict[str, Any], tier: int = 0, person: Jobseeker = TOLD) -> Any:
    km = next((one["values"]["km"] for one in reasons if "km" in one["values"]), None)
    told = {"reasons": list(reasons), "distance_km": km, "vacancy": NOWHERE}
    return SimpleNamespace(rank=rank, score=score(chance), tier=tier, jobseeker=person, **told)


def test_a_list_stands_by_tier_then_level_and_neither_silence_nor_an_unknown_place_moves_it() -> None:
    few = reason("skills_shared", shared=1.0, asked=6.0)
    listed = [
        place(1, 0.95, few),
        place(2, 0.55),
        place(3, 0.52),
        place(4, 0.9),
        place(5, 0.9, tier=1),
    ]
    assert [one.rank for one in fit.openings_in_order(listed, TOLD)] == [4, 2, 3, 1, 5]
    far_tier = int(Tier.BEYOND)
    listed = [place(1, 0.4, tier=far_tier), place(2, 0.45, reason("occupation_same"), tier=far_tier)]
    assert [one.rank for one in fit.openings_in_order(listed, TOLD)] == [2, 1]
    listed = [place(1, 0.6), place(2, 0.7, far(1.0))]
    assert [one.rank for one in fit.openings_in_order(listed, TOLD)] == [1, 2]
    silent = Jobseeker(answered=["wanted"])
    listed = [place(1, 0.9), place(2, 0.6, person=silent), place(3, 0.55), place(4, 0.3, person=silent)]
    assert [one.rank for one in fit.people_in_order(listed)] == [1, 2, 3, 4]


def far(km: float) -> dict[str, Any]:
    return reason("distance_near", km=km)


def test_nothing_stands_above_what_is_likelier_and_much_nearer_or_called_by_her_very_words() -> None:
    listed = [
        place(1, 0.63, far(50.0)),
        place(2, 0.74, far(30.0)),
        place(3, 0.55, far(1.0)),
        place(4, 0.72, far(3.0)),
        place(5, 0.73, far(49.0), tier=1),
    ]
    assert [one.rank for one in fit.openings_in_order(listed, TOLD)] == [2, 3, 4, 1, 5]
    hers, like = reason("title_close", similarity=1.0), reason("title_close", similarity=0.7)
    listed = [place(1, 0.68, like), place(2, 0.63, like), place(3, 0.71, hers), place(4, 0.6, hers)]
    assert [one.rank for one in fit.openings_in_order(listed, TOLD)] == [3, 1, 2, 4]


# A person's list under its headings -------------------------------------------------------------------

ASKED, SAME, NEAR, DISCOVER, BEYOND = Tier


def under(
    town: Town, *tiers: Tier, answered: str = "wanted", by: str = "amelie", **how: bool
) -> list[Heading]:
    """Return the headings of a list with a card a tier."""
    person = Jobseeker.objects.select_related("user").get(user=town.people["amelie"])
    person.answered = answered.split()
    places: Any = [SimpleNamespace(tier=tier) for tier in tiers]
    cards: list[dict[str, Any]] = [{"id": number} for number, _tier in enumerate(tiers)]
    with translation.override("en"):
        return headings.of_list(cards, places, Opened(person, town.people[by]), **how)


def test_each_tier_stands_under_its_own_heading_and_what_is_missing_says_what_to_do(town: Town) -> None:
    found = under(town, ASKED, ASKED, SAME, NEAR, DISCOVER, BEYOND)
    assert [(one.title, len(one.cards)) for one in found] == [
        ("What you asked for", 2),
        ("The same occupation under another title", 1),
        ("Close to it", 1),
        ("To discover", 1),
        ("Farther away", 1),
    ]
    assert [card["id"] for one in found for card in one.cards] == list(range(6))
    # The first says where it comes from.
    for answered, by, title in (
        ("wanted experience", "bruno", "What was asked for"),
        ("experience", "amelie", "Work you have done"),
        ("experience", "bruno", "Work already done"),
    ):
        assert under(town, ASKED, answered=answered, by=by)[0].title == title
    assert not under(town)
    assert [one.tier for one in under(town, NEAR, begins=False)] == [NEAR]
    assert [one.title for one in under(town, DISCOVER, answered="place")] == ["To discover"]
    asked, same = under(town, SAME)
    assert "this very title" in asked.lead and len(asked.links) == len(same.cards) == 1
    person = town.people["amelie"].jobseeker
    WantedOccupation.objects.create(jobseeker=person, typed="Boulangère", position=1)
    asked, near = under(town, NEAR)
    assert (asked.title, asked.cards) == ("What you asked for", [])
    assert "none at the moment" in asked.lead and len(near.cards) == 1
    alert, reach = (link.url for link in asked.links)
    assert "alerts/new/?q=Boulang" in alert and "reach" in reach
