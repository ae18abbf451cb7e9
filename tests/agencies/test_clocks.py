"""Hours over the days on which clocks change, and where they never do."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import example, given
from hypothesis import strategies as st

from visavis.agencies.hours import Span, Week, parse
from visavis.agencies.timetable import Stretch, Timetable, without
from visavis.agencies.zones import OVERSEAS, instant, zone_of

SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
DEPARTMENTS = ["26", "974", "971", "988", "975"]
UTC = dt.UTC


def utc(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), tzinfo=UTC)


def test_an_hour_left_out_opens_no_door_one_that_comes_twice_once_and_elsewhere_the_hours_stand() -> None:
    assert Timetable(parse("Su 02:15-02:45"), "26").on(SPRING) == ()
    assert Timetable(parse("Su 02:15-03:30"), "26").on(SPRING) == (
        Stretch(utc(SPRING, 1), utc(SPRING, 1, 30)),
    )
    assert Timetable(parse("Su 01:00-02:30"), "26").on(SPRING) == (Stretch(utc(SPRING, 0), utc(SPRING, 1)),)
    assert Timetable(parse("Su 02:15-02:45"), "26").on(AUTUMN) == (
        Stretch(utc(AUTUMN, 0, 15), utc(AUTUMN, 0, 45)),
    )
    reunion = Timetable(parse("Su 02:15-02:45"), "974")
    for day in (SPRING, AUTUMN):
        eve = day - dt.timedelta(days=1)
        assert reunion.on(day) == (Stretch(utc(eve, 22, 15), utc(eve, 22, 45)),)
    assert Timetable(parse("Su 02:15-02:45"), "975").on(dt.date(2027, 3, 14)) == ()


def test_each_minute_of_a_day_has_one_instant_by_the_clock_of_its_department() -> None:
    assert {department: zone_of(department).key for department in OVERSEAS} == OVERSEAS
    assert zone_of("26").key == zone_of("2A").key == zone_of("").key == "Europe/Paris"
    for department in ("26", "975", "974"):
        for day in (SPRING, AUTUMN, dt.date(2027, 3, 14), dt.date(2027, 11, 7)):
            found = [instant(day, minute, zone_of(department)) for minute in range(0, 1441, 15)]
            assert found == sorted(found)
    paris = [instant(SPRING, minute, ZoneInfo("Europe/Paris")) for minute in (119, 120, 150, 179, 180)]
    assert [one.minute for one in paris] == [59, 0, 0, 0, 0]


@given(
    st.sampled_from(DEPARTMENTS),
    st.sampled_from([SPRING, AUTUMN, dt.date(2027, 6, 6)]),
    st.lists(st.integers(0, 96).map(lambda quarter: quarter * 15), min_size=4, max_size=4, unique=True),
)
@example("26", SPRING, [0, 15, 30, 1440])
def test_stretches_begin_and_end_by_the_wall_clock(department: str, day: dt.date, ends: list[int]) -> None:
    """Each begins when the wall shows its hour, unless that hour is left out; none is empty, none meets another."""
    ends.sort()
    spans = (Span(ends[0], ends[1]), Span(ends[2], ends[3]))
    timetable = Timetable(Week((spans,) * 7), department)
    zone, found = timetable.zone, timetable.on(day)
    assert all(one.starts_at < one.ends_at for one in found)
    assert all(before.ends_at <= after.starts_at for before, after in pairwise(found))
    for one in found:
        wall = one.starts_at.astimezone(zone)
        minute = wall.hour * 60 + wall.minute
        is_exact = minute in {span.start for span in spans} and wall.fold == 0
        is_put_forward = zone.utcoffset(wall.replace(tzinfo=None) - dt.timedelta(hours=1)) != wall.utcoffset()
        assert is_exact or is_put_forward
        # Hours that end at midnight go on where the next day begins then.
        goes_on = ends[0] == 0 and one.ends_at == instant(day + dt.timedelta(days=1), 0, zone)
        assert timetable.is_open(one.starts_at) and timetable.is_open(one.ends_at) == goes_on


def test_a_door_open_day_and_night_closes_at_no_midnight_and_what_is_taken_out_may_cut_hours() -> None:
    always = Timetable(parse("24/7"), "26")
    assert always.closing(utc(SPRING, 12)) == utc(SPRING + dt.timedelta(days=7), 22)
    assert Timetable(parse("Mo 20:00-24:00; Tu 00:00-02:00"), "26").closing(
        utc(dt.date(2027, 6, 7), 19)
    ) == utc(dt.date(2027, 6, 8), 0)
    day = [Stretch(utc(SPRING, 8), utc(SPRING, 12)), Stretch(utc(SPRING, 14), utc(SPRING, 17))]
    gone = (Stretch(utc(SPRING, 9), utc(SPRING, 10)), Stretch(utc(SPRING, 11), utc(SPRING, 15)))
    assert without(tuple(day), gone) == (
        Stretch(utc(SPRING, 8), utc(SPRING, 9)),
        Stretch(utc(SPRING, 10), utc(SPRING, 11)),
        Stretch(utc(SPRING, 15), utc(SPRING, 17)),
    )
