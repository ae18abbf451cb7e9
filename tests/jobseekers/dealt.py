"""A small deck for the tests: five cards of each type, in the catalogue of the town."""

from tests import factories
from visavis.catalog.models import Interest
from visavis.jobseekers.cards.deck import Card, deck, rows

PILES = {"like": "2", "little": "1", "no": "0"}


def deal(per_type: int = 5) -> list[Card]:
    """Put cards of the shipped edition into the catalogue, so many of each type; return them."""
    for number, (_number, _pack, code) in enumerate(rows("2026-1")[: per_type * 6]):
        Interest.objects.get_or_create(
            code=code,
            defaults={
                "kind": Interest.Kind.CENTRE,
                "label_fr": f"Carte {code}",
                "label_en": f"Card {code}",
                "riasec": "RIASEC"[number % 6],
            },
        )
    return list(deck("2026-1").cards)


def occupation_of(cards: list[Card], code: str = "D1102") -> None:
    """Say that these cards go with an occupation."""
    occupation = factories.OccupationFactory(code=code)
    for card in cards:
        occupation.interest_links.create(interest_id=card.code)
