"""The booth: a station with camera, headset and a private corner, kept for interviews by video.

At its hour it opens only for whom it is kept; whoever else sits there has left before.
"""

import datetime as dt

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.appointments.models import Appointment, Quantum
from visavis.appointments.models.appointment import AppointmentQuerySet, quantum_of
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import User
from visavis.stations.models import Reservation, Sitting, Station

# She may come so long before, stay so long after; nobody else begins what is over so soon.
EARLY = dt.timedelta(minutes=10)
AFTER = dt.timedelta(minutes=10)
LEAST = dt.timedelta(minutes=5)


class KeptForInterview(Refused):
    """Its hour has come, and it is somebody else's."""

    words = _(
        "The booth is kept for an interview now. Is it yours? Use your card, or ask reception for a ticket "
        "in your name."
    )


def numbers(agency: Agency) -> list[int]:
    """Return the booths of an agency."""
    return list(Station.objects.working().filter(agency=agency, is_booth=True).values_list("pk", flat=True))


def kept(station: Station) -> AppointmentQuerySet:
    """Return the interviews for which a booth is kept and which have not ended, the next first."""
    minutes = Quantum.objects.filter(place=station.pk, at__gte=quantum_of(clock.now())).order_by()
    rows = Appointment.objects.booked().filter(pk__in=minutes.values("appointment"))
    return rows.order_by("starts_at")


def kept_now() -> QuerySet[Quantum, tuple[int | None]]:
    """Return the booths whose hour has come, or comes soon."""
    now = clock.now()
    # Who is next in line has some minutes to come.
    first, last = quantum_of(now), quantum_of(now + EARLY + LEAST + Reservation.KEPT_FOR)
    soon = Quantum.objects.filter(place__isnull=False, at__gte=first, at__lte=last)
    return soon.order_by().values_list("place")


def opening(station: Station, person: User | None) -> tuple[Appointment | None, dt.datetime | None]:
    """Return for which interview a person opens a station now, and when it must be empty. Raises KeptForInterview."""
    mine, empty_at = _now_at(station, person)
    if mine is None and empty_at is not None and empty_at - clock.now() < LEAST:
        raise KeptForInterview
    return mine, empty_at


def is_shut(station: Station) -> bool:
    """Say whether it opens now for nobody but whom an interview is kept for."""
    empty_at = _now_at(station, None)[1]
    return empty_at is not None and empty_at - clock.now() < LEAST


def empty_at(sitting: Sitting) -> dt.datetime | None:
    """Return when a station must be empty at which somebody sits: an interview may have been booked meanwhile."""
    return _now_at(sitting.station, person_at(sitting))[1] if sitting.station.is_booth else None


def _now_at(station: Station, person: User | None) -> tuple[Appointment | None, dt.datetime | None]:
    if not station.is_booth:
        return None, None
    now, rows = clock.now(), list(kept(station)[:5])
    near = [one for one in rows if one.starts_at <= now + EARLY]
    mine = next((one for one in near if person is not None and one.person_id == person.pk), None)
    after = next((one for one in rows if mine is None or one.starts_at > mine.starts_at), None)
    if after is None:
        return mine, None
    # Who is next has her ten minutes, unless the interview before goes on into them.
    until = after.starts_at - EARLY
    return mine, max(until, min(mine.ends_at + AFTER, after.starts_at)) if mine is not None else until


def person_at(sitting: Sitting) -> User | None:
    """Return who opened a station, where her card or her ticket says it."""
    holder = sitting.badge or sitting.ticket
    return holder.person if holder is not None else None


def interview_at(sitting: Sitting) -> Appointment | None:
    """Return the interview for which who sits in a booth has come."""
    person = person_at(sitting) if sitting.station.is_booth else None
    if person is None:
        return None
    near = kept(sitting.station).filter(person=person, starts_at__lte=clock.now() + EARLY)
    return near.with_words().first()
