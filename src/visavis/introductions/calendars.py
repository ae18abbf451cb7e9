"""A meeting of an introduction as a calendar shows it, in the site's time zone."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from visavis.appointments import calendars
from visavis.appointments.calendars import Entry
from visavis.appointments.models import Meeting
from visavis.introductions.models import Introduction


def file(row: Introduction, meeting: Meeting) -> bytes:
    """Return the file of a meeting, for either side: to be put into a calendar, or taken out of it."""
    entry = Entry(
        of=meeting,
        zone=ZoneInfo(settings.TIME_ZONE),
        title=_("Meeting: %(title)s") % {"title": row.vacancy.title},
        place=row.meeting_address or str(row.get_meeting_place_display()),
        said=description(row),
        url=settings.SITE_URL + row.url,
        is_off=meeting.is_off,
    )
    return calendars.file_of(entry)


def description(row: Introduction) -> str:
    employer = row.vacancy.employer.name if row.vacancy.employer else ""
    asked = _("Ask for %(name)s") % {"name": row.meeting_contact} if row.meeting_contact else ""
    return "\n".join(
        filter(None, [employer, asked, row.meeting_phone_shown, str(row.get_meeting_place_display())])
    )
