"""Which families of occupations a sorting opens, and by which cards.

An occupation of the catalogue names the interests that go with it. Its worth is the part of those of its
cards that were sorted which she likes, with one card more in the count, so that one single card does not
make an occupation. What she has not sorted counts neither for nor against.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language

from visavis.catalog import starter
from visavis.catalog.models import Occupation, OccupationInterest
from visavis.jobseekers.cards.deck import Deck
from visavis.jobseekers.cards.sorting import Pile

MOST_FAMILIES = 6
MOST_OCCUPATIONS = 3
FEWEST_LIKED = 2


@dataclass(frozen=True)
class Reached:
    """One occupation, and the cards she likes that lead to it."""

    label: str
    url: str
    liked: list[str]
    worth: float


@dataclass(frozen=True)
class Family:
    """One family, the occupations that fit best first."""

    label: str
    occupations: list[Reached]

    @property
    def worth(self) -> float:
        return max(one.worth for one in self.occupations)


def families(deck: Deck, piles: Mapping[str, Pile]) -> list[Family]:
    """Return the families in which an occupation shares at least two cards she likes, the best first."""
    liked = {code for code, pile in piles.items() if pile != Pile.NOT_FOR_ME}
    if len(liked) < FEWEST_LIKED:
        return []
    words = {card.code: card.label for card in deck.cards}
    cards = cards_of(set(words))
    occupations = Occupation.objects.filter(pk__in=cards, is_current=True).select_related("domain")
    grouped: dict[str, list[Reached]] = defaultdict(list)
    for occupation in occupations:
        if one := reached(occupation, cards[occupation.pk], piles, words):
            grouped[label_of(occupation)].append(one)
    found = [Family(label, best(several)) for label, several in grouped.items()]
    return sorted(found, key=lambda family: (-family.worth, family.label))[:MOST_FAMILIES]


def cards_of(codes: set[str]) -> dict[str, list[str]]:
    """Return the cards of each occupation."""
    found: dict[str, list[str]] = defaultdict(list)
    links = OccupationInterest.objects.filter(interest__in=codes).order_by("interest")
    for occupation, interest in links.values_list("occupation_id", "interest_id"):
        found[occupation].append(interest)
    return found


def reached(
    occupation: Occupation, cards: list[str], piles: Mapping[str, Pile], words: Mapping[str, str]
) -> Reached | None:
    laid = [piles[code] for code in cards if code in piles]
    liked = sorted((code for code in cards if piles.get(code)), key=lambda code: -piles[code])
    if len(liked) < FEWEST_LIKED:
        return None
    return Reached(
        label=occupation.label,
        url=reverse("catalog:occupation", kwargs={"code": occupation.pk}),
        liked=[words[code] for code in liked],
        worth=sum(laid) / (2 * (len(laid) + 1)),
    )


def best(occupations: list[Reached]) -> list[Reached]:
    return sorted(occupations, key=lambda one: (-one.worth, one.label))[:MOST_OCCUPATIONS]


def label_of(occupation: Occupation) -> str:
    """Return the name of the professional family, else of the wider domain where the family has no name."""
    known = {one.code: one for one in starter.load().families}.get(occupation.family)
    if known is None:
        return occupation.domain.label
    return known.label_en if (get_language() or "fr").startswith("en") else known.label_fr
