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
    """Give the meeting as iCalendar, once both have agreed on it."""
    row = answering(request, introduction_id).row
    if row.state != State.INTERVIEW or row.meeting_at is None or not permissions.identity_is_shared(row):
        raise Http404
    file = calendars.file(row, url=f"{settings.SITE_URL}{row.url}")
    named = {"Content-Disposition": f'attachment; filename="{_("meeting")}.ics"'}
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=named)
