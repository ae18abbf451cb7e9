"""Why nothing reaches somebody: one cause each, by what is known; closed, she comes back only for a new reason."""

import datetime as dt
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visavis.unreached import verdict
from visavis.unreached.enums import Cause, Outcome
from visavis.unreached.verdict import Closed, Fate, Found, Known, Tried

THEN = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
WEEK = dt.timedelta(weeks=1)
WAITS, WENT, BACK = Fate.WAITS, Fate.WENT, Fate.CAME_BACK


def known(*fates: Fate, looking: bool = True, way: bool = True, channel: str = "web") -> Known:
    tried = [Tried(THEN + at * WEEK, channel, fate) for at, fate in enumerate(fates, 1)]
    return Known(THEN, looking, way, tried)


@pytest.mark.parametrize(
    ("given_", "cause"),
    [
        (known(), Cause.NOTHING),
        (known(WAITS), Cause.UNTOLD),
        (known(WAITS, WAITS), Cause.UNTOLD),
        (known(BACK), Cause.FAILED),
        (known(BACK, WAITS, BACK), Cause.FAILED),
        (known(WENT), Cause.UNANSWERED),
        (known(WENT, WAITS), Cause.UNANSWERED),
        # One of them may have arrived: nobody says that nothing does.
        (known(BACK, WENT), Cause.UNANSWERED),
        (known(WENT, BACK, BACK), Cause.UNANSWERED),
        (known(way=False), Cause.NO_WAY),
        (known(WAITS, way=False), Cause.NO_WAY),
    ],
)
def test_each_has_the_one_cause_that_holds_for_sure(given_: Known, cause: Cause) -> None:
    found = verdict.why(given_)
    assert found is not None and found.cause == cause


def test_the_last_channel_that_failed_and_who_does_not_look_for_work() -> None:
    tried = [Tried(THEN + WEEK, "web", BACK), Tried(THEN + 2 * WEEK, "post", BACK)]
    assert verdict.why(Known(THEN, True, True, tried)) == Found(Cause.FAILED, "post")
    asked = [known(*some, looking=False) for some in [(), (WENT,), (WAITS,), (BACK,)]]
    found = [verdict.why(one) for one in asked]
    assert found == [None, None, Found(Cause.UNTOLD), Found(Cause.FAILED, "web")]


@given(st.lists(st.sampled_from(Fate), max_size=6), st.booleans(), st.booleans())
def test_a_cause_is_never_said_that_the_facts_deny(fates: list[Fate], looking: bool, way: bool) -> None:
    found = verdict.why(known(*fates, looking=looking, way=way))
    if found is None:
        assert not looking
        return
    went = [one for one in fates if one is not WAITS]
    assert (found.cause == Cause.NO_WAY) == (not way)
    if found.cause == Cause.FAILED:
        assert went and set(went) == {BACK} and found.channel
    if found.cause == Cause.UNANSWERED:
        assert WENT in fates
    if found.cause == Cause.UNTOLD:
        assert fates and not went
    if found.cause == Cause.NOTHING:
        assert not fates


def closed(outcome: Outcome, cause: Cause = Cause.FAILED, channel: str = "web") -> Closed:
    return Closed(THEN + 3 * WEEK, outcome, cause, channel)


def test_moved_or_dead_nobody_is_listed_again_and_with_another_way_anew() -> None:
    later = [Tried(THEN + 5 * WEEK, "post", BACK)]
    for outcome, cause in product((Outcome.MOVED, Outcome.DECEASED), Cause):
        row = Known(THEN, True, True, later)
        assert not verdict.is_new(Found(cause), row, THEN, closed(outcome))
        assert verdict.is_new(Found(cause), row, THEN + 4 * WEEK, closed(outcome))
    for outcome, cause in product((Outcome.NEW_ADDRESS, Outcome.WRONG_NUMBER), Cause):
        end = closed(outcome, cause)
        assert verdict.begins(THEN, end) == end.at
        for tried in ((), [Tried(end.at + WEEK, "web", BACK)]):
            assert verdict.is_new(Found(cause, "web"), Known(end.at, True, True, tried), THEN, end)
    assert verdict.begins(THEN, closed(Outcome.REACHED)) == THEN
