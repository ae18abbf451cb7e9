"""A meeting as iCalendar (RFC 5545), in the site's time zone, whose summer and winter time the file carries."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.introductions.meetings import USUAL_MINUTES
from visavis.introductions.models import Introduction

BEFORE = dt.timedelta(hours=-2)


def file(row: Introduction, *, url: str, at: dt.datetime, is_off: bool = False) -> bytes:
    """Return a file with one event. The same meeting keeps its UID, so that a later file replaces an earlier one.

    A meeting that is cancelled is taken out of a calendar by the same UID and a later number (RFC 5546, 3.2.5).
    """
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415  (a quarter of a second: only who asks a file waits)

    zone = ZoneInfo(settings.TIME_ZONE)
    begins = at.astimezone(zone)
    # By the clock of the wall: minutes are added to the instant, not to what the clock says.
    ends = (
        begins.astimezone(dt.UTC) + dt.timedelta(minutes=row.meeting_minutes or USUAL_MINUTES)
    ).astimezone(zone)
    event = Event()
    event.add("uid", f"meeting-{row.pk}@{settings.SITE_URL.partition('://')[2]}")
    event.add("sequence", row.version)
    event.add("dtstamp", clock.now())
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", _("Meeting: %(title)s") % {"title": row.vacancy.title})
    event.add("location", row.meeting_address or str(row.get_meeting_place_display()))
    event.add("description", description(row))
    event.add("url", url)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    if not is_off:
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", _("Meeting: %(title)s") % {"title": row.vacancy.title})
        reminder.add("trigger", BEFORE)
        event.add_component(reminder)
    calendar = Calendar()
    calendar.add("prodid", "-//Vis-a-vis//meetings//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    found: bytes = calendar.to_ical()
    return found


def description(row: Introduction) -> str:
    employer = row.vacancy.employer.name if row.vacancy.employer else ""
    asked = _("Ask for %(name)s") % {"name": row.meeting_contact} if row.meeting_contact else ""
    return "\n".join(
        filter(None, [employer, asked, row.meeting_phone_shown, str(row.get_meeting_place_display())])
    )
