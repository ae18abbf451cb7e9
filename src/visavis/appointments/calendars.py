"""Appointments as iCalendar (RFC 5545, 5546): a file for one, an address for all of a counsellor's.

One appointment keeps its UID. Its SEQUENCE is one more whenever its time, its person or its state changes; what is
cancelled is taken out by METHOD:CANCEL. Hours are those of the agency's wall, whose summer time the file carries.
"""

import datetime as dt
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from visavis.appointments.enums import State
from visavis.appointments.models import Appointment
from visavis.common import clock

BEFORE = dt.timedelta(hours=-2)
OFF = frozenset({State.EXCUSED, State.REVOKED})


def host() -> str:
    return str(settings.SITE_URL).partition("://")[2]


def file(row: Appointment) -> bytes:
    """Return the file of one appointment, for the person: to be put into her calendar, or taken out of it."""
    is_off = row.state in OFF
    has_address = bool(row.person and row.person.email)
    event = _event(row)
    if has_address and row.person:
        _meeting_of(event, row)
    method = "CANCEL" if is_off else "REQUEST" if has_address else "PUBLISH"
    return _calendar([event], method)


def feed(rows: Iterable[Appointment]) -> bytes:
    """Return all of a counsellor's appointments, without the name of anybody: it leaves the house."""
    return _calendar([_event(row) for row in rows], "PUBLISH")


def _event(row: Appointment) -> Any:
    from icalendar import Alarm, Event  # noqa: PLC0415  (a quarter of a second: only who asks a file waits)

    is_off = row.state in OFF
    event = Event()
    event.add("uid", f"{row.uid}@{host()}")
    event.add("sequence", row.sequence)
    event.add("dtstamp", clock.now())
    event.add("last-modified", row.changed_at)
    event.add("dtstart", row.starts_at.astimezone(row.zone))
    event.add("dtend", row.ends_at.astimezone(row.zone))
    event.add("summary", row.kind.name)
    event.add("location", row.where)
    event.add("url", settings.SITE_URL + row.url)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if not is_off:
        said = gettext("Bring: %(what)s") % {"what": row.kind.bring} if row.kind.bring else ""
        event.add("description", "\n".join(filter(None, [said, row.agency.phone_shown])))
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", row.kind.name)
        reminder.add("trigger", BEFORE)
        event.add_component(reminder)
    return event


def _meeting_of(event: Any, row: Appointment) -> None:
    """Say who invites and who is invited: without both, a calendar does not take a cancelled one out."""
    from icalendar import vCalAddress  # noqa: PLC0415  (only who asks a file waits)

    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = row.agency.name
    event["organizer"] = organizer
    person = vCalAddress(f"mailto:{row.person.email}" if row.person else "")
    person.params["PARTSTAT"], person.params["RSVP"] = "ACCEPTED", "FALSE"
    event.add("attendee", person)


def _calendar(events: Iterable[Any], method: str) -> bytes:
    from icalendar import Calendar  # noqa: PLC0415  (only who asks a file waits)

    calendar = Calendar()
    calendar.add("prodid", "-//Vis-a-vis//appointments//FR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones()
    found: bytes = calendar.to_ical()
    return found
