"""ε, exactly: every number that can be drawn is tried."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import comb, e, exp

import numpy as np
import pytest
from scipy.stats import chisquare

from tests.privacy.many import drawn
from tests.privacy.vectors import of_seed
from visavis.privacy.privset import PrivSet

# (k, m, s, ε in thousandths, bits): weights of few bits, so that Ω is small.
SMALL = [
    (4, 2, 1, 1100, 0), (4, 2, 2, 1100, 0), (4, 2, 3, 500, 1), (4, 2, 4, 500, 1), (5, 3, 2, 2000, 2),
    (5, 1, 2, 2000, 2), (3, 3, 3, 1000, 3), (1, 1, 1, 3000, 0), (6, 3, 3, 100, 3),
]  # fmt: skip


def chances(mechanism: PrivSet, padded: list[int]) -> Counter[tuple[int, ...]]:
    """Return how many of the Ω numbers give each report."""
    return Counter(tuple(mechanism.report_at(number, padded)) for number in range(mechanism.total))


def every_set(mechanism: PrivSet) -> list[list[int]]:
    """Return every set a person may have, padded."""
    sizes = range(mechanism.m + 1)
    return [mechanism.padded(own) for size in sizes for own in combinations(range(mechanism.k), size)]


@pytest.mark.parametrize("numbers", SMALL, ids=str)
def test_no_report_is_more_than_e_to_the_epsilon_times_likelier(numbers: tuple[int, ...]) -> None:
    mechanism = PrivSet(*numbers)
    reports = list(combinations(range(mechanism.d), mechanism.s))
    found = [chances(mechanism, padded) for padded in every_set(mechanism)]
    assert all(set(one) == set(reports) for one in found)
    ratios = {
        Fraction(max(ways), min(ways)) for ways in ([one[report] for one in found] for report in reports)
    }
    assert ratios <= {Fraction(mechanism.over, mechanism.under), Fraction(1)}
    assert max(ratios) <= exp(mechanism.epsilon)
    for padded in every_set(mechanism):
        for report, ways in chances(mechanism, padded).items():
            assert ways == (mechanism.over if set(report) & set(padded) else mechanism.under)
    padded = mechanism.padded([0])
    holds: Counter[int] = Counter()
    for report, ways in chances(mechanism, padded).items():
        holds.update(dict.fromkeys(report, ways))
    for item in range(mechanism.d):
        wanted = mechanism.p if item in padded else mechanism.q
        assert holds[item] / mechanism.total == pytest.approx(wanted, abs=1e-12)


def test_the_weights_of_all_bits_keep_their_blocks() -> None:
    """With N of 34 bits not every number can be tried: the first and the last of each block are."""
    mechanism, padded = PrivSet(8, 3, 3, 1000), [2, 5, 9]
    edge = mechanism.over * mechanism.meeting
    starts = [(index * mechanism.over, mechanism.over) for index in range(mechanism.meeting)]
    starts += [(edge + index * mechanism.under, mechanism.under) for index in range(mechanism.missing)]
    firsts = [mechanism.report_at(start, padded) for start, _size in starts]
    assert firsts == [mechanism.report_at(start + size - 1, padded) for start, size in starts]
    assert sorted(map(tuple, firsts)) == list(combinations(range(mechanism.d), mechanism.s))
    meets = [bool(set(report) & set(padded)) for report in firsts]
    assert meets == [True] * mechanism.meeting + [False] * mechanism.missing
    assert starts[-1][0] + mechanism.under == mechanism.total


def test_the_weight_and_the_size_of_a_report_are_the_best_of_all_and_never_more() -> None:
    mechanism = PrivSet.best(k=128, m=5, epsilon_thousandths=1000)
    ratio = mechanism.over / mechanism.under
    assert e - 2**-32 < ratio <= e
    for epsilon in (250, 500, 1000, 2000, 3000, 6000):
        for k, m in ((128, 5), (20, 5), (40, 1), (10, 10)):
            every = [PrivSet(k, m, s, epsilon) for s in range(1, k + 1)]
            chosen = PrivSet.best(k=k, m=m, epsilon_thousandths=epsilon)
            assert chosen.error == min(one.error for one in every)


def test_the_order_of_interests_does_not_matter_and_who_has_more_than_m_keeps_each_alike() -> None:
    mechanism = PrivSet(20, 4, 3, 1000)
    assert mechanism.draw([7, 2, 11], of_seed("a")) == mechanism.draw([11, 7, 2], of_seed("a"))
    mechanism, rng = PrivSet(6, 2, 1, 1000), np.random.default_rng(8)
    kept = Counter(tuple(mechanism.padded([0, 2, 3, 5], rng.bytes)) for _time in range(6000))
    assert len(kept) == comb(4, 2) and chisquare(list(kept.values())).pvalue > 1e-6


def test_figures_and_interests_that_do_not_fit_are_refused() -> None:
    for own in ([1, 1], [-1], [6], [0, 6]):
        with pytest.raises(ValueError, match="different numbers"):
            PrivSet(6, 2, 1, 1000).draw(own)
    wrong = [(0, 1, 1, 9), (5, 6, 1, 9), (5, 2, 6, 9), (5, 2, 1, 0), (5, 2, 1, 8001), (5, 2, 0, 9)]
    for numbers in wrong:
        with pytest.raises(ValueError, match="seen PrivSet"):
            PrivSet(*numbers)


def test_the_simulation_of_many_draws_with_the_same_chances() -> None:
    """Every later test that draws many at once rests on this one: all 165 reports are counted."""
    mechanism, rng = PrivSet(8, 3, 3, 1500), np.random.default_rng(4)
    padded = [1, 6, 8]
    found = Counter(map(tuple, np.sort(drawn(mechanism, np.tile(padded, (200_000, 1)), rng)).tolist()))
    every = list(combinations(range(mechanism.d), mechanism.s))
    weight = np.array([mechanism.over if set(one) & set(padded) else mechanism.under for one in every])
    assert set(found) <= set(every)
    assert chisquare([found[one] for one in every], 200_000 * weight / weight.sum()).pvalue > 1e-6
