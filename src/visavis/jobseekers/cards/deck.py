"""The cards: each has a number that never changes within an edition, so that printed ones can be entered later.

An edition is a file of `decks/`: number, pack, code of the catalogue. `scripts/card_deck.py` writes a new one
when the interests change; the old ones stay, because sheets printed from them still come in.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from visavis.catalog.models import Interest

DECKS = Path(__file__).with_name("decks")


@dataclass(frozen=True)
class Card:
    """One card, in the reader's language."""

    number: int
    pack: int
    code: str
    label: str
    riasec: str


@dataclass(frozen=True)
class Deck:
    """The cards of an edition that the catalogue of this service knows, in order."""

    edition: str
    cards: tuple[Card, ...]

    @property
    def packs(self) -> list[int]:
        return sorted({card.pack for card in self.cards})

    def pack(self, number: int) -> list[Card]:
        return [card for card in self.cards if card.pack == number]

    def by_number(self) -> dict[int, Card]:
        return {card.number: card for card in self.cards}

    def by_code(self) -> dict[str, Card]:
        return {card.code: card for card in self.cards}


@cache
def editions() -> tuple[str, ...]:
    """Return the editions that exist, the oldest first: "2026-1", "2026-2" …"""
    return tuple(sorted((path.stem for path in DECKS.glob("*.csv")), key=order))


def order(edition: str) -> tuple[int, ...]:
    return tuple(int(part) for part in edition.split("-"))


@cache
def rows(edition: str) -> tuple[tuple[int, int, str], ...]:
    """Read the file of an edition."""
    with (DECKS / f"{edition}.csv").open(encoding="utf-8", newline="") as file:
        return tuple((int(row["number"]), int(row["pack"]), row["code"]) for row in csv.DictReader(file))


def deck(edition: str = "") -> Deck:
    """Return a deck, the latest when no edition is named; cards that the catalogue does not have are left out."""
    edition = edition or editions()[-1]
    known = {one.pk: one for one in Interest.objects.filter(kind=Interest.Kind.CENTRE).exclude(riasec="")}
    cards = (
        Card(number, pack, code, known[code].label, known[code].riasec)
        for number, pack, code in rows(edition)
        if code in known
    )
    return Deck(edition, tuple(cards))
