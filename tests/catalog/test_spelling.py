"""Labels found by what people type."""

import doctest

import pytest

from visavis.catalog import distances, gazetteer
from visavis.catalog.spelling import LONGEST, Spellings

LABELS = [
    "Plombier / Plombière",
    "Plombier chauffagiste / Plombière chauffagiste",
    "Aide-soignant / Aide-soignante",
    "Aide de cuisine",
    "Boulanger / Boulangère",
    "Développeur / Développeuse web",
    "Préparateur / Préparatrice de commandes",
]


@pytest.fixture(scope="module")
def titles() -> Spellings:
    return Spellings(LABELS)


@pytest.mark.parametrize("module", [gazetteer, distances])
def test_the_examples_in_the_docstrings_hold(module: object) -> None:
    results = doctest.testmod(module)  # type: ignore[arg-type]
    assert results.attempted and not results.failed


def test_the_best_label_comes_first_and_what_nothing_resembles_finds_nothing(titles: Spellings) -> None:
    for typed, label in [
        ("plonbier", 0),
        ("plombier chauf", 1),
        ("aide soignante", 2),
        ("aidesoignante", 2),
        ("l'aide de la cuisine", 3),
    ]:
        assert titles.search(typed)[0][0] == label
    # A short word is never taken for another; only the beginning of a long text is read.
    assert [titles.search(typed) for typed in ("xyzzy", "", "…", "wob")] == [[]] * 4
    assert Spellings([]).search("a") == []
    assert titles.search("web " * 10_000) == titles.search(("web " * 10_000)[:LONGEST])
    assert titles.search("z" * LONGEST + " plombier") == []
    assert Spellings(["Valence Nord", "Valence Sud"], [0.0, 0.1]).search("valence")[0][0] == 1
    assert [row for row, _ in titles.search("plombier", among=[1])] == [1]
