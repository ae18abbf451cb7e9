"""Hours read by a second reader: what it says of any instant, we say, or we refused the hours with a sentence."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from tests.agencies.test_hours import SPANS
from visavis.agencies import hours
from visavis.agencies.holidays import holidays_of
from visavis.agencies.hours import Span, Spans, Unreadable, Week, written
from visavis.agencies.timetable import Timetable

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
YEAR = 2027
# A fortnight in each season, with holidays in it, at minutes that no rule is written in.
INSTANTS = [
    dt.datetime(YEAR, month, day, hour, minute, tzinfo=dt.UTC)
    for month, days in ((3, range(22, 30)), (5, range(1, 9)), (7, range(12, 19)), (12, range(20, 27)))
    for day in days
    for hour, minute in ((0, 7), (8, 59), (12, 31), (14, 7), (19, 46), (23, 52))
]


def told(timetable: Timetable, wall: dt.datetime) -> bool:
    """Ask ours at an hour of the wall, whatever its zone."""
    return timetable.is_open(wall.replace(tzinfo=timetable.zone))


def told_by(theirs: OpeningHours, wall: dt.datetime) -> bool:
    return bool(theirs.is_open(wall.replace(tzinfo=None)))


def other(week: Week, department: str) -> OpeningHours:
    """Give the other reader the week, and holidays as days of their own: it knows none of a department."""
    rules = [rule for rule in written(week).split("; ") if not rule.startswith("PH")]
    if week.holidays is not None:
        times = hours.spans_written(week.holidays) or "off"
        days = sorted(holidays_of(YEAR, department))
        rules += [f"{day.year} {MONTHS[day.month - 1]} {day.day} {times}" for day in days]
    return OpeningHours("; ".join(rules))


@given(
    st.tuples(*[SPANS] * 7),
    st.sampled_from([None, (), (Span(600, 720),)]),
    st.sampled_from(["26", "67", "974"]),
)
def test_any_week_is_read_alike(days: tuple[Spans, ...], holidays: Spans | None, department: str) -> None:
    week = Week(days, holidays)
    ours, theirs = Timetable(week, department), other(week, department)
    assert not [at for at in INSTANTS if told(ours, at) is not told_by(theirs, at)]


def test_both_readers_drop_the_morning_at_a_semicolon_and_what_we_do_not_know_is_refused() -> None:
    """The trap that the grid avoids: both readers say that the second rule replaces the first."""
    lost, kept = "Mo-Fr 09:00-12:00; Mo-Fr 14:00-16:00", "Mo-Fr 09:00-12:00,14:00-16:00"
    morning = dt.datetime(YEAR, 3, 22, 10, tzinfo=dt.UTC)
    for text, is_open in ((lost, False), (kept, True)):
        assert told(Timetable(hours.parse(text)), morning) is told_by(OpeningHours(text), morning) is is_open
    for text in (
        'Mo-Fr 08:00-20:00 || "call"', "Mo 22:00-26:00", "Apr-Sep Mo 08:00-12:00", "SH off", "Mo 8-12",
    ):  # fmt: skip
        OpeningHours(text) if text != "Mo 8-12" else None
        with pytest.raises(Unreadable):
            hours.parse(text)


def test_hours_as_people_map_them_are_read_right_or_refused(shared_data: Path) -> None:
    values = (shared_data / "hours" / "sample.txt").read_text(encoding="utf-8").splitlines()
    read = refused = 0
    for text in filter(None, (value.strip() for value in values)):
        try:
            week = hours.parse(text)
        except Unreadable as refusal:
            assert 10 < len(str(refusal)) < 250
            refused += 1
            continue
        read += 1
        ours, theirs = Timetable(week, "26"), OpeningHours(text, country="FR")
        assert not [at for at in INSTANTS if told(ours, at) is not told_by(theirs, at)], text
    assert read > 100 and read + refused > 190, (read, refused)
