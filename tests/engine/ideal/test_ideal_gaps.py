"""What a line does to groups of people: published examples, coverage, and the rule that stops it counting."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.engine.fairness.gaps import LARGE, NONE_SEEN, SMALL, TOO_FEW
from visavis.engine.ideal import gaps as ideal_gaps
from visavis.engine.ideal.gaps import Lists, line_gap, moved_logits, moved_places, newcombe

NOTHING = np.zeros(80), np.zeros(80)
ONES = np.arange(80) < 40


def having(one: int, other: int) -> np.ndarray:  # type: ignore[type-arg]
    """Forty people of each side, of whom so many have it."""
    return np.repeat([1.0, 0.0, 1.0, 0.0], [one, 40 - one, other, 40 - other])


def test_the_interval_is_newcombes_and_the_verdict_needs_a_sure_gap_and_four_fifths() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table II, method 10.
    for one, other, interval in (
        ((56, 70), (48, 80), (0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.1705, 0.8090)),
        ((10, 10), (0, 20), (0.6791, 1.0)),
        ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ):
        found = newcombe(one, other)
        assert (found.low, found.high) == pytest.approx(interval, abs=2e-4)
    assert line_gap(having(30, 10), NOTHING, ONES, ~ONES).verdict == LARGE
    assert line_gap(having(40, 33), NOTHING, ONES, ~ONES).verdict == SMALL
    assert line_gap(having(10, 6), NOTHING, ONES, ~ONES).verdict == NONE_SEEN


def test_nine_people_are_never_compared_nor_who_said_nothing() -> None:
    has = having(30, 10)
    few = ONES & (np.arange(80) < 9)
    found = line_gap(has, NOTHING, few, ~ONES)
    assert (found.verdict, found.people, found.others) == (TOO_FEW, 0, 0)
    assert isnan(found.share_others)
    silent = np.where(np.arange(80) < 31, np.nan, has)
    assert line_gap(silent, NOTHING, ONES, ~ONES).verdict == TOO_FEW
    has[30:40] = np.nan
    found = line_gap(has, NOTHING, ONES, ~ONES)
    assert (found.people, found.share) == (30, 1.0)


def test_what_a_line_adds_comes_on_top_and_its_gap_is_the_difference_of_means() -> None:
    added = moved_logits(np.array([[1.0, 1.0], [1.0, 0.0], [np.nan, np.nan]]), np.array([0.3, 0.3]))
    assert added[1, 0] == pytest.approx(0.6 * (1 - np.exp(-0.5)))
    assert 0 < added[0, 0] < added[1, 0]
    assert added[1, 1] == 0 and added[2].tolist() == [0, 0]
    has = having(30, 10)
    found = line_gap(has, (0.1 * has, 2.0 * has), ONES, ~ONES)
    assert found.logits.gap == pytest.approx(0.05) and found.places.gap == pytest.approx(1.0)
    assert found.places.low < 1.0 < found.places.high
    assert ideal_gaps.FOUR_FIFTHS == 0.8


@given(st.integers(0, 2**32 - 1))
def test_places_won_are_places_lost(seed: int) -> None:
    """The same by plain loops; before each vacancy what some win the others lose."""
    draw = np.random.default_rng(seed)
    person, vacancy = (grid.ravel() for grid in np.meshgrid(np.arange(6), np.arange(3)))
    lists = Lists(person, vacancy, draw.normal(size=18))
    added = draw.random(6) * (draw.random(6) < 0.5)
    up = moved_places(lists, 7, np.append(added, 0.0), np.zeros(7))
    assert up[:6].sum() == pytest.approx(0)
    assert isnan(up[6])
    expected = np.zeros(6)
    for work in range(3):
        score = lists.score[vacancy == work]
        for one in range(6):
            before = sum(score > score[one])
            after = sum(score + added > score[one] + added[one])
            expected[one] += (before - after) / 3
    assert up[:6] == pytest.approx(expected)
