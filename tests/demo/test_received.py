"""The days of the demonstration's counsellors: who comes, and since when that is booked."""

import datetime as dt

from visavis.common import clock
from visavis.demo import received


def test_nothing_is_booked_after_now() -> None:
    now = clock.now()
    booked = [received.booked_at(day, now) for day in range(-received.BEFORE, received.AFTER)]
    assert booked[0] == now - 2 * received.BEFORE * dt.timedelta(days=1)
    assert booked == sorted(booked) and booked[-1] == now
