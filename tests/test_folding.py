"""One way to compare texts, and its two named variants."""

import doctest

import pytest

from visavis import folding
from visavis.folding import fold, fold_signs, fold_words, places_before


def test_the_examples_in_the_docstrings_hold() -> None:
    results = doctest.testmod(folding)
    assert results.attempted == 5 and not results.failed


@pytest.mark.parametrize(
    ("text", "plain", "signs", "words"),
    [
        ("L’Haÿ-les-Roses", "l'hay-les-roses", "l'hay-les-roses", "l hay les roses"),
        ("Cœur d’Ærø", "coeur d'aero", "coeur d'aero", "coeur d aero"),
        ("12 €\u202f– 14 €", "12 € – 14 €", "12 € - 14 €", "12 14"),
        ("C++ / C#_2", "c++ / c#_2", "c++ / c#_2", "c++ c# 2"),
        ("Straße", "strasse", "strasse", "strasse"),
        ("co\u00adopérer", "cooperer", "cooperer", "cooperer"),
        ("ŁÓDŹ ﬁn", "łodz fin", "łodz fin", "łodz fin"),
    ],
)
def test_each_fold_says_what_it_adds(text: str, plain: str, signs: str, words: str) -> None:
    assert (fold(text), fold_signs(text), fold_words(text)) == (plain, signs, words)


@pytest.mark.parametrize("text", ["cœur – Ærø", "co\u00adopérer", "ﬁn", "", "e\u0301té", "ABC"])
def test_the_places_lead_back_to_the_text(text: str) -> None:
    places = places_before(text)
    assert len(places) == len(fold_signs(text)) + 1 and places[-1] == len(text)
    for sign, place in zip(fold_signs(text), places, strict=False):
        assert sign in fold_signs(text[place])
