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


def test_nobody_is_hired_twice_and_hired_people_hold_what_employers_look_for_more_often(told) -> None:
    _truth, _people, openings, drawn = told
    hired = [affair for affair in drawn.affairs if affair.hired]
    assert len(hired) > 100
    assert max(Counter(affair.seeker for affair in hired).values()) == 1
    for place, count in Counter(affair.opening for affair in hired).items():
        assert count <= openings[place].vacancy.positions
        assert (place in drawn.filled_at) == (count == openings[place].vacancy.positions)
    truth, people, openings, drawn = told
    held: dict[bool, list[bool]] = {True: [], False: []}
    for affair in drawn.affairs:
        skills = {code for code, _level in people[affair.seeker].person.skills}
        wanted = truth.skills[openings[affair.opening].vacancy.occupation]
        held[affair.hired is not None] += [code in skills for code in wanted]
    assert np.mean(held[True]) > np.mean(held[False]) + 0.08
    hired = Counter(openings[one.opening].vacancy.occupation for one in drawn.affairs if one.hired)
    assert sum(count >= 10 for count in hired.values()) >= 12
    assert sum(3 <= count <= 9 for count in hired.values()) >= 3
    assert len(hired) < 33


def test_a_course_goes_forward_and_a_hire_ends_what_else_was_open(told) -> None:
    affairs = told[3].affairs
    hired_at = {one.seeker: one.course.at for one in affairs if one.hired}
    silent = []
    for affair in affairs:
        events = affair.course.events
        moments = [event.at for event in events]
        assert moments == sorted(moments) and moments[-1] <= NOW
        if affair.hired is None and affair.seeker in hired_at:
            assert affair.course.at <= hired_at[affair.seeker] and not affair.course.is_open
        if affair.hired is None and affair.opening in told[3].filled_at:
            assert not affair.course.is_open
        if [event.act for event in events[-2:]] == ["put", "expire"]:
            silent.append(events[-1].at - events[-2].at)
    # An employer may never answer.
    assert silent and min(silent) > courses.SILENCE


def test_a_reason_is_a_real_gap_and_less_happens_in_august_and_on_sundays(told) -> None:
    _truth, people, openings, drawn = told
    for affair in drawn.affairs:
        last, person = affair.course.events[-1], people[affair.seeker].person
        vacancy = openings[affair.opening].vacancy
        if last.act == "decline":
            assert last.reason in her_gaps(person, vacancy)
        if last.act == "refuse" or last.reason == "licence":
            assert last.reason in their_gaps(person, vacancy)
    assert rhythm.busyness(dt.date(2026, 8, 11)) < rhythm.busyness(dt.date(2026, 9, 8)) / 2
    assert rhythm.busyness(dt.date(2026, 12, 29)) < rhythm.busyness(dt.date(2026, 12, 8)) / 3
    dice = Dice(np.random.default_rng(1))
    for number in range(200):
        moment = rhythm.later(dice, NOW, number / 7)
        assert moment > NOW and (moment.weekday() < 5 or number == 0)
