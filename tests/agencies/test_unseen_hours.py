"""Hours as people write them elsewhere, not chosen to fit: read as a second reader reads them, or refused in words."""

import datetime as dt

import pytest
from opening_hours import OpeningHours

from tests.agencies.test_evaluator import INSTANTS, told, told_by
from visavis.agencies import hours
from visavis.agencies.hours import Unreadable
from visavis.agencies.timetable import Timetable

# What an agency may be given by a map, a sign or another program: each is read right, or refused.
UNSEEN = [
    "Mo-Fr 9:00-17:00", "mo-fr 09:00-17:00", "Mo–Fr 09:00–17:00", "Mo - Fr 09:00 - 17:00",
    "Mo,Tu,Th,Fr 08:45-12:15,13:45-16:45; We 08:45-12:15", "Mo-Fr 08:30-12:30, 13:30-17:00",
    "Mo-Fr 08:30-12:30,Mo-Fr 13:30-17:00", "Mo-Fr 08:30-12:30, Sa 09:00-12:00",
    "Mo-Fr 08:30-12:30; 13:30-17:00", "Fr-Mo 10:00-12:00", "Sa-Su off; Mo-Fr 08:00-16:00", "24/7",
    "24/7; Su off", "Mo-Fr 08:00-24:00", "Mo-Fr 22:00-02:00", "Mo-Fr 08:00-16:00; PH 10:00-12:00",
    "PH,Su off; Mo-Sa 08:00-16:00", "Mo-Fr,PH 08:00-16:00", "Mo-Fr 08:00-16:00; Aug off",
    "Mo[1] 13:30-17:00; Tu-Fr 08:30-17:00", "Mo-Fr sunrise-sunset", "Mo-Fr 08:00+",
    'Mo-Fr 08:00-16:00 "sur rendez-vous"', "lundi au vendredi 8h30-12h30", "Mo-Fr 12:00-12:00", "off",
    "Mo-Fr closed", "Mo-Fr 08:00-12:00;;Sa 09:00-12:00", "Mo-Fr 08:00-12:00;",
    "Mo-Fr 08:00-12:00 Sa 09:00-12:00", "Mo Tu We 08:00-12:00", "Mo-Fr 08:00-12:00; Mo-We 13:00-17:00",
    "Mo-Fr 08:00-18:00; We 12:00-14:00 off", "Mo-Xx 08:00-12:00", "Mo-Fr ０８:00-12:00",
    "Mo-Fr 08:00-12:00\nSa 09:00-12:00", "PH Mo-Fr 09:00-12:00", "Mo-Fr PH 09:00-12:00", "Mo-Mo 09:00-12:00",
    "We-Mo,Tu 09:00-10:00", "Mo-Fr 08:30-12:30, We 14:00-16:00", "off; Mo 09:00-12:00", "Mo 09:00-12:00; off",
    "24/7 off", "Mo-Fr 8am-12pm", "Mo-Fr 08:00−12:00", "Mo-Fr 09:00-12:00; PH off; PH 10:00-11:00",
    "Mo-Fr 14:00-16:00,08:00-12:00", "Mo-Fr 08:00-12:00,12:00-16:00", "Mo-Fr 24:00-24:00",
    "Mo-Fr 00:00-00:00",
]  # fmt: skip


NOON = dt.datetime(2027, 3, 23, 12, 7, tzinfo=dt.UTC)
# What the other reader refuses and we take, as it is meant.
MEANT = {
    "Mo - Fr 09:00 - 17:00": "Mo-Fr 09:00-17:00",
    "Mo-Fr 08:00-12:00;": "Mo-Fr 08:00-12:00",
    "Mo Tu We 08:00-12:00": "Mo,Tu,We 08:00-12:00",
}


@pytest.mark.parametrize("text", UNSEEN)
def test_hours_not_seen_before_are_read_as_another_reads_them_or_refused(text: str) -> None:
    try:
        week = hours.parse(text)
    except Unreadable as refusal:
        assert 10 < len(str(refusal)) < 250
        return
    ours, again = Timetable(week, "26"), hours.written(week)
    assert hours.parse(again) == week
    assert told(ours, NOON) is told_by(OpeningHours(again, country="FR"), NOON)
    theirs = OpeningHours(MEANT.get(text, text), country="FR")
    assert not [at for at in INSTANTS if told(ours, at) is not told_by(theirs, at)]
