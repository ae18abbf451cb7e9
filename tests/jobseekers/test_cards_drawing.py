"""What a sorting draws: parts, not sums; nothing too early; families only with their reasons."""

import pytest

from tests.jobseekers.dealt import deal, occupation_of
from visavis.jobseekers.cards.deck import Card, Deck, deck
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
