"""The companion: what it is, how it is installed in each program, and what does the same without it."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.traces import packing, permits, signing

KINDS = {
    ".crx": "application/x-chrome-extension",
    ".xpi": "application/x-xpinstall",
    ".xml": "application/xml; charset=utf-8",
}


@login_not_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Say what the companion is: the same page for everybody."""
    context = {
        "title": _("The companion"),
        "can_be_packed": packing.is_here(),
        "is_signed": is_signed(),
        "is_hers": permits.is_for(request.user),
    }
    return render(request, "traces/companion.html", context)


def is_signed() -> bool:
    """Say whether the operator put a signed companion into VISAVIS_COMPANION."""
    return bool(settings.VISAVIS_COMPANION) and (Path(settings.VISAVIS_COMPANION) / signing.CRX).is_file()


@login_not_required
@require_GET
def download(request: HttpRequest, target: str) -> HttpResponse:
    """Give the companion for one program, packed for this service: the same bytes for everybody."""
    if target not in packing.FILES:
        raise Http404
    try:
        content = packed(target, settings.SITE_URL)
    except packing.CannotPack as reason:
        raise Http404 from reason
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{packing.FILES[target]}"'
    return response


@login_not_required
@require_GET
def signed(request: HttpRequest, name: str) -> HttpResponse:
    """Give what the operator signed elsewhere and put into VISAVIS_COMPANION: the same bytes for everybody."""
    path = Path(settings.VISAVIS_COMPANION) / name
    if not settings.VISAVIS_COMPANION or name not in signing.SIGNED or not path.is_file():
        raise Http404
    kind = KINDS.get(path.suffix, "application/json")
    return HttpResponse(path.read_bytes(), content_type=kind)


@cache
def packed(target: str, service: str) -> bytes:
    """Pack once a process: the companion's files change with the version installed only."""
    return packing.pack(target, service)
