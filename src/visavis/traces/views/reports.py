"""The address that takes reports, and what every companion is told. Public; no cookie, no address, no time.

`reports` is exempt from the check against forged requests: that check protects whoever is signed in, by a cookie,
and here nobody is; the permit is what lets a report in. The same permit is the limit of the rate: one report each.
"""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.traces import keys, periods, receiving
from visavis.traces.receiving import AlreadyUsed, Shown

MOST_BODY = 4096


class NotUnderstood(Refused):
    """The request is not what the companion sends."""

    words = _("We could not read this request. Nothing was kept.")


@login_not_required
@require_GET
def terms(request: HttpRequest) -> HttpResponse:
    """Say how reports are drawn this quarter: the same for everybody."""
    period = periods.current()
    if period is None:
        raise Http404
    return JsonResponse(periods.terms(period))


@login_not_required
@require_GET
def interests(request: HttpRequest) -> HttpResponse:
    """Give the list of interests in words: the same for everybody."""
    return JsonResponse(periods.table(), json_dumps_params={"ensure_ascii": False})


@csrf_exempt
@login_not_required
@require_http_methods(["POST", "DELETE", "OPTIONS"])
def reports(request: HttpRequest) -> HttpResponse:
    """Keep a report, or empty one; answer a browser that asks first whether it may."""
    if request.method == "OPTIONS":
        return allowed()
    try:
        act(request)
    except (RequestDataTooBig, UnreadablePostError):
        return sentence(str(NotUnderstood()), 413)
    except AlreadyUsed as refusal:
        return sentence(str(refusal), 409)
    except Refused as refusal:
        return sentence(str(refusal), 400)
    return HttpResponse(status=204)


def act(request: HttpRequest) -> None:
    """Read the body, whole and small, and do what it asks."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isdecimal() and len(length) < 9 and int(length) <= MOST_BODY):
        raise RequestDataTooBig
    said = read(request.body)
    if request.method == "DELETE":
        receiving.take_back(shown=shown_in(said))
        return
    report = said.get("report")
    if not isinstance(report, str):
        raise NotUnderstood
    receiving.receive(report=report.encode("utf-8", "replace"), shown=shown_in(said))


def read(body: bytes) -> dict[str, Any]:
    """Return the object that a body holds. Raises NotUnderstood."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise NotUnderstood from None
    if not isinstance(said, dict):
        raise NotUnderstood
    return said


def shown_in(said: dict[str, Any]) -> Shown:
    """Return the permit that a body shows. Raises NotUnderstood."""
    try:
        return Shown(keys.from_b64(said["message"]), keys.from_b64(said["signature"]))
    except (KeyError, ValueError, AttributeError):
        raise NotUnderstood from None


def allowed() -> HttpResponse:
    """Answer the browser's question before a request with JSON: an extension is another origin."""
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = "POST, DELETE"
    response["Access-Control-Allow-Headers"] = "content-type"
    response["Access-Control-Max-Age"] = "600"
    return response


def sentence(words: str, status: int) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
