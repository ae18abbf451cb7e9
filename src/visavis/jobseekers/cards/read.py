"""What the machine read on a sheet, as its counsellor gets it: what is certain, and what he has to look at.

Nothing here enters anything. A card is certain only when all that was read of it is: one tick, or none, of the two
piles. Where two copies of a page disagree, or two boxes of the piles are ticked, the card is left open.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from visavis.jobseekers.cards import layout
from visavis.jobseekers.cards.deck import Deck, rows
from visavis.jobseekers.cards.marked import Marked
from visavis.jobseekers.cards.ticks.kinds import Asked, Mark, Seen

LIKE, A_LITTLE, FILE = range(3)


@dataclass(frozen=True)
class PageRead:
    """A page of a sheet: its number, that of the picture in its scan, and what was seen on it, if it could be read."""

    page: int
    picture: int
    seen: Seen | None


@dataclass
class SheetRead:
    """A sheet: for each column the numbers of the cards that are ticked for certain; and what is open.

    `piles` and `files` are the cards of which the pile, or the column “File”, is doubtful. `there` are the cards that
    stand on the pages that came; of those of `unread` nothing is known.
    """

    certain: dict[int, list[int]] = field(default_factory=lambda: {LIKE: [], A_LITTLE: [], FILE: []})
    piles: set[int] = field(default_factory=set)
    files: set[int] = field(default_factory=set)
    there: set[int] = field(default_factory=set)
    unread: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)

    @property
    def doubtful(self) -> list[int]:
        return sorted(self.piles | self.files)


def asked(marked: Marked, deck: Deck) -> Asked | None:
    """Return what to ask of a page; nothing for a sheet with another layout, or of an edition that is not known."""
    places = places_on(marked.page, deck)
    if marked.layout != layout.LAYOUT or deck.edition != marked.edition or not places:
        return None
    return Asked(marked.page, tuple(place for place, _number in places), len(rows(deck.edition)))


def places_on(page: int, deck: Deck) -> list[tuple[int, int]]:
    """Return the place in the edition, and the number, of each card that is printed on a page."""
    known, dealt = deck.by_number(), rows(deck.edition)
    return [
        (place, number)
        for place, (number, _pack, _code) in enumerate(dealt)
        if number in known and layout.row(place, len(dealt)).page == page
    ]


def together(pages: Iterable[PageRead], deck: Deck) -> SheetRead:
    """Put the pages of a sheet together. Where a page came twice, only what both say is certain."""
    sheet = SheetRead()
    copies: dict[int, list[PageRead]] = {}
    for one in pages:
        copies.setdefault(one.page, []).append(one)
    for number in range(1, layout.PAGES + 1):
        printed = [card for _place, card in places_on(number, deck)]
        seen = [one.seen for one in copies.get(number, []) if one.seen is not None]
        fits = [one.marks for one in seen if len(one.marks) == len(printed)]
        if number not in copies and printed:
            sheet.missing.append(number)
            continue
        sheet.there.update(printed)
        if not fits and printed:
            sheet.unread.append(number)
        for card, *threes in zip(printed, *fits, strict=False) if fits else ():
            note(sheet, card, [agreed(box) for box in zip(*threes, strict=True)])
    return sheet


def agreed(copies: tuple[Mark, ...]) -> Mark:
    """Return what all copies of a box say, else that it is doubtful."""
    return copies[0] if len(set(copies)) == 1 else Mark.DOUBTFUL


def note(sheet: SheetRead, card: int, marks: list[Mark]) -> None:
    """Note the three boxes of a card."""
    piles = marks[LIKE], marks[A_LITTLE]
    if Mark.DOUBTFUL in piles or piles == (Mark.TICKED, Mark.TICKED):
        sheet.piles.add(card)
    else:
        for column in (LIKE, A_LITTLE):
            if marks[column] is Mark.TICKED:
                sheet.certain[column].append(card)
    if marks[FILE] is Mark.DOUBTFUL:
        sheet.files.add(card)
    elif marks[FILE] is Mark.TICKED:
        sheet.certain[FILE].append(card)


def plain(pages: Iterable[PageRead]) -> list[dict[str, Any]]:
    """Return pages as plain data, to be kept."""
    return [
        {
            "page": one.page,
            "picture": one.picture,
            "lies": one.seen and list(one.seen.lies),
            "marks": one.seen and ["".join(three) for three in one.seen.marks],
        }
        for one in pages
    ]


def of_plain(kept: Iterable[dict[str, Any]]) -> list[PageRead]:
    """Return kept pages."""
    return [PageRead(one["page"], one["picture"], seen_of(one)) for one in kept]


def seen_of(one: dict[str, Any]) -> Seen | None:
    if one["lies"] is None:
        return None
    marks = tuple((Mark(a), Mark(b), Mark(c)) for a, b, c in one["marks"])
    return Seen(tuple(one["lies"]), marks)
