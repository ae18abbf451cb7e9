"""One person at a glance."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from visavis.jobseekers import permissions
from visavis.jobseekers.followed import counsellor_of
from visavis.portal.desk import changed, timeline
from visavis.portal.desk import person as persons


@require_GET
def glance(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Show her counsellor what is next, in course and known of a person; the reading is in the journal."""
    actor = counsellor_of(request)
    person = persons.with_flags(actor, jobseeker_id)
    new = changed.look(person, actor)
    readers, changes = timeline.readers_and_changes(person, actor, new.entries)
    context = persons.glance(person, actor) | {
        "title": person.user.name,
        "timeline": timeline.of(person, actor, request.GET.get("page", "1"), new),
        "readers": readers,
        "looked_at": new.at,
        "changes": changes,
        "may_assign": permissions.can_assign(actor, person),
        "back_url": back(request),
        "density": "staff",
    }
    return render(request, "portal/desk/person.html", context)


def back(request: HttpRequest) -> str:
    """Return the list as it was on the page from which one came; else the list from its top."""
    desk, came = reverse("portal:desk"), request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure()):
        return desk
    there = urlsplit(came)
    return f"{desk}?{there.query}" if there.path == desk and there.query else desk
