"""A person's list under its headings."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import translation

from tests.personas import Town
from visavis.jobseekers.models import Jobseeker, WantedOccupation
from visavis.jobseekers.opened import Opened
from visavis.matches.models.match import Tier
from visavis.matches.pages import headings
from visavis.matches.pages.headings import Heading

pytestmark = pytest.mark.django_db
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


@pytest.mark.parametrize(
    ("answered", "by", "title"),
    [
        ("wanted experience", "bruno", "What was asked for"),
        ("experience", "amelie", "Work you have done"),
        ("experience", "bruno", "Work already done"),
    ],
)
def test_the_first_heading_says_where_it_comes_from(town: Town, answered: str, by: str, title: str) -> None:
    assert under(town, ASKED, answered=answered, by=by)[0].title == title
