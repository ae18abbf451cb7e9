"""When somebody's turn comes in a counsellor's day."""

import datetime as dt

from visavis.interviews.waits import SOON, Conversation, Wait, wait

TEN = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)
HALF = dt.timedelta(minutes=30)


def turn(minutes: int, **told: bool) -> Conversation:
    """Half an hour that begins so many minutes after ten."""
    starts_at = TEN + dt.timedelta(minutes=minutes)
    return Conversation(starts_at, starts_at + HALF, **told)


def told(others: list[Conversation], minutes: int, mine: Conversation | None = None) -> Wait:
    return wait(mine or turn(30, waits=True), others, TEN + dt.timedelta(minutes=minutes))


def test_who_waits_is_told_how_long_by_who_is_received_before_her() -> None:
    assert told([], 20) == Wait(0, TEN + HALF, 10, is_later=False, is_alone=False)
    found = told([turn(0, runs=True)], 20)
    assert (found.ahead, found.minutes, found.is_later) == (1, 10, False)
    found = told([turn(0, runs=True)], 40)
    assert found.at == TEN + dt.timedelta(minutes=40) + SOON and found.is_later and found.minutes == 5
    found = told([turn(0, waits=True)], 35)
    assert (found.ahead, found.minutes, found.is_later) == (1, 30, True)
    for other in (turn(0), turn(60, waits=True), turn(60)):
        assert told([other], 25) == told([], 25)


def test_whose_hour_is_past_waits_alone_and_who_comes_early_is_not_before_an_earlier_hour() -> None:
    found = told([], 34)
    assert found.is_alone and found.minutes == 0 and not found.is_later
    found = wait(turn(0, waits=True), [turn(30, waits=True)], TEN - dt.timedelta(minutes=5))
    assert (found.ahead, found.minutes) == (0, 5)
