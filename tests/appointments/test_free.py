"""Free times: hours, the door, holidays, absences, days that come back, and the nights in which clocks are changed."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from tests.appointments.making import (
    MONDAY,
    PARIS,
    WHOLE_DAY,
    always_open,
    booked,
    colleague,
    kind,
    overseas,
    receives,
    times,
    wall,
)
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.appointments import calendars, free, services, telling
from visavis.appointments.free import Search, Whom, merged, without
from visavis.appointments.models import Appointment, OtherDay
from visavis.appointments.models.receiving import days_of, week_of
from visavis.news.models import News
from visavis.people.models import Membership

TODAY = MONDAY.date()
REUNION = ZoneInfo("Indian/Reunion")


def test_what_is_taken_is_cut_out_of_runs_and_how_a_day_comes_back_is_said() -> None:
    assert list(without([(0, 10), (20, 30)], [(0, 2), (5, 6), (9, 22), (25, 40)])) == [
        (2, 5),
        (6, 9),
        (22, 25),
    ]
    assert merged([(5, 9), (0, 3), (3, 4), (8, 10)]) == [(0, 4), (5, 10)]

    def said(day: dt.date, **often: object) -> str:
        return OtherDay(day=day, start=0, end=60, is_there=True, **often).comes_back

    tuesday = dt.date(2027, 4, 13)
    assert said(tuesday) == ""
    assert said(tuesday, every=2) == "et toutes les 2 semaines"
    assert said(tuesday, is_monthly=True) == "et le deuxième mardi de chaque mois"
    assert said(dt.date(2027, 4, 30), is_monthly=True) == "et le dernier vendredi de chaque mois"


@pytest.mark.database
def test_free_times_follow_each_other_within_hours_and_door_around_what_is_booked(received: Town) -> None:
    day = TODAY + dt.timedelta(days=1)
    found = wall(times(received.agency, 45, day))
    assert found == ["08:30", "09:15", "10:00", "10:45", "11:30", "13:30", "14:15", "15:00", "15:45"]
    assert wall(times(received.agency, 30, TODAY))[0] == "08:30"
    with time_machine.travel(MONDAY + dt.timedelta(seconds=1), tick=False):
        assert wall(times(received.agency, 30, TODAY))[0] == "09:00", "nobody comes at once"
    booked(kind(received.agency), times(received.agency, 30, day)[2], received.people["gael"])
    assert wall(times(received.agency, 45, day))[:3] == ["08:30", "10:00", "10:45"]
    sunday, ascension = dt.date(2027, 1, 17), dt.date(2027, 5, 6)
    assert times(received.agency, 30, sunday) == []
    with time_machine.travel(dt.datetime(2027, 5, 3, 7, tzinfo=dt.UTC)):
        assert times(received.agency, 30, ascension) == []
    member = received.people["bruno"].memberships.get()
    member.starts_on, member.ends_on = (TODAY - dt.timedelta(days=ago) for ago in (9, 1))
    member.save()
    assert times(received.agency, 30, day) == [], "who left is free no more"


def test_days_otherwise_add_and_take_away_also_every_second_tuesday(received: Town) -> None:
    bruno, day = received.people["bruno"], TODAY + dt.timedelta(days=1)
    hers = {"agency": received.agency, "user": bruno, "day": day}
    OtherDay.objects.create(**hers, start=510, end=720, is_there=False)
    OtherDay.objects.create(**hers, start=1000, end=1200, is_there=True)
    found = wall(times(received.agency, 30, day))
    # The door shuts at five: nobody is received behind it.
    assert found == ["12:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]
    tuesday = dt.date(2027, 4, 13)
    hers = {"agency": received.agency, "user": received.people["bruno"], "day": tuesday}
    OtherDay.objects.create(**hers, start=510, end=750, is_there=False, is_monthly=True)
    days = [tuesday + week * dt.timedelta(days=7) for week in range(6)]
    with time_machine.travel(dt.datetime(2027, 4, 1, tzinfo=dt.UTC)):
        shut = [day for day in days if wall(times(received.agency, 30, day))[0] == "13:30"]
    assert shut == [tuesday, dt.date(2027, 5, 11)]


def test_hours_that_come_back_every_few_weeks_stand_at_the_same_hour_of_the_wall(town: Town) -> None:
    """From a Sunday of winter, every two weeks, over both changes of the clock and the end of a year of 53 weeks."""
    always_open(town.agency)
    # He works there whatever day the test is asked on.
    Membership.objects.update(starts_on=dt.date(2026, 1, 1))
    hers = {"agency": town.agency, "user": town.people["bruno"], "day": dt.date(2026, 12, 20)}
    OtherDay.objects.create(**hers, start=510, end=570, is_there=True, every=2)
    found = [dt.date(2026, 12, 20) + n * dt.timedelta(days=14) for n in range(24)]
    assert dt.date(2027, 3, 28) in found and dt.date(2027, 10, 31) - dt.timedelta(days=7) in found
    with time_machine.travel(dt.datetime(2026, 12, 1, tzinfo=dt.UTC)):
        times_found = times(town.agency, 30, dt.date(2026, 12, 1), found[-1])
    assert [one.astimezone(PARIS).date() for one in times_found[::2]] == found
    assert set(wall(times_found)) == {"08:30", "09:00"}


@pytest.mark.parametrize("every", [0, 1, 3])
def test_the_days_of_a_search_are_those_counted_one_by_one(every: int) -> None:
    for ahead in range(-90, 90, 13):
        first, last = TODAY, TODAY + dt.timedelta(days=60)
        day = TODAY + dt.timedelta(days=ahead)
        counted = [
            one
            for one in (first + n * dt.timedelta(days=1) for n in range(61))
            if one == day or (every and one >= day and (one - day).days % (7 * every) == 0)
        ]
        assert list(days_of(day, every, first, last)) == counted


def day_after(day: dt.date) -> float:
    return dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), dt.UTC).timestamp()


@pytest.mark.parametrize(("day", "hours"), [(dt.date(2027, 3, 28), 23), (dt.date(2027, 10, 31), 24)])
def test_no_time_is_offered_twice_or_where_it_is_left_out(town: Town, day: dt.date, hours: int) -> None:
    always_open(town.agency)
    receives(town.agency, town.people["bruno"], WHOLE_DAY)
    with time_machine.travel(dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(days=3)):
        found = times(town.agency, 30, day)
        overseas(town)
        there = times(town.agency, 30, day)
    shown = wall(found)
    assert len(found) == 2 * hours == len(set(shown))
    assert all(one.astimezone(PARIS).date() == day for one in found)
    assert ("02:30" in shown) == (hours == 24)
    assert wall(there, REUNION) == [f"{at // 2:02}:{at % 2 * 30:02}" for at in range(48)]
    first = there[0].astimezone(dt.UTC)
    assert (first.hour, first.minute) == (20, 0)


@pytest.mark.database
def test_a_search_asks_few_questions_and_on_days_away_who_stands_in_is_free(
    received: Town, django_assert_num_queries: object
) -> None:
    for _number in range(5):
        colleague(received)
    with django_assert_num_queries(6):  # type: ignore[operator]
        found = times(received.agency, 30, TODAY, TODAY + dt.timedelta(weeks=8))
    assert len(found) == 15 * 41
    eve = colleague(received, ((600, 660),))
    day = TODAY + dt.timedelta(days=1)
    bruno = received.people["bruno"]
    Absence.objects.create(agency=received.agency, user=bruno, substitute=eve, starts_on=day, ends_on=day)
    whom = [Whom(bruno.pk), Whom(eve.pk, day, day)]
    found = free.find(Search(received.agency, 30, day, day + dt.timedelta(days=1), whom))
    on_day = {user for at, users in found.at.items() for user in users if at * 300 < day_after(day)}
    assert on_day == {eve.pk}
    assert {user for users in found.at.values() for user in users} == {eve.pk, bruno.pk}


@given(st.dates(dt.date(2026, 1, 1), dt.date(2029, 12, 31)), st.integers(-100, 500), st.integers(0, 70))
def test_days_that_come_back_monthly_are_those_of_another_reader(
    day: dt.date, ahead: int, length: int
) -> None:
    first = day + dt.timedelta(days=ahead)
    last = first + dt.timedelta(days=length)
    nth = -1 if week_of(day) == 5 else week_of(day)
    rule = rrule.rrule(
        rrule.MONTHLY, dtstart=dt.datetime.combine(day, dt.time()), until=dt.datetime.combine(last, dt.time()),
        byweekday=rrule.weekday(day.weekday(), nth),
    )  # fmt: skip
    others = [one.date() for one in rule if first <= one.date() <= last]
    assert list(days_of(day, 0, first, last, is_monthly=True)) == others


SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
NIGHTS = [SPRING, AUTUMN]
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def reminders(row: Appointment) -> list[dt.datetime]:
    """Return when she was reminded, asked each hour of the three days before."""
    asked = [row.starts_at - hours * HOUR for hours in range(72, 0, -1)]
    told = []
    for at in asked:
        with time_machine.travel(at, tick=False):
            told += [at] * telling.remind()
    return told


@pytest.mark.parametrize("day", NIGHTS)
def test_times_that_do_not_end_with_the_hour_neither_meet_nor_come_twice(
    town: Town, day: dt.date, minutes: int = 45
) -> None:
    """A kind of 45 minutes goes over the hour that is left out, and stops before the one that comes again."""
    always_open(town.agency)
    receives(town.agency, town.people["bruno"], WHOLE_DAY)
    with time_machine.travel(midnight(day) - 3 * DAY):
        found = times(town.agency, minutes, day)
    assert all(later - at >= dt.timedelta(minutes=minutes) for at, later in pairwise(found))
    shown = wall(found)
    assert len(shown) == len(set(shown)) and shown == sorted(shown)
    again = [one for one in found if one.astimezone(PARIS).fold]
    assert not again, "the hour comes twice, and is given once"
    if day == SPRING:
        assert not [one for one in shown if one.startswith("02")]


@pytest.mark.parametrize("day", NIGHTS)
def test_what_was_moved_over_the_change_is_reminded_once_of_its_new_hour(town: Town, day: dt.date) -> None:
    """From the day before to the day after, at the same hour of the wall, which is another hour of the world."""
    always_open(town.agency)
    receives(town.agency, town.people["bruno"], ((600, 660),))
    begins = midnight(day) - 9 * DAY
    with time_machine.travel(begins):
        row = booked(kind(town.agency), times(town.agency, 30, day - DAY)[0], town.people["gael"])
        moved = services.move(
            appointment=row, starts_at=times(town.agency, 30, day + DAY)[0], by=town.people["bruno"]
        )
    assert wall([row.starts_at, moved.starts_at]) == ["10:00", "10:00"]
    assert abs(moved.starts_at - row.starts_at - 2 * DAY) == HOUR
    News.objects.all().delete()
    [one] = reminders(moved)
    assert 36 * HOUR <= moved.starts_at - one <= 48 * HOUR and 8 <= one.astimezone(PARIS).hour <= 20


@pytest.mark.parametrize("day", NIGHTS)
def test_on_la_reunion_one_reminder_comes_by_day_there_and_the_file_has_her_hour(
    town: Town, day: dt.date
) -> None:
    overseas(town)
    town.agency.opening_hours = "Mo-Su 08:00-20:00"
    town.agency.save()
    receives(town.agency, town.people["bruno"], ((480, 540),))
    begins = midnight(day) - 9 * DAY
    with time_machine.travel(begins):
        row = booked(kind(town.agency), times(town.agency, 30, day)[0], town.people["gael"])
    assert wall([row.starts_at], REUNION) == ["08:00"]
    assert b"DTSTART;TZID=Indian/Reunion:" + f"{day:%Y%m%d}T080000".encode() in calendars.file(row)
    News.objects.all().delete()
    [one] = reminders(row)
    assert 8 <= one.astimezone(REUNION).hour <= 20


def test_a_counsellors_home_leads_to_the_first_day_by_the_clock_on_the_wall(town: Town) -> None:
    overseas(town)
    always_open(town.agency)
    bruno, now = town.people["bruno"], midnight(dt.date(2027, 1, 11))
    receives(town.agency, bruno, ((30, 90),))
    days = [now.date() + n * DAY for n in (2, 4)]
    with time_machine.travel(now):
        for day in reversed(days):
            booked(kind(town.agency), times(town.agency, 30, day)[0], town.people["gael"])
    link = f'href="/agenda/?from={days[0]}"'
    with time_machine.travel(now + 6 * DAY):
        assert link in town.client("bruno").get("/home/").text
    with time_machine.travel(now):
        told = {"starts_on": days[0], "ends_on": days[1], "by": bruno}
        Absence.objects.create(agency=town.agency, user=bruno, **told)
    with time_machine.travel(now + DAY):
        assert link in town.client("bruno").get("/home/").text
