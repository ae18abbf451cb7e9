"""An agreed meeting as a file for a calendar."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.introductions import calendars, permissions
from visavis.introductions.enums import State
from visavis.introductions.views.answering import answering
from visavis.people.requests import PersonRequest


@require_GET
def calendar(request: PersonRequest, introduction_id: int) -> HttpResponse:
    """Give the meeting as iCalendar, once both have agreed on it; once it is cancelled, what takes it out again."""
    row = answering(request, introduction_id).row
    at, is_off = row.meeting_at, row.is_off
    if is_off:
        at = row.cancelled_meeting_at()
    elif row.state != State.INTERVIEW:
        at = None
    if at is None or not permissions.identity_is_shared(row):
        raise Http404
    file = calendars.file(row, url=f"{settings.SITE_URL}{row.url}", at=at, is_off=is_off)
    name = _("meeting-cancelled") if is_off else _("meeting")
    named = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=named)
