"""Sealed texts are found by their words, and their marks tell no word."""

from typing import Any

import pytest

from visavis.vault import words


@pytest.fixture(autouse=True)
def own_ring(settings: Any) -> None:
    settings.VISAVIS_CONTACT_KEYS = "first"


def finds(asked: str, text: str, among: str = "letterbox 1") -> bool:
    kept = words.marks(text, among=among)
    sets = words.asked(asked, among=among)
    return bool(sets) and all(kept & one for one in sets)


TEXT = "Bonjour, mon permis a été retiré ; l’œuvre des formations d’été à Crest n’est plus possible."


def test_a_text_is_found_by_whole_words_that_say_something_however_they_are_typed() -> None:
    for asked in ("PERMIS", "oeuvre", "formation", "permis, Crest !", "été"):
        assert finds(asked, TEXT), asked
    for asked in ("perm", "permis voiture", "cresta", "", "de la", "bonjour"):
        assert not finds(asked, TEXT), asked


def test_a_mark_says_nothing_of_its_place_its_order_or_another_letterbox() -> None:
    here, there = (words.marks(TEXT, among=f"letterbox {number}") for number in (1, 2))
    assert here == words.marks(" ".join(reversed(TEXT.split())) + " permis permis", among="letterbox 1")
    assert not here & there and all(0 <= one < 2**63 for one in here)


def test_without_its_key_a_mark_is_another_and_while_keys_are_changed_both_find(settings: Any) -> None:
    former = words.marks("permis", among="a")
    settings.VISAVIS_CONTACT_KEYS = "stolen"
    assert not former & words.marks("permis", among="a")
    settings.VISAVIS_CONTACT_KEYS = "second first"
    (asked,) = words.asked("permis", among="a")
    assert former < asked and words.marks("permis", among="a") < asked
