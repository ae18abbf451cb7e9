"""The nights of 28 March and 31 October 2027, in Paris and on La Réunion: what the other tests of hours do not try."""

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine

from tests.appointments.making import (
    PARIS,
    WHOLE_DAY,
    always_open,
    booked,
    kind,
    overseas,
    receives,
    times,
    wall,
)
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.appointments import calendars, services, telling
from visavis.appointments.models import Appointment
from visavis.news.models import News

SPRING, AUTUMN = dt.date(2027, 3, 28), dt.date(2027, 10, 31)
NIGHTS = [SPRING, AUTUMN]
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
REUNION = ZoneInfo("Indian/Reunion")


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
