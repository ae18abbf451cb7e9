"""Two years of introductions: the same for a seed, and hires that follow what employers look for."""

import datetime as dt
from collections import Counter

import numpy as np
import pytest

from visavis.synthetic import courses, history, past, rhythm
from visavis.synthetic.dice import Dice
from visavis.synthetic.history import History, Opening, Seeker
from visavis.synthetic.truth import Truth, her_gaps, their_gaps

NOW = dt.datetime(2026, 11, 25, 10, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def told(make_market, today):
    return tell(make_market, today)


def tell(make_market, today, seed=3) -> tuple[Truth, list[Seeker], list[Opening], History]:
    market, dice = make_market(7, ("26",)), Dice(np.random.default_rng(seed))
    wanted = past.Wanted(
        today - dt.timedelta(days=730), today - dt.timedelta(days=70), vacancies=400, people=900
    )
    openings = past.openings(market, dice, market.employers(30), wanted)
    codes = frozenset(one.vacancy.occupation for one in openings)
    people = past.seekers(market, dice, codes, wanted, after=0, is_near=lambda _one: True)
    truth = Truth(dice, market.setting.catalogue, sorted(codes))
    return truth, people, openings, history.draw(dice, NOW, truth, people, openings)


def test_the_same_seed_tells_the_same(told, make_market, today) -> None:
    again = tell(make_market, today)
    assert [one.course.events for one in again[3].affairs] == [one.course.events for one in told[3].affairs]
    other = tell(make_market, today, seed=4)
    assert [one.course.events for one in other[3].affairs] != [one.course.events for one in told[3].affairs]


def test_hired_people_hold_what_employers_look_for_more_often(told) -> None:
    truth, people, openings, drawn = told
    held: dict[bool, list[bool]] = {True: [], False: []}
    for affair in drawn.affairs:
        skills = {code for code, _level in people[affair.seeker].person.skills}
        wanted = truth.skills[openings[affair.opening].vacancy.occupation]
        held[affair.hired is not None] += [code in skills for code in wanted]
    assert np.mean(held[True]) > np.mean(held[False]) + 0.08


def test_nobody_is_hired_twice_nor_beyond_the_positions(told) -> None:
    _truth, _people, openings, drawn = told
    hired = [affair for affair in drawn.affairs if affair.hired]
    assert len(hired) > 100
    assert max(Counter(affair.seeker for affair in hired).values()) == 1
    for place, count in Counter(affair.opening for affair in hired).items():
        assert count <= openings[place].vacancy.positions
        assert (place in drawn.filled_at) == (count == openings[place].vacancy.positions)


def test_a_course_goes_forward_and_never_beyond_now(told) -> None:
    for affair in told[3].affairs:
        moments = [event.at for event in affair.course.events]
        assert moments == sorted(moments) and moments[-1] <= NOW


def test_a_hire_ends_what_else_was_open_for_her_and_for_the_vacancy(told) -> None:
    affairs = told[3].affairs
    hired_at = {one.seeker: one.course.at for one in affairs if one.hired}
    for affair in affairs:
        if affair.hired is None and affair.seeker in hired_at:
            assert affair.course.at <= hired_at[affair.seeker] and not affair.course.is_open
        if affair.hired is None and affair.opening in told[3].filled_at:
            assert not affair.course.is_open


def test_a_reason_is_a_real_gap(told) -> None:
    _truth, people, openings, drawn = told
    for affair in drawn.affairs:
        last, person = affair.course.events[-1], people[affair.seeker].person
        vacancy = openings[affair.opening].vacancy
        if last.act == "decline":
            assert last.reason in her_gaps(person, vacancy)
        if last.act == "refuse":
            assert last.reason in their_gaps(person, vacancy)
    far = [one for one in drawn.affairs if one.course.events[-1].reason == "licence"]
    assert all(
        "licence" in their_gaps(people[one.seeker].person, openings[one.opening].vacancy) for one in far
    )


def test_many_occupations_have_hires_a_few_have_some_and_most_have_none(told) -> None:
    _truth, _people, openings, drawn = told
    hired = Counter(openings[one.opening].vacancy.occupation for one in drawn.affairs if one.hired)
    assert sum(count >= 10 for count in hired.values()) >= 12
    assert sum(3 <= count <= 9 for count in hired.values()) >= 3
    assert len(hired) < 33


def test_less_happens_in_august_at_christmas_and_nothing_on_sundays() -> None:
    assert rhythm.busyness(dt.date(2026, 8, 11)) < rhythm.busyness(dt.date(2026, 9, 8)) / 2
    assert rhythm.busyness(dt.date(2026, 12, 29)) < rhythm.busyness(dt.date(2026, 12, 8)) / 3
    dice = Dice(np.random.default_rng(1))
    for number in range(200):
        moment = rhythm.later(dice, NOW, number / 7)
        assert moment > NOW and (moment.weekday() < 5 or number == 0)


def test_an_employer_may_never_answer(told) -> None:
    silent = [
        one.course.events for one in told[3].affairs
        if [event.act for event in one.course.events[-2:]] == ["put", "expire"]
    ]  # fmt: skip
    assert silent
    assert all(events[-1].at - events[-2].at > courses.SILENCE for events in silent)
