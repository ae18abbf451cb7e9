"""The tray: give a scan, sort what no sheet says, and see what was filed in the last day."""

import logging
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.uploading import is_too_big, sized
from visavis.journal import services as journal
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.scans import taking
from visavis.scans.enums import PartState, ScanState, Way
from visavis.scans.forms import DropForm
from visavis.scans.models import Part, Scan

log = logging.getLogger(__name__)

SHOWN, FIRST_WORDS = 50, 80


def clerk(request: PersonRequest) -> User:
    """Return who is signed in if she opens the post of an agency, else 404."""
    if not request.user.has_role(Role.COUNSELLOR, Role.RECEPTION):
        raise Http404
    return request.user


@never_cache
@sized
@require_http_methods(["GET", "HEAD", "POST"])
def tray(request: PersonRequest) -> HttpResponse:
    """Take a scan; show what is being drawn, what is to be sorted, and what was filed lately."""
    actor = clerk(request)
    form = DropForm()
    if is_too_big(request):
        form = DropForm({})
        form.full_clean()
        form.errors.pop("scan", None)
        form.add_error("scan", _("The scan is larger than 60 MB. Scan fewer pages at once, or in grey."))
    elif request.method == "POST":
        form = DropForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return _taken(request, actor, form)
            except Refused as refusal:
                form.add_error("scan", str(refusal))
            except OSError:
                log.exception("a scan could not be kept")
                form.add_error(
                    "scan",
                    _("It could not be kept just now: nothing of it is here. Give it again in an hour."),
                )
    status = 413 if is_too_big(request) else 200
    return render(request, "scans/tray.html", _context(actor, form), status=status)


def _taken(request: PersonRequest, actor: User, form: DropForm) -> HttpResponse:
    content = form.cleaned_data["scan"].read()
    taken = taking.take(content, way=Way.DROPPED, agency=agency_of(actor), by=actor)
    if not taken.is_known:
        messages.success(request, _("The scan arrived whole. Its pages are drawn now, then filed."))
        return redirect("scans:tray")
    seen = Scan.objects.visible_to(actor).filter(pk=taken.scan.pk).first()
    messages.info(request, _("This scan came already: nothing was taken twice."))
    return redirect(seen.url if seen is not None else "scans:tray")


def agency_of(actor: User) -> Agency | None:
    """Return the agency for which somebody opens the post: the first where she does."""
    desks = actor.organisation_ids(Role.RECEPTION, Role.COUNSELLOR)
    return Agency.objects.filter(organisation__in=desks).order_by("pk").first()


def _context(actor: User, form: DropForm) -> dict[str, Any]:
    parts = Part.objects.visible_to(actor).select_related("scan", "person")
    to_sort = list(parts.to_sort().order_by("at", "pk").prefetch_related("pages")[:SHOWN])
    since = clock.now() - Part.UNDO
    lately = parts.filter(state=PartState.FILED, filed_at__gt=since).order_by("-filed_at", "-pk")
    scans = Scan.objects.visible_to(actor)
    filed = list(lately[:SHOWN])
    journal.listed("scan-part", by=actor.pk, shown=len(to_sort) + len(filed), asked=("tray",))
    return {
        "title": _("Paper that came in"),
        "form": form,
        "drawing": list(scans.filter(state=ScanState.RECEIVED)[:SHOWN]),
        "stopped": list(scans.filter(state=ScanState.STOPPED, seen_at__isnull=True)[:SHOWN]),
        "to_sort": [(part, len(part.pages.all()), first_words(part)) for part in to_sort],
        "filed": filed,
        "lately": list(scans.exclude(state=ScanState.RECEIVED)[:10]),
        "density": "staff",
    }


def first_words(part: Part) -> str:
    """Return how the first page that has words begins."""
    for page in part.pages.all():
        page.scan = part.scan
        if words := " ".join(page.words.split()):
            return words[:FIRST_WORDS]
    return ""
