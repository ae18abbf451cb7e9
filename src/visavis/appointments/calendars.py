"""Times as iCalendar (RFC 5545, 5546): a file for one, an address for all of a counsellor's.

One time keeps its UID, an appointment as well as a meeting agreed elsewhere. Its SEQUENCE is one more whenever its
time, its person or its state changes; what is cancelled is taken out by METHOD:CANCEL. Hours are those of the wall
where one meets, whose summer time the file carries.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from visavis.appointments.enums import State
from visavis.appointments.models import Appointment, Meeting, Workshop
from visavis.appointments.rooms import link_of
from visavis.common import clock

BEFORE = dt.timedelta(hours=-2)
OFF = frozenset({State.EXCUSED, State.REVOKED})


@dataclass(frozen=True)
class Led:
    """What a calendar knows a workshop by; its time is never changed."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    changed_at: dt.datetime
    sequence: int = 0


@dataclass(frozen=True)
class Entry:
    """One time as a calendar shows it."""

    of: Appointment | Meeting | Led
    """Whose UID, SEQUENCE and hours it has."""
    zone: dt.tzinfo
    title: str
    place: str
    said: str
    url: str
    is_off: bool
    host: str = ""
    """Who invites, by name; nobody where it is only put in."""
    guest: str = ""
    """Her e-mail address: without both, a calendar does not take a cancelled invitation out."""


def host() -> str:
    return str(settings.SITE_URL).partition("://")[2]


def entry_of(row: Appointment, *, guest: str = "", link: str = "") -> Entry:
    """Return an appointment as a calendar shows it, without the name of anybody; `link` is hers alone."""
    bring = gettext("Bring: %(what)s") % {"what": row.kind.to_bring} if row.kind.to_bring else ""
    return Entry(
        of=row,
        zone=row.zone,
        title=row.kind.title,
        place=row.where,
        said="\n".join(filter(None, [link, bring, row.agency.phone_shown])),
        url=link or settings.SITE_URL + row.url,
        is_off=row.state in OFF,
        host=row.agency.name,
        guest=guest,
    )


def file(row: Appointment) -> bytes:
    """Return the file of one appointment, for the person: to be put into her calendar, or taken out of it."""
    guest = (row.person.email or "") if row.person else ""
    return file_of(entry_of(row, guest=guest, link=link_of(row)))


def file_of(entry: Entry) -> bytes:
    """Return the file of one time."""
    method = "CANCEL" if entry.is_off else "REQUEST" if entry.guest else "PUBLISH"
    return _calendar([_event(entry)], method)


def feed(rows: Iterable[Appointment], workshops: Iterable[Workshop] = ()) -> bytes:
    """Return all that a counsellor has, without the name of anybody: it leaves the house."""
    entries = [*(entry_of(row) for row in rows), *(led(row) for row in workshops)]
    return _calendar([_event(one) for one in entries], "PUBLISH")


def led(row: Workshop) -> Entry:
    """Return a workshop as the calendar of who leads it shows it: once, however many come."""
    agency = row.kind.agency
    day = f"{row.starts_at.astimezone(agency.zone):%Y-%m-%d}"
    return Entry(
        of=Led(f"workshop-{row.pk}", row.starts_at, row.ends_at, clock.now()),
        zone=agency.zone,
        title=row.kind.title,
        place=f"{agency.name}, {agency.address}, {agency.commune.name}",
        said=agency.phone_shown,
        url=f"{settings.SITE_URL}{reverse('appointments:agenda')}?from={day}",
        is_off=False,
    )


def _event(entry: Entry) -> Any:
    from icalendar import Alarm, Event  # noqa: PLC0415  (a quarter of a second: only who asks a file waits)

    event = Event()
    event.add("uid", f"{entry.of.uid}@{host()}")
    event.add("sequence", entry.of.sequence)
    event.add("dtstamp", clock.now())
    event.add("last-modified", entry.of.changed_at)
    event.add("dtstart", entry.of.starts_at.astimezone(entry.zone))
    event.add("dtend", entry.of.ends_at.astimezone(entry.zone))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_off else "CONFIRMED")
    if not entry.is_off:
        event.add("description", entry.said)
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", entry.title)
        reminder.add("trigger", BEFORE)
        event.add_component(reminder)
    if entry.guest:
        _meeting_of(event, entry)
    return event


def _meeting_of(event: Any, entry: Entry) -> None:
    """Say who invites and who is invited."""
    from icalendar import vCalAddress  # noqa: PLC0415  (only who asks a file waits)

    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = entry.host
    event["organizer"] = organizer
    person = vCalAddress(f"mailto:{entry.guest}")
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
