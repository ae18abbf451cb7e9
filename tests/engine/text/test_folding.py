"""Words are cut alike however many requests cut them at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from visavis.engine.text import folding

STARTS = ("boulang", "serveu", "conduct", "infirmi", "repar", "electric", "comptab", "menuis")
ENDS = ("er", "erie", "ations", "euse", "issant", "ivement")


@pytest.fixture
def hurried() -> Iterator[None]:
    """Let threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried")
def test_words_are_cut_the_same_by_many_threads_at_once() -> None:
    """A stemmer holds one word: unguarded, one request fails, or is given another's word."""
    words = [start + end for start in STARTS for end in ENDS]
    alone = [folding.stems(word) for word in words]
    for _round in range(5):
        folding._stem.cache_clear()
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _turn: [folding.stems(word) for word in words], range(8)))
        assert found == [alone] * 8
