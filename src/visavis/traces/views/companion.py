"""The companion: what it is, how it is installed in each program, and what does the same without it."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

PACKING = "visavis.traces.packing"
# For each program the name of its file and its type.
FILES = {
    "chromium": ("visavis-companion-chromium.zip", "application/zip"),
    "firefox": ("visavis-companion-firefox.xpi", "application/octet-stream"),
    "thunderbird": ("visavis-companion-thunderbird.xpi", "application/octet-stream"),
}


@login_not_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Say what the companion is: the same page for everybody."""
    context = {"title": _("The companion"), "can_be_packed": can_be_packed()}
    return render(request, "traces/companion.html", context)


@login_not_required
@require_GET
def download(request: HttpRequest, target: str) -> HttpResponse:
    """Give the companion for one program, packed for this service: the same bytes for everybody."""
    if target not in FILES or not can_be_packed():
        raise Http404
    name, kind = FILES[target]
    response = HttpResponse(packed(target), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def can_be_packed() -> bool:
    return find_spec(PACKING) is not None


def packed(target: str) -> bytes:
    """Return the file of a program, that reaches no other host than this service."""
    made: bytes = import_module(PACKING).pack(target, settings.SITE_URL)
    return made
