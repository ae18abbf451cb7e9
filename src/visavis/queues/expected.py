"""Who comes with an appointment: the ticket finds it, so that she comes first, to whom expects her."""

import datetime as dt

from visavis.agencies import roles
from visavis.agencies.models import Absence, Agency
from visavis.agencies.zones import instant
from visavis.appointments import services as appointments
from visavis.appointments.enums import Act, Channel
from visavis.appointments.models import Appointment
from visavis.people.models import User


def appointment_of(agency: Agency, person: User, day: dt.date) -> Appointment | None:
    """Return her first appointment at a door on a day that has still to take place."""
    begins, ends = (instant(day, minute, agency.zone) for minute in (0, 1440))
    rows = Appointment.objects.booked().filter(agency=agency, person=person, channel=Channel.AGENCY)
    return (
        rows.filter(starts_at__gte=begins, starts_at__lt=ends)
        .select_related("counsellor")
        .order_by("starts_at")
        .first()
    )


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


def took_place(agency: Agency, person: User, day: dt.date, by: User) -> None:
    """Note that her appointment took place, once who received her has finished."""
    found = appointment_of(agency, person, day)
    if found is not None and receiver(found, day) == by:
        appointments.settle(appointment=found, act=Act.SEE, by=by)
