"""Everything that happened to a person, filtered by kind and by time: hers to read, and who accompanies her's."""

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.common import clock
from visavis.common.addresses import address
from visavis.jobseekers import opened
from visavis.jobseekers.followed import counsellor_of, person_of, person_url
from visavis.jobseekers.models import Jobseeker
from visavis.people import happening
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest

MONTH, QUARTER, YEAR = 31, 92, 366
MOST_DIGITS = 4


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """Show a person everything that happened here with her."""
    if not request.user.has_role(Role.JOBSEEKER):
        raise Http404
    found = opened.OWN_FILE.first(request.user.pk)
    url = address("portal:everything")
    context = _context(request, found, request.user, url) | {
        "title": _("All that happened with you here"),
        "back_url": address("casefiles:mine"),
    }
    return render(request, "portal/everything.html", context)


@require_GET
def of(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Show her counsellor everything that happened; the reading is in the journal."""
    actor = counsellor_of(request)
    person = person_of(actor, jobseeker_id)
    opened.note_reading(request, "timeline", person.pk, person)
    url = address("portal:desk_everything", jobseeker_id=person.pk)
    context = _context(request, person, actor, url) | {
        "title": _("All that happened: %(name)s") % {"name": person.user.name},
        "back_url": person_url(person),
        "density": "staff",
    }
    return render(request, "portal/everything.html", context)


def _context(request: HttpRequest, person: Jobseeker | None, actor: User, url: str) -> dict[str, Any]:
    """Return what the page shows: one part of what happened, and its filters as links."""
    asked = request.GET
    chapters = happening.chapters()
    kind = next((one.slug for one in chapters if one.slug == asked.get("kind")), "")
    times = {"": _("Ever"), str(MONTH): _("A month"), str(QUARTER): _("Three months"), str(YEAR): _("A year")}
    days = asked.get("days", "") if asked.get("days", "") in times else ""
    given = asked.get("from", "")
    skip = int(given) if given.isdecimal() and len(given) <= MOST_DIGITS else 0
    since = clock.now() - dt.timedelta(days=int(days)) if days else None
    part = happening.Part([], 0)
    if person is not None:
        part = happening.part(person, actor, chapter=kind, since=since, skip=skip)

    def link(label: Any, **changed: str) -> dict[str, Any]:
        wanted = {name: value for name, value in ({"kind": kind, "days": days} | changed).items() if value}
        said = {"kind": kind, "days": days} | changed
        return {
            "url": f"{url}?{urlencode(wanted)}" if wanted else url,
            "label": label,
            "is_current": said == {"kind": kind, "days": days},
        }

    return {
        "part": part,
        "kinds": [link(_("Everything"), kind=""), *(link(one.label, kind=one.slug) for one in chapters)],
        "times": [link(label, days=value) for value, label in times.items()],
        "newest": link("")["url"] if skip else "",
        "is_filtered": bool(kind or days),
    }
