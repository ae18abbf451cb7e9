"""Draws are those of the Generator passed in, and as likely as asked."""

from collections import Counter

import numpy as np
import pytest

from visavis.synthetic.dice import Choice, Dice


@pytest.fixture
def dice():
    return Dice(np.random.default_rng(1))


def test_the_same_generator_gives_the_same_draws_from_end_to_end_by_weight(dice) -> None:
    one, other = Dice(np.random.default_rng(5)), Dice(np.random.default_rng(5))
    assert [one.uniform() for _ in range(100)] == [other.uniform() for _ in range(100)]
    assert {dice.between(2, 4) for _ in range(200)} == {2, 3, 4}
    drawn = Counter(dice.weighted(Choice((("a", 3), ("b", 1), ("never", 0)))) for _ in range(4000))
    assert set(drawn) == {"a", "b"} and 0.72 < drawn["a"] / 4000 < 0.78
    with pytest.raises(ValueError, match="every weight is 0"):
        Choice((("a", 0),))


def test_a_sample_never_repeats_and_a_lognormal_has_its_median(dice) -> None:
    for _ in range(50):
        assert len(set(dice.sample("abcde", 3))) == 3
    assert sorted(dice.sample("abc", 9)) == ["a", "b", "c"]
    drawn = [dice.lognormal(14, 0.9) for _ in range(4000)]
    assert 13 < np.median(drawn) < 15 and min(drawn) > 0
