"""What a sorting says: the part liked of each RIASEC type, and its drawing on a hexagon.

An inventory of interests to talk about, not a test: `docs/decisions/2026-11-25-card-sort.md` says with
which sources, and what it must never be used for. Types have unequal numbers of cards, so what is
compared is a part of the cards sorted, never a sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from visavis.jobseekers.cards.deck import Deck
from visavis.jobseekers.cards.sorting import Pile

# In the order of Holland's hexagon: neighbours resemble each other, opposites differ.
TYPES: dict[str, tuple[Promise, Promise]] = {
    "R": (_("Making"), _("working with one’s hands, outdoors or with machines")),
    "I": (_("Searching"), _("looking into things, understanding, solving")),
    "A": (_("Creating"), _("imagining, expressing, giving shape")),
    "S": (_("Helping"), _("caring, teaching, being with others")),
    "E": (_("Leading"), _("convincing, selling, taking initiatives")),
    "C": (_("Ordering"), _("organising, sorting, checking")),
}
# Under this many cards sorted, a type is not drawn: one card more could turn it over.
FEWEST = 5
# Two types less than two cards apart are not told apart: she might have laid one card elsewhere in each.
CARDS_APART = 2

CENTRE = (180.0, 150.0)
RADIUS = 105.0


@dataclass(frozen=True)
class Type:
    """One RIASEC type. `part` is from 0 to 1, None while too few of its cards are sorted."""

    letter: str
    name: Promise
    means: Promise
    cards: int
    liked: int
    a_little: int
    sorted_cards: int

    @property
    def part(self) -> float | None:
        if self.sorted_cards < FEWEST:
            return None
        return (2 * self.liked + self.a_little) / (2 * self.sorted_cards)

    @property
    def percent(self) -> int | None:
        return None if self.part is None else round(100 * self.part)


def types(deck: Deck, piles: Mapping[str, Pile]) -> list[Type]:
    """Count the cards of each type, in the order of the hexagon."""
    return [count(letter, deck, piles) for letter in TYPES]


def count(letter: str, deck: Deck, piles: Mapping[str, Pile]) -> Type:
    codes = [card.code for card in deck.cards if card.riasec == letter]
    lie = [piles[code] for code in codes if code in piles]
    name, means = TYPES[letter]
    return Type(letter, name, means, len(codes), lie.count(Pile.LIKE), lie.count(Pile.A_LITTLE), len(lie))


def standing_out(found: list[Type]) -> list[Type]:
    """Return the types she likes most, with those that cannot be told apart from the first.

    Nothing while a type is not drawn yet, when nothing is liked, and when all six are alike.
    """
    parts = [one.part for one in found if one.part is not None]
    if len(parts) < len(TYPES) or not max(parts):
        return []
    first = max(found, key=lambda one: one.part or 0.0)
    near = [one for one in found if not is_below(one, first)]
    ordered = sorted(near, key=lambda one: -(one.part or 0.0))
    return [] if len(ordered) == len(TYPES) else ordered


def is_below(one: Type, first: Type) -> bool:
    """Say whether a type stands two cards or more under the first, by the type with fewer cards sorted."""
    step = 1 / min(one.sorted_cards, first.sorted_cards)
    return (first.part or 0.0) - (one.part or 0.0) >= CARDS_APART * step - 1e-9


@dataclass(frozen=True)
class Corner:
    """One corner of the hexagon and the word beside it."""

    name: Promise
    x: str
    y: str
    label_x: str
    label_y: str
    anchor: str


@dataclass(frozen=True)
class Hexagon:
    """Points as SVG wants them, whatever the language of the page."""

    rings: list[str]
    corners: list[Corner]
    shape: str
    dots: list[tuple[str, str]]


def hexagon(found: list[Type]) -> Hexagon:
    """Draw the types: full at the corner, nothing in the middle. A type not drawn yet leaves the shape open."""
    drawn = [(place, one.part) for place, one in enumerate(found) if one.part is not None]
    points = [at(place, RADIUS * part) for place, part in drawn]
    return Hexagon(
        rings=[ring(RADIUS * part) for part in (0.25, 0.5, 0.75, 1.0)],
        corners=[corner(place, one.name) for place, one in enumerate(found)],
        shape=joined(points) if len(points) > 2 else "",
        dots=[(said(x), said(y)) for x, y in points],
    )


def at(place: int, radius: float) -> tuple[float, float]:
    angle = pi / 3 * place - pi / 2
    return CENTRE[0] + radius * cos(angle), CENTRE[1] + radius * sin(angle)


def ring(radius: float) -> str:
    return joined([at(place, radius) for place in range(len(TYPES))])


def joined(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{said(x)},{said(y)}" for x, y in points)


def said(number: float) -> str:
    return f"{number:.1f}"


def corner(place: int, name: Promise) -> Corner:
    """Place the words of a side over or under their corner, so that they fit a small screen."""
    x, y = at(place, RADIUS)
    if place % 3 == 0:
        above_or_below = -14 if place == 0 else 26
        return Corner(name, said(x), said(y), said(x), said(y + above_or_below), "middle")
    right, upper = place < 3, place in (1, 5)
    label_x, label_y = x + (4 if right else -4), y + (-14 if upper else 26)
    return Corner(name, said(x), said(y), said(label_x), said(label_y), "start" if right else "end")
