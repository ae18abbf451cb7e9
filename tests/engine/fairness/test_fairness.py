"""Gaps between groups: planted ones are found, absent ones are not, and closing one costs the least."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from visavis.engine.fairness import gaps
from visavis.engine.fairness.closing import TwoGroups, close_exposure_gap, close_gap, close_mean_gap, cut
from visavis.engine.fairness.gaps import LEAST_PEOPLE, gap_between, verdict
from visavis.engine.fairness.outcomes import (
    OTHERS,
    Run,
    compare,
    exposure,
    first_relevant_rank,
    mean_of,
    position_weight,
    proposed,
    recall,
)

seeds = st.integers(0, 2**32 - 1)


def drawn(rng: np.random.Generator, people: int, vacancies: int, k: int, lean: np.ndarray) -> Run:
    """Draw lists: each person's k best by a random score to which her lean is added."""
    score = rng.random((people, vacancies)) + lean[:, None]
    best = np.argsort(-score, axis=1)[:, :k]
    person = np.repeat(np.arange(people), k)
    ranks = np.tile(np.arange(1, k + 1), people)
    return Run(person, best.ravel(), ranks, score[person, best.ravel()], people, vacancies)


@given(seeds)
@settings(max_examples=30)
def test_the_gap_is_welchs_and_with_strata_the_groups_coefficient_in_a_regression(seed: int) -> None:
    rng = np.random.default_rng(seed)
    value = np.concatenate((rng.normal(0, 1, 25), rng.normal(1, 4, 60)))
    is_one = np.arange(85) < 25
    found = gap_between(value, is_one, ~is_one)
    peer = stats.ttest_ind(value[:25], value[25:], equal_var=False).confidence_interval(0.95)
    assert found.gap == pytest.approx(value[:25].mean() - value[25:].mean())
    assert (found.low, found.high) == pytest.approx((peer.low, peer.high))
    stratum = rng.integers(0, 8, 85)
    expected = np.linalg.lstsq(np.column_stack((is_one, np.eye(8)[stratum])), value)[0][0]
    assert gap_between(value, is_one, ~is_one, stratum).gap == pytest.approx(expected)


def test_a_bootstrap_by_person_gives_the_same_interval() -> None:
    rng = np.random.default_rng(4)
    stratum, is_one = rng.integers(0, 6, 400), rng.random(400) < 0.3
    value = rng.exponential(2, 400) + stratum - 0.5 * is_one
    found = gap_between(value, is_one, ~is_one, stratum)
    draws = [rng.integers(0, 400, 400) for _ in range(600)]
    again = [gap_between(value[d], is_one[d], ~is_one[d], stratum[d]).gap for d in draws]
    low, high = np.quantile(again, [0.025, 0.975])
    assert found.high - found.low == pytest.approx(high - low, rel=0.12)


def test_a_planted_gap_is_found_and_one_of_qualification_alone_goes_among_people_alike() -> None:
    for planted in [-1.5, 1.5]:
        rng = np.random.default_rng(7)
        group = rng.integers(0, 2, 500)
        value = rng.normal(12, 1, 500) + planted * (group == 0)
        (found,) = compare({"pay": value}, group)
        assert found.all.gap == pytest.approx(planted, abs=0.3)
        assert found.verdict == gaps.LARGE
        (large_margin,) = compare({"pay": value}, group, margin=0.5)
        assert large_margin.verdict == gaps.SMALL
    rng = np.random.default_rng(9)
    stratum = rng.integers(0, 4, 1_000)
    group = (rng.random(1_000) < 0.2 + 0.2 * stratum).astype(np.int64)
    (found,) = compare({"pay": rng.normal(size=1_000) + 3.0 * stratum}, group, stratum)
    assert found.verdict == gaps.LARGE
    assert found.verdict_alike == gaps.NONE_SEEN
    assert abs(found.alike.gap) < 0.2


def test_the_measures_are_those_of_plain_loops_whatever_the_order_of_rows() -> None:
    rng = np.random.default_rng(11)
    run, pay, moved = drawn(rng, 20, 8, 4, np.zeros(20)), rng.random(8), rng.permutation(80)
    columns = (column[moved] for column in (run.jobseeker, run.vacancy, run.rank, run.score))
    run = Run(*columns, 20, 8)
    rows = list(zip(run.jobseeker.tolist(), run.vacancy.tolist(), run.score.tolist(), strict=True))
    seen, depth = np.zeros(20), run.rank.max() + 1
    for vacancy in range(8):
        crowd = sorted((one for one in rows if one[1] == vacancy), key=lambda one: -one[2])
        for place, (person, _vacancy, _score) in enumerate(crowd, start=1):
            seen[person] += 1 / np.log2(1 + place)
    np.testing.assert_allclose(exposure(run), seen)
    wanted = {(int(a), int(b)) for a, b in rng.integers(0, 8, (30, 2))}
    hers, theirs = (np.array(column) for column in zip(*wanted, strict=True))
    rank = {(p, v): r for (p, v, _s), r in zip(rows, run.rank.tolist(), strict=True)}
    for person in range(20):
        paid = [pay[vacancy] for one, vacancy, _score in rows if one == person]
        assert proposed(run)[person] == len(paid)
        assert mean_of(run, pay[run.vacancy])[person] == pytest.approx(np.mean(paid))
        mine = [rank.get(pair, depth) for pair in wanted if pair[0] == person]
        share = np.mean([place <= 3 for place in mine]) if mine else np.nan
        assert recall(run, hers, theirs, 3)[person] == pytest.approx(share, nan_ok=True)
        first = min(mine) if mine else np.nan
        assert first_relevant_rank(run, hers, theirs)[person] == pytest.approx(first, nan_ok=True)


def test_what_is_known_of_too_few_or_of_no_group_is_not_shown() -> None:
    group = np.repeat([0, 1, 2], [40, 40, LEAST_PEOPLE - 1])
    value = np.where(group == 2, 1_000.0, 1.0 + np.arange(len(group)) % 2)
    found = compare({"pay": value}, group)
    assert [(one.group, one.against, one.verdict) for one in found] == [
        (0, 1, gaps.NONE_SEEN),
        (2, OTHERS, gaps.TOO_FEW),
    ]
    assert found[1].people == found[1].others == 0
    assert np.isnan([found[1].mean, found[1].mean_others, found[1].all.gap]).all()
    assert found[0].mean_others < 3
    group = np.repeat([0, 1, 2, 3], 20)
    pay = np.where(np.arange(80) % 20 < np.where(group == 3, 9, 20), 10.0 + np.arange(80) % 3, np.nan)
    found = compare({"pay": pay}, group)
    assert [one.verdict == gaps.TOO_FEW for one in found] == [False, False, False, True]
    assert [one.others for one in found] == [40, 40, 40, 0]
    group = np.repeat([0, 1, -1], 20)
    (found,) = compare({"pay": np.where(group < 0, 99.0, np.arange(60) % 2)}, group)
    assert (found.people, found.others, found.mean_others) == (20, 20, 0.5)


def test_people_alike_are_those_of_shared_strata_with_ten_of_each_and_a_known_qualification() -> None:
    group = np.repeat([0, 1], 30)
    (found,) = compare({"pay": np.arange(60.0)}, group, group.copy())
    assert found.verdict == gaps.LARGE
    assert found.verdict_alike == gaps.TOO_FEW
    for shared, is_shown in ((LEAST_PEOPLE - 1, False), (LEAST_PEOPLE, True)):
        stratum = np.where(np.arange(60) % 30 < shared, 0, 1 + group)
        (found,) = compare({"pay": np.arange(60.0) % 7}, group, stratum)
        assert (found.verdict_alike != gaps.TOO_FEW) == is_shown
    group, stratum = np.repeat([0, 1], 30), np.where(np.arange(60) % 30 < 15, 0, -1)
    value = np.where(stratum < 0, 50.0 * group, 1.0)
    (found,) = compare({"pay": value}, group, stratum)
    assert found.alike.gap == 0.0
    assert found.all.gap == -25.0


def test_people_of_equal_score_share_their_places_and_a_verdict_its_interval() -> None:
    tied = Run(np.arange(3), np.zeros(3, np.int64), np.ones(3, np.int64), np.zeros(3), 3, 1)
    np.testing.assert_allclose(exposure(tied), position_weight(np.array([1, 2, 3])).mean())
    none = np.zeros(0, np.int64)
    run = Run(none, none, none, np.zeros(0), 3, 0)
    assert exposure(run).tolist() == proposed(run).tolist() == [0.0, 0.0, 0.0]
    assert np.isnan(recall(run, none, none, 5)).all()
    assert np.isnan(mean_of(run, np.zeros(0))).all()
    group = np.repeat([0, 1, 2], 20)
    found = compare({"pay": np.repeat([1.0, 2.0, 4.0], 20)}, group, reference=1)
    assert [(one.group, one.against, one.all.gap) for one in found] == [(0, 1, -1.0), (2, 1, 2.0)]
    wide = gaps.Estimate(5.0, -1.0, 11.0, 1.0)
    assert verdict(wide, 0.1) == gaps.NONE_SEEN


def test_the_exposure_gap_is_closed_or_told_where_it_cannot_be() -> None:
    for alike in (False, True):
        run, groups = market_of_vacancies(alike)
        done = close_exposure_gap(run, groups, k=20, margin=0.05)
        assert done.before > 0.2
        assert done.is_closed
        assert abs(done.after) <= 0.05
        assert 0 < done.price < 0.05
        assert np.bincount(run.vacancy[done.rank > 0], minlength=30).tolist() == [20] * 30
        # A gap within the margin costs nothing.
        done = close_exposure_gap(run, groups, k=20, margin=5.0)
        assert (done.bonus, done.price, done.is_closed) == (0.0, 0.0, True)
        assert (done.rank == cut(run.vacancy, run.score, 20)).all()
    done = close_gap(np.zeros(4, np.int64), np.arange(4.0), np.ones(4), 2, lambda _rank, _order: 1.0, 0.5)
    assert not done.is_closed
    assert done.after == 1.0


def market_of_vacancies(alike: bool) -> tuple[Run, TwoGroups]:
    """Give thirty vacancies forty people each, of whom half are scored a little lower for no reason."""
    rng = np.random.default_rng(12)
    people, vacancies = 240, 30
    behind, stratum = np.arange(people) % 2 == 1, np.arange(people) // 2 % 3
    vacancy = np.repeat(np.arange(vacancies), 40)
    person = np.concatenate([rng.choice(people, 40, replace=False) for _ in range(vacancies)])
    score = rng.random(len(person)) * 0.6 + 0.1 * stratum[person] - 0.15 * behind[person]
    run = Run(person, vacancy, np.ones(len(person), np.int64), score, people, vacancies)
    return run, TwoGroups(~behind, behind, stratum if alike else None)


def test_the_price_is_the_smallest_of_a_grid() -> None:
    run, groups = market_of_vacancies(True)
    done = close_exposure_gap(run, groups, k=20, margin=0.05)
    plain = run.score[cut(run.vacancy, run.score, 20) > 0].sum()
    prices = []
    for bonus in np.linspace(0, 0.5, 301):
        order = run.score + bonus * groups.is_other[run.jobseeker]
        rank = cut(run.vacancy, order, 20)
        kept = rank > 0
        short = Run(run.jobseeker[kept], run.vacancy[kept], rank[kept], order[kept], 240, 30)
        if groups.gap(exposure(short)) <= 0.05:
            prices.append((plain - run.score[kept].sum()) / kept.sum())
    assert prices
    assert done.price <= min(prices) + 1e-12
    assert done.price == pytest.approx(min(prices), abs=2e-4)


@pytest.mark.parametrize("more_is_better", [True, False])
@pytest.mark.parametrize("first_is_behind", [True, False])
def test_the_gap_in_pay_or_distance_is_closed(more_is_better: bool, first_is_behind: bool) -> None:
    rng = np.random.default_rng(13)
    pay, behind = rng.normal(13, 2, 60), np.arange(120) % 2 == 1
    run = drawn(rng, 120, 60, 40, np.zeros(120))
    pull = np.where(behind[run.jobseeker], -0.03, 0.03) * (1 if more_is_better else -1)
    score = run.score + pull * pay[run.vacancy]
    run = Run(run.jobseeker, run.vacancy, run.rank, score, 120, 60)
    groups = TwoGroups(behind, ~behind) if first_is_behind else TwoGroups(~behind, behind)
    done = close_mean_gap(run, pay[run.vacancy], groups, 20, 0.2, more_is_better=more_is_better)
    assert abs(done.before) > 0.5
    assert abs(done.after) <= 0.2
    # Only the side behind is touched: nobody else's list changes.
    plain = cut(run.jobseeker, run.score, 20)
    others = ~behind[run.jobseeker]
    assert (done.rank[others] == plain[others]).all()
    assert (done.rank[~others] != plain[~others]).any()


def test_what_makes_no_sense_is_refused() -> None:
    for wrong in [
        lambda: Run(np.array([0, 0]), np.array([1, 1]), np.array([1, 2]), np.zeros(2), 1, 2),
        lambda: Run(np.array([0]), np.array([2]), np.array([1]), np.zeros(1), 1, 2),
        lambda: Run(np.array([0]), np.array([1]), np.array([0]), np.zeros(1), 1, 2),
        lambda: Run(np.array([0]), np.array([1]), np.array([1]), np.full(1, np.nan), 1, 2),
        lambda: compare({"pay": np.zeros(3)}, np.zeros(4, np.int64)),
        lambda: compare({}, np.zeros(4, np.int64), margin=-1),
        lambda: gap_between(np.zeros(2), np.ones(2, np.bool_), np.ones(2, np.bool_)),
    ]:
        with pytest.raises(ValueError, match=r"seen|is in|is at least|stands twice|nobody"):
            wrong()
