"""What people hired have in common, and what a line of it does to groups of people: known answers, never a malus."""

from dataclasses import fields, replace
from math import exp, isnan, log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.engine import brute_force
from tests.engine.markets import IDEAL, TODAY, jobseekers, market_of, vacancies
from visavis.engine.explain.reasons import reasons_for
from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.fairness.gaps import LARGE, NONE_SEEN, SMALL, TOO_FEW
from visavis.engine.ideal import gaps as ideal_gaps
from visavis.engine.ideal import traits as ideal
from visavis.engine.ideal.gaps import Lists, line_gap, moved_logits, moved_places, newcombe
from visavis.engine.lists.topk import parts_of
from visavis.engine.market.market import Market
from visavis.engine.score.score import PART_NAMES
from visavis.engine.weights import IDEAL_BEST, LOGIT_STEP

PART = PART_NAMES.index("ideal")
BAKER = "D1102"
KNEADS = Jobseeker(skills=[("S1", 2)])
SELLS = Jobseeker(skills=[("S2", 2)])
SILENT = Jobseeker()


def part_of(person: Jobseeker, work: Vacancy, profiles: dict[str, dict[str, float]]) -> float:
    market = Market(jobseeker_columns([person]), vacancy_columns([work]), today=TODAY)
    market = market.with_ideal_profiles(profiles)
    return float(parts_of(market, np.array([0]), np.array([0]))[0, PART])


def found(hired: list[Jobseeker], others: list[Jobseeker]) -> dict[str, ideal.Trait]:
    return {trait.code: trait for trait in ideal.traits(hired, others, BAKER)}


def test_a_skill_of_the_hired_stands_out_and_nothing_is_said_of_nine_people() -> None:
    both = Jobseeker(skills=[("S1", 2), ("S2", 2)])
    told = found([both] * 30, [SELLS] * 60)
    assert (told["skill:S1"].share, told["skill:S1"].introduced_share) == (1.0, 30 / 90)
    assert told["skill:S1"].credit == 0.5 * told["skill:S1"].effect > 0.5
    assert told["skill:S2"].share == 1.0
    assert told["skill:S2"].credit == 0
    told = found([KNEADS] * 30 + [SELLS] * 5, [SELLS] * 60)
    assert told["skill:S2"].effect < 0
    assert told["skill:S2"].credit == 0
    told = found([KNEADS] * 10 + [SILENT] * 10, [SELLS] * 20 + [SILENT] * 20)["skill:S1"]
    assert (told.share, told.hired_known, told.introduced_known) == (1.0, 10, 30)
    assert found([KNEADS] * 9, [SELLS] * 90) == {}
    assert set(found([KNEADS] * 10, [SELLS] * 90)) == {"skill:S1"}
    assert found([KNEADS] * 9 + [SILENT], [SELLS] * 90) == {}
    assert "skill:S2" not in found([KNEADS] * 10 + [SELLS] * 2, [])
    assert "skill:S2" in found([KNEADS] * 10 + [SELLS] * 3, [])


def test_the_interval_is_wilsons_and_the_log_odds_have_ten_people_like_everybody_on_each_side() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    known = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0, 0.1611)}
    for (have, of), interval in known.items():
        assert ideal.wilson(have, of) == pytest.approx(interval, abs=5e-5)
    with pytest.raises(ValueError, match="got 3 of 2"):
        ideal.wilson(3, 2)
    usual = 28.5 / 111
    a, b, c, d = 8 + 10 * usual, 2 + 10 * (1 - usual), 20 + 10 * usual, 80 + 10 * (1 - usual)
    value, variance = ideal.log_odds_ratio(8, 10, 20, 100)
    assert value == pytest.approx(log(a * d / (b * c)))
    assert variance == pytest.approx(1 / a + 1 / b + 1 / c + 1 / d)


@given(st.floats(-5, 5), st.floats(0.01, 10))
def test_shrinking_goes_towards_nothing_the_more_the_less_is_known(estimate: float, variance: float) -> None:
    mean, spread = ideal.shrunk(estimate, variance)
    assert abs(mean) <= abs(estimate)
    assert mean * estimate >= 0
    assert abs(ideal.shrunk(estimate, 2 * variance)[0]) <= abs(mean)
    assert spread**2 < variance


@given(st.lists(jobseekers(), min_size=10, max_size=14), st.lists(jobseekers(), max_size=8))
@settings(max_examples=examples(50))
def test_only_skills_work_and_training_make_a_trait(hired: list[Jobseeker], others: list[Jobseeker]) -> None:
    for trait in ideal.traits(hired, others, "J1506"):
        assert trait.code.split(":")[0] in {"skill", "occupation", "experience", "training"}
        assert trait.hired >= ideal.LEAST_HOLDERS
        assert trait.hired_known >= ideal.LEAST_PEOPLE
        assert trait.credit >= 0
    person, untouched = hired[0], {"skills", "experience", "education"}
    blank = {f.name: getattr(SILENT, f.name) for f in fields(person) if f.name not in untouched}
    assert ideal.traits_of(person, "J1506") == ideal.traits_of(replace(person, **blank), "J1506")


@given(jobseekers(), vacancies())
@settings(max_examples=examples(200))
def test_the_part_is_that_of_plain_loops_and_is_bounded(person: Jobseeker, work: Vacancy) -> None:
    part = part_of(person, work, IDEAL)
    assert part == brute_force.ideal(person, work, IDEAL)
    assert 0 <= part <= IDEAL_BEST + LOGIT_STEP / 2


def test_the_reason_names_what_she_shares_the_most_telling_first() -> None:
    person = Jobseeker(skills=[("S1", 2), ("S4", 1)], experience=[("N4101", 5), ("J1506", 20)], education=4)
    reasons = reasons_for(market_of([person], [Vacancy(occupation="J1506")]), 0, 0)
    (reason,) = (one for one in reasons if one.part == "ideal")
    assert reason.codes == ("skill:S1", "experience:2", "occupation:N4101", "training:4")
    assert reason.values == {"shared": 4, "named": 5}
    assert reason.logit == pytest.approx(0.6 * (1 - exp(-0.66 / 0.6)), abs=1e-4)


def test_the_part_is_nothing_without_profile_or_occupation_and_a_skill_named_twice_counts_once() -> None:
    work, profile = Vacancy(occupation=BAKER), {BAKER: {"skill:S1": 0.5}}
    assert part_of(KNEADS, work, {}) == 0
    assert part_of(KNEADS, work, {"K1304": {"skill:S1": 1.0}}) == 0
    assert part_of(KNEADS, Vacancy(), profile) == 0
    assert part_of(SILENT, work, {BAKER: {"experience:0": 1.0}}) == 0
    twice = Jobseeker(skills=[("S1", 2), ("S1", 3)])
    assert part_of(twice, work, profile) == part_of(KNEADS, work, profile) > 0
    for trait, worth, message in (
        ("sex:F", 0.1, "unknown trait 'sex:F'"),
        ("skill:", 0.1, "unknown trait"),
        ("skill:S1", -0.1, "at least 0"),
        ("skill:S1", float("nan"), "at least 0"),
    ):
        with pytest.raises(ValueError, match=message):
            part_of(KNEADS, work, {BAKER: {trait: worth}})


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
