"""An agreed meeting as a file for a calendar."""

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
    is_known = row.is_off or row.state == State.INTERVIEW
    if row.meeting is None or not is_known or not permissions.identity_is_shared(row):
        raise Http404
    name = _("meeting-cancelled") if row.meeting.is_off else _("meeting")
    named = {"Content-Disposition": f'attachment; filename="{name}.ics"'}
    file = calendars.file(row, row.meeting)
    return HttpResponse(file, content_type="text/calendar; charset=utf-8", headers=named)
