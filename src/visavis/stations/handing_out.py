"""A PDF at a station: its pages are said, taken off the balance, and only then is it handed to the printer."""

import re
import secrets
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from visavis.common import typesetting
from visavis.stations import print_list, printing
from visavis.stations.models import Sitting

ALLOWED = "station-handed"
PDF = "application/pdf"


def allow(request: HttpRequest, path: str, pages: int) -> str:
    """Let one PDF through, once its pages are taken off; return its mark."""
    mark = secrets.token_urlsafe(9)
    request.session[ALLOWED] = {"mark": mark, "path": path, "pages": pages}
    return mark


def address_of(request: HttpRequest) -> str:
    """Return the address of a PDF without the mark of its handing out."""
    asked = [(name, value) for name, value in parse_qsl(request.GET.urlencode()) if name != "handed"]
    return f"{request.path}?{urlencode(asked)}" if asked else request.path


def name_of(response: HttpResponse) -> str:
    """Return the name under which a file is given, for a list of them."""
    found = re.search(r'filename="([^"]+)"', response.headers.get("Content-Disposition", ""))
    return found[1] if found else ""


def within_balance(request: HttpRequest, sitting: Sitting, response: HttpResponse) -> HttpResponse:
    """Answer a PDF with the page that asks whether to print it, until its pages are taken off."""
    if request.method != "GET" or response.headers.get("Content-Type", "").split(";")[0] != PDF:
        return response
    if response.status_code != 200:
        return response
    content = b"".join(response) if response.streaming else response.content
    pages = typesetting.pages_in(content)
    kept = request.session.get(ALLOWED) or {}
    is_paid = kept.get("path") == address_of(request) and kept.get("mark") == request.GET.get("handed")
    if is_paid and pages <= kept["pages"]:
        headers = {"Content-Disposition": 'inline; filename="document.pdf"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type=PDF, headers=headers)
    context = {
        "pages": pages,
        "left": printing.left(sitting),
        "path": address_of(request),
        "name": name_of(response),
        "to_print": len(print_list.of(request)),
    }
    return render(request, "stations/print.html", context)
