"""One scan: every page of it, and where each is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.common import clock
from visavis.documents import files
from visavis.documents.views.away import reads_files
from visavis.documents.views.one import HEADERS
from visavis.journal import services as journal
from visavis.people.requests import PersonRequest
from visavis.scans.enums import ScanState, Why
from visavis.scans.models import Part, Scan, ScanPage
from visavis.scans.views.tray import clerk


@never_cache
@require_GET
def page(request: PersonRequest, scan_id: int) -> HttpResponse:
    """Show where each page of a scan is."""
    actor = clerk(request)
    scan = get_object_or_404(Scan.objects.visible_to(actor), pk=scan_id)
    parts = list(scan.parts.select_related("person").prefetch_related("pages").order_by("number"))
    people = {part.person_id for part in parts if part.person_id is not None}
    acts = [journal.Act("read", "scan", scan.pk, person) for person in sorted(people)]
    journal.record_all(acts or [journal.Act("read", "scan", scan.pk)], by=actor.pk)
    context = {
        "title": _("Scan number %(n)s") % {"n": scan.pk},
        "scan": scan,
        "why": Why(scan.why).label if scan.why else "",
        "parts": parts,
        "back_url": reverse("scans:tray"),
        "density": "staff",
    }
    return render(request, "scans/scan.html", context)


@never_cache
@require_GET
@reads_files
def picture(request: PersonRequest, scan_id: int, number: int, *, is_small: bool = False) -> HttpResponse:
    """Give one page of a scan as a picture, to who opens the scan, or the part in which it lies; small, for lists."""
    scan = get_object_or_404(Scan, pk=scan_id)
    row = get_object_or_404(
        ScanPage.objects.select_related("part"), scan=scan, number=number, file__isnull=False
    )
    is_of_part = (
        row.part is not None and Part.objects.visible_to(request.user).filter(pk=row.part.pk).exists()
    )
    if not is_of_part and not Scan.objects.visible_to(request.user).filter(pk=scan.pk).exists():
        raise Http404
    try:
        name = (row.small if is_small else None) or row.file
        content = files.content(name, person=scan.own_key) if name else b""
    except files.Lost as error:
        raise Http404 from error
    return HttpResponse(content, content_type="image/jpeg", headers=HEADERS)


@require_POST
def seen(request: PersonRequest, scan_id: int) -> HttpResponse:
    """Take a scan that cannot be opened off the tray: somebody scans its paper again."""
    actor = clerk(request)
    scan = get_object_or_404(Scan.objects.visible_to(actor).filter(state=ScanState.STOPPED), pk=scan_id)
    Scan.objects.filter(pk=scan.pk, seen_at__isnull=True).update(seen_at=clock.now())
    journal.record(journal.Act("changed", "scan", scan.pk, note="seen"), by=actor.pk)
    messages.success(request, _("Noted. Scan the paper again, if you have not yet."))
    return redirect("scans:tray")
