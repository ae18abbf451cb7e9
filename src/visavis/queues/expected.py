"""Who comes with an appointment: the ticket finds it, so that she comes first, to whom expects her."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from visavis.agencies import roles
from visavis.agencies.models import Absence, Agency
from visavis.agencies.zones import instant
from visavis.appointments import services as appointments
from visavis.appointments.enums import Act, Channel, State
from visavis.appointments.models import Appointment, AppointmentQuerySet
from visavis.common import clock
from visavis.people.models import User


def appointment_of(agency: Agency, person: User, day: dt.date) -> Appointment | None:
    """Return which of her appointments of a day at a door, that have still to take place, she has come for now."""
    return nearest(_of_day(agency, person, day).booked(), clock.now())


def nearest(rows: Iterable[Appointment], at: dt.datetime) -> Appointment | None:
    """Return the appointment that is nearest to an instant: who is late for one is not sent to the next."""
    away = lambda row: max(row.starts_at - at, at - row.ends_at, dt.timedelta())
    return min(rows, key=away, default=None)


def _of_day(agency: Agency, person: User, day: dt.date) -> AppointmentQuerySet:
    begins, ends = (instant(day, minute, agency.zone) for minute in (0, 1440))
    rows = Appointment.objects.filter(agency=agency, person=person, channel=Channel.AGENCY)
    of_day = rows.filter(starts_at__gte=begins, starts_at__lt=ends)
    return of_day.select_related("counsellor").order_by("starts_at", "pk")


def receiver(appointment: Appointment, day: dt.date) -> User | None:
    """Return who receives her: the counsellor, or who stands in on this day; nobody where none works there."""
    found = appointment.counsellor
    if found is None:
        return None
    away = (
        Absence.objects.on(day)
        .filter(agency=appointment.agency, user=found)
        .select_related("substitute")
        .first()
    )
    if away is not None:
        found = away.substitute
    return found if found is not None and roles.held(appointment.agency, found).exists() else None


def took_place(agency: Agency, person: User, came_at: dt.datetime, by: User) -> None:
    """Note that the appointment for which she came took place, once who received her has finished.

    Where he said so by hand meanwhile, it is that one still, and not the next of the day.
    """
    day = came_at.astimezone(agency.zone).date()
    met = Q(state=State.BOOKED) | Q(state__in=[State.SEEN, State.NO_SHOW], changed_at__gte=came_at)
    found = nearest(_of_day(agency, person, day).filter(met), came_at)
    if found is not None and found.state == State.BOOKED and receiver(found, day) == by:
        appointments.settle(appointment=found, act=Act.SEE, by=by)
