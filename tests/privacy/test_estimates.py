"""Estimates without bias, intervals that hold, and silence where too little is known."""

from itertools import product

import numpy as np
import pytest

from tests.privacy.many import DISTRIBUTIONS, counted, likes, people, true_shares
from visavis.privacy.estimates import (
    Estimates,
    Rule,
    difference,
    estimate,
    may_be_published,
    more_needed,
    reports_needed,
    shares,
    sway_of_one,
    variance,
)
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Counts

REAL, BOGUS = 100, 28
MECHANISM = PrivSet.best(k=REAL + BOGUS, m=5, epsilon_thousandths=1000)
# n, and how often: the mean of the ratio below has a deviation of about 0.13 / √times.
SIZES = [(1_000, 30), (10_000, 12), (100_000, 3)]
GRID = [(name, n, times) for name, (n, times) in product(DISTRIBUTIONS, SIZES)]
again = pytest.mark.again
GRID = [pytest.param(*one, marks=again if place % 4 else ()) for place, one in enumerate(GRID)]


@pytest.mark.parametrize(("name", "n", "times"), GRID)
def test_error_is_that_of_the_theory_and_nobody_likes_what_nobody_has(name: str, n: int, times: int) -> None:
    """RAPPOR's grid: five distributions, three sizes, and 28 interests that nobody has."""
    rng = np.random.default_rng(DISTRIBUTIONS.index(name))
    pool = people(rng, 20_000, likes(name, REAL), MECHANISM)
    a, b, _c = variance(MECHANISM, "reporters")
    ratios, bogus = [], []
    for _time in range(times):
        chosen = pool[rng.integers(0, len(pool), n)]
        truth, counts = true_shares(MECHANISM, chosen), counted(MECHANISM, chosen, rng)
        error = (shares(counts) - truth) ** 2
        ratios.append(error.mean() / ((a + b * truth).mean() / n))
        bogus.append(shares(counts)[REAL:])
    assert np.mean(ratios) == pytest.approx(1, abs=4 * 0.135 / np.sqrt(times))
    deviation = np.sqrt(a / n)
    assert abs(np.mean(bogus)) < 4 * deviation / np.sqrt(BOGUS * times)
    assert np.abs(bogus).max() < 5 * deviation


@pytest.mark.parametrize(("n", "shown"), [(1_000, False), (100_000, True)])
def test_too_few_reports_are_told_and_not_published(n: int, shown: bool) -> None:
    rng = np.random.default_rng(5)
    found = estimate(counted(MECHANISM, people(rng, n, likes("zipf 1", REAL), MECHANISM), rng))
    rule = Rule(widest=0.04)
    assert may_be_published(found, rule).all() == may_be_published(found, rule).any() == shown
    assert (more_needed(found, MECHANISM, rule) > 0).all() == (not shown)


SIMULATIONS = 1_000


@pytest.mark.parametrize("target", ["population", "reporters"])
@pytest.mark.parametrize(("m", "epsilon"), [(5, 1000), pytest.param(5, 3000, marks=again), (1, 3000)])
def test_the_intervals_hold_the_truth_95_times_in_a_hundred(m: int, epsilon: int, target: str) -> None:
    """The rarely and the often liked apart; without the term of the frequency, or of sampling, it fails."""
    rng = np.random.default_rng(epsilon + m)
    mechanism = PrivSet.best(k=30, m=m, epsilon_thousandths=epsilon)
    pool = people(rng, 5_000, likes("zipf 1", 28), mechanism)
    n, of_pool = 2_000, true_shares(mechanism, pool)
    held = np.zeros(mechanism.k)
    for _time in range(SIMULATIONS):
        chosen = pool[rng.integers(0, len(pool), n)]
        truth = of_pool if target == "population" else true_shares(mechanism, chosen)
        found = estimate(counted(mechanism, chosen, rng), target=target)
        held += (found.low <= truth) & (truth <= found.high)
    held /= SIMULATIONS
    assert held.mean() == pytest.approx(0.95, abs=0.01)
    assert held[:5].mean() == pytest.approx(0.95, abs=0.01)
    assert held[-10:].mean() == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize("n", [17_500, 19_000, *(pytest.param(n, marks=again) for n in (18_200, 24_000))])
def test_what_is_published_holds_as_often_as_promised(n: int) -> None:
    """At sizes where some shares are just narrow enough and others not: to choose must cost nothing."""
    rng, rule = np.random.default_rng(n), Rule(widest=0.07)
    pool = people(rng, 5_000, likes("zipf 1", REAL), MECHANISM)
    truth, told, held = true_shares(MECHANISM, pool), 0, 0
    for _time in range(100):
        found = estimate(counted(MECHANISM, pool[rng.integers(0, len(pool), n)], rng))
        published = may_be_published(found, rule)
        told += published.sum()
        held += (published & (found.low <= truth) & (truth <= found.high)).sum()
    assert told == 0 if n < reports_needed(MECHANISM, rule) else held / told == pytest.approx(0.95, abs=0.01)


def test_reports_of_two_epsilons_make_one_estimate_better_than_either() -> None:
    rng = np.random.default_rng(6)
    ways = [PrivSet.best(k=30, m=5, epsilon_thousandths=one) for one in (1000, 2000)]
    pool = people(rng, 4_000, likes("zipf 1", 28), ways[0])
    truth = true_shares(ways[0], pool)
    errors, held = np.zeros(3), 0.0
    for _time in range(200):
        sizes = zip(ways, (4_000, 1_000), strict=True)
        parts = [counted(way, pool[rng.integers(0, len(pool), n)], rng) for way, n in sizes]
        both = estimate(parts)
        errors += [((one.share - truth) ** 2).mean() for one in (both, *map(estimate, parts))]
        held += ((both.low <= truth) & (truth <= both.high)).mean() / 200
    assert errors[0] < 0.75 * errors[1:].min() and held == pytest.approx(0.95, abs=0.01)


def test_one_way_of_drawing_is_a_special_case_of_several() -> None:
    rng = np.random.default_rng(7)
    chosen = people(rng, 6_000, likes("gauss", REAL), MECHANISM)
    parts = [counted(MECHANISM, half, rng) for half in np.array_split(chosen, 2)]
    one, two = estimate(parts[0] + parts[1]), estimate(parts)
    assert all(np.allclose(getattr(one, of), getattr(two, of)) for of in ("share", "low", "high"))


def test_without_a_report_nothing_is_known_and_tables_of_two_lengths_are_not_mixed() -> None:
    parts = [Counts(way, 0, np.zeros(way.d, dtype=np.int64)) for way in (MECHANISM, PrivSet(9, 2, 1, 1000))]
    with pytest.raises(ValueError, match="one table"):
        estimate(parts)
    found = estimate(Counts(MECHANISM, 0, np.zeros(MECHANISM.d, dtype=np.int64)))
    assert (found.low == 0).all() and (found.high == 1).all()
    assert not may_be_published(found, Rule()).any()


def test_as_many_reports_as_are_asked_for_make_the_interval_narrow_enough() -> None:
    rule, share = Rule(widest=0.03, liked=0.2), 0.2
    n = reports_needed(MECHANISM, rule, share)
    counts = _counts_of(share, n)
    assert estimate(counts).half_width[0] == pytest.approx(rule.widest, rel=0.01)
    fewer = estimate(_counts_of(share, n // 2))
    assert more_needed(fewer, MECHANISM, rule)[0] == pytest.approx(n - n // 2, abs=2)
    assert may_be_published(estimate(_counts_of(share, n + n // 50)), rule)[0]
    assert not may_be_published(estimate(_counts_of(share, n - n // 50)), rule)[0]


def _counts_of(share: float, n: int) -> Counts:
    """Return counts whose first item has just this share."""
    items = np.zeros(MECHANISM.d, dtype=np.int64)
    items[0] = round(n * (MECHANISM.q + share * (MECHANISM.p - MECHANISM.q)))
    rest, left = divmod(n * MECHANISM.s - items[0], MECHANISM.d - 1)
    items[1:] = rest
    items[1 : 1 + left] += 1
    return Counts(MECHANISM, n, items)


def test_a_difference_of_two_groups_is_held_95_times_in_a_hundred() -> None:
    rng = np.random.default_rng(9)
    mechanism = PrivSet.best(k=20, m=4, epsilon_thousandths=2000)
    hired, others = (people(rng, 3_000, likes(name, 18), mechanism) for name in ("zipf 1", "uniform"))
    truth = true_shares(mechanism, hired) - true_shares(mechanism, others)
    held = np.zeros(mechanism.k)
    for _time in range(400):
        drawn = (one[rng.integers(0, 3_000, 1_500)] for one in (hired, others))
        gap = difference(*(estimate(counted(mechanism, one, rng)) for one in drawn))
        held += (gap.low <= truth) & (truth <= gap.high)
    assert (held / 400).mean() == pytest.approx(0.95, abs=0.015)


def test_a_false_report_adds_what_is_told_and_equal_groups_stand_apart_in_nothing() -> None:
    before, after = _counts_of(0.1, 10_000), _counts_of(0.1, 10_000)
    forged = np.zeros(MECHANISM.d, dtype=np.int64)
    forged[: MECHANISM.s] = 1
    after = after + Counts(MECHANISM, 1, forged)
    persons = shares(after)[0] * after.reports - shares(before)[0] * before.reports
    assert persons == pytest.approx(sway_of_one(MECHANISM))
    same = Estimates(10, np.array([0.2]), np.array([0.1]), np.array([0.3]), np.array([0.1]), (0.1, 0.0, 0.0))
    gap = difference(same, same)
    assert gap.share[0] == 0 and gap.low[0] < 0 < gap.high[0]
    counts = _counts_of(0.1, 10_000)
    alone, together = estimate(counts), estimate(counts, among=MECHANISM.k)
    assert together.half_width[0] > 1.6 * alone.half_width[0]
