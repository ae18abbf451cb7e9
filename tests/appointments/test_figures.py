"""What the head reads of appointments: by kind and hour, who did not come, the first one, and the door's hours."""

import datetime as dt

import pytest
import time_machine

from tests import factories
from tests.appointments.making import MONDAY, booked, kind, times
from tests.personas import Town
from visavis.agencies.models import Closure
from visavis.appointments import figures, services
from visavis.appointments.enums import Act
from visavis.people.models import User

DAY = dt.timedelta(days=1)
TOMORROW = MONDAY.date() + DAY


@pytest.fixture
def past(received: Town) -> Town:
    """One came, one did not, one cancelled; seen from the Monday after."""
    first, bruno = kind(received.agency), received.people["bruno"]
    User.objects.update(joined_at=MONDAY - 900 * DAY)
    User.objects.filter(pk=received.people["amelie"].pk).update(joined_at=MONDAY - 5 * DAY)
    at, later, last = times(received.agency, 30, TOMORROW)[:3]
    came = booked(first, at, received.people["amelie"])
    missed = booked(first, later, received.people["gael"])
    services.cancel(appointment=booked(first, last, received.people["gael"]), by=received.people["gael"])
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        services.settle(appointment=came, act=Act.SEE, by=bruno)
        services.settle(appointment=missed, act=Act.MISS, by=bruno)
    return received


def test_the_head_reads_what_became_of_each_kind_and_takes_it_away(past: Town) -> None:
    agency, client = past.agency, past.client("hugo")
    address = f"/agenda/figures/{agency.pk}/"
    starts_at = dt.datetime.combine(TOMORROW, dt.time(8, 30), agency.zone)
    told = {"reason": "Travaux", "by": past.people["hugo"]}
    Closure.objects.create(
        agency=agency, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=4), **told
    )
    with time_machine.travel(MONDAY + 7 * DAY, tick=False):
        found = figures.of(agency)
        client = past.client("hugo")
        page = client.get(address)
        taken = b"".join(client.get(address, {"as": "csv"}).streaming_content).decode("utf-8-sig")
    [one] = found.kinds
    assert (one.seen, one.missed, one.share_missed, one.excused, one.wait) == (1, 1, "50", 1, "1")
    assert list(found.by_hour) == [(8, 1), (9, 1)]
    assert found.first_wait == "6"
    assert len(page.context["plots"]) == 2
    assert not [bar.words for bar in page.context["plots"][1].bars if bar.words.endswith((",0", ".0"))]
    assert "first 30" in taken
    assert len(taken.splitlines()) == 1 + 7 + 2 + figures.WEEKS + 3
    week = found.weeks[-2]
    assert (week.first, week.open_hours, week.appointments) == (MONDAY.date(), 5 * 7.5 - 4, 2)


def test_the_first_appointment_is_waited_for_by_new_files_and_who_still_waits(received: Town) -> None:
    page = received.client("hugo").get(f"/agenda/figures/{received.agency.pk}/")
    assert page.status_code == 200
    # Two of three came after ten days; one of long ago came yesterday, which says nothing of the wait of today.
    User.objects.update(joined_at=MONDAY - 900 * DAY)
    people = [*opened(received, 3, 9 * DAY), *opened(received, 1, 500 * DAY)]
    free_times = times(received.agency, 30, TOMORROW)
    came = [booked(kind(received.agency), free_times[place], people[place]) for place in (0, 1, 3)]
    with time_machine.travel(MONDAY + 2 * DAY, tick=False):
        for row in came:
            services.settle(appointment=row, act=Act.SEE, by=received.people["bruno"])
        found = figures.of(received.agency)
        page = received.client("hugo").get(f"/agenda/figures/{received.agency.pk}/").content.decode()
    assert (found.to_first.files, len(found.to_first.waits), found.first_wait) == (3, 1, "10")
    assert "<dd>10</dd>" in page


def opened(town: Town, number: int, ago: dt.timedelta) -> list[User]:
    """Return people whose files were opened together so long ago."""
    people = [factories.JobseekerFactory(agency=town.agency).user for _number in range(number)]
    User.objects.filter(pk__in=[one.pk for one in people]).update(joined_at=MONDAY - ago)
    return people


@pytest.mark.parametrize(
    ("came", "waits", "middle"),
    [
        ([], [], None),
        ([], [3.0], None),
        ([4.0, 6.0, 8.0], [], 6.0),
        # Who still waits longer than who came is no reason to call the wait short.
        ([4.0, 6.0, 8.0], [100.0, 100.0, 100.0], 8.0),
        ([4.0, 6.0, 8.0], [100.0] * 4, None),
        # Who came to the file this morning says nothing yet.
        ([4.0, 6.0, 8.0], [0.5] * 20, 6.0),
    ],
)
def test_the_middle_wait_counts_who_still_waits(
    came: list[float], waits: list[float], middle: float | None
) -> None:
    assert figures.ToFirst(came, waits).middle == middle
