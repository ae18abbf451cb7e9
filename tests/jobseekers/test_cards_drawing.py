"""What a sorting draws: parts, not sums; families only with their reasons. The shipped deck: every interest once."""

import csv
import hashlib

import pytest

from tests.jobseekers.dealt import deal, occupation_of
from visavis.catalog import starter
from visavis.jobseekers.cards.codes import code_of, read_code
from visavis.jobseekers.cards.deck import DECKS, Card, Deck, deck, editions, rows
from visavis.jobseekers.cards.drawing import TYPES, hexagon, standing_out, types
from visavis.jobseekers.cards.families import families
from visavis.jobseekers.cards.sorting import Pile


def made(**counts: int) -> Deck:
    """Return a deck with so many cards of each type."""
    letters = [letter for letter in TYPES for _n in range(counts.get(letter, 5))]
    return Deck("test", tuple(Card(n, 1, f"card:{n}", f"Card {n}", one) for n, one in enumerate(letters, 1)))


def laid(cards: Deck, **liked: int) -> dict[str, Pile]:
    """Lay every card: of each type the first ones on “I like”, the others on “not for me”."""
    piles = {}
    for letter in TYPES:
        codes = [card.code for card in cards.cards if card.riasec == letter]
        piles |= {
            code: Pile.LIKE if n < liked.get(letter, 0) else Pile.NOT_FOR_ME for n, code in enumerate(codes)
        }
    return piles


def test_a_type_is_told_by_its_part_of_its_cards_and_not_by_their_number() -> None:
    cards = made(R=30, C=10)
    found = {one.letter: one for one in types(cards, laid(cards, R=9, C=8))}
    assert (found["R"].percent, found["C"].percent) == (30, 80)
    assert [one.letter for one in standing_out(list(found.values()))] == ["C"]
    cards = made(R=10, I=10, A=10)
    found = standing_out(types(cards, laid(cards, R=8, I=7, A=6)))
    assert [one.letter for one in found] == ["R", "I"]
    for each in (0, 5):
        assert standing_out(types(made(), laid(made(), **dict.fromkeys(TYPES, each)))) == []
    cards = made()
    drawn = hexagon(types(cards, laid(cards, R=5)))
    assert drawn.dots[0] == (drawn.corners[0].x, drawn.corners[0].y)
    assert set(drawn.dots[1:]) == {("180.0", "150.0")}


def test_a_little_counts_for_a_half_and_a_card_that_was_not_sorted_for_nothing() -> None:
    def percent(letter: str) -> int | None:
        return next(one.percent for one in types(cards, piles) if one.letter == letter)

    cards = made(S=20)
    piles = laid(cards, S=5)
    piles |= {card.code: Pile.A_LITTLE for card in cards.cards if card.riasec == "A"}
    assert percent("A") == 50
    for code in [card.code for card in cards.cards if card.riasec == "S"][5:]:
        del piles[code]
    assert percent("S") == 100
    cards = made()
    piles = laid(cards, R=5)
    piles.pop(next(card.code for card in cards.cards if card.riasec == "I"))
    assert percent("I") is None, "not before five of its cards are sorted"
    assert standing_out(types(cards, piles)) == []


@pytest.mark.django_db
def test_a_family_is_opened_by_two_cards_and_says_which() -> None:
    cards = deal()
    occupation_of(cards[:3])
    one = {cards[0].code: Pile.LIKE, cards[1].code: Pile.NOT_FOR_ME, cards[9].code: Pile.LIKE}
    assert families(deck(), one) == []
    piles = {cards[0].code: Pile.LIKE, cards[1].code: Pile.A_LITTLE, cards[2].code: Pile.NOT_FOR_ME}
    (family,) = families(deck(), piles)
    assert family.occupations[0].liked == [cards[0].label, cards[1].label]
    assert family.occupations[0].url == "/occupations/D1102/"


# An edition that was printed never changes: sheets of it still come in.
PRINTED = {"2026-1": "504170f7495a3c82895c4d4c78d5a41090b595259555525562ba5b01e3929d17"}


def centres() -> dict[str, str]:
    return {one.code: one.riasec for one in starter.load().interests if one.kind != "riasec"}


def test_every_interest_is_one_card_in_short_packs_and_a_slip_in_a_code_is_noticed() -> None:
    for edition in editions():
        assert [number for number, _pack, _code in rows(edition)] == list(range(1, len(rows(edition)) + 1))
    cards, types = rows(editions()[-1]), centres()
    assert sorted(code for _number, _pack, code in cards) == sorted(types)
    packs: dict[int, list[str]] = {}
    for _number, pack, code in cards:
        packs.setdefault(pack, []).append(types[code])
    assert all(len(pack) <= 9 and len(set(pack)) == 1 for pack in packs.values())
    half = {types[code] for _number, pack, code in cards if pack <= cards[-1][1] / 2}
    assert half == set("RIASEC"), "who stops half-way has seen every type"
    code = code_of(7_321)
    assert read_code(code) == 7_321
    for place, sign in enumerate(code):
        for other in set("0123456789") - {sign}:
            assert sign == "-" or read_code(code[:place] + other + code[place + 1 :]) is None


@pytest.mark.parametrize("edition", PRINTED)
def test_an_edition_that_was_printed_does_not_change(edition: str) -> None:
    content = (DECKS / f"{edition}.csv").read_bytes()
    assert hashlib.sha256(content).hexdigest() == PRINTED[edition]
    assert list(csv.reader(content.decode().splitlines()))


@pytest.mark.parametrize("typed", ["", "-", "12", "٤٢-٣٢", "9" * 40, "0" * 9, "x" * 10_000])
def test_what_is_not_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None
