"""What machines that watch ask, what `visavis setup --check` asks, and the page of the head."""

import hashlib
import hmac
import os
import re
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from visavis.common.signs import all_signs
from visavis.operations.health import figures
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest

PROOF = re.compile(r"(\d{10})\.([0-9a-f]{16})\.([0-9a-f]{64})")
# How long a proof is worth something, and how long a mark is remembered, in seconds.
FRESH_S = 60


@never_cache
@login_not_required
@require_GET
def live(request: HttpRequest) -> HttpResponse:
    """Say that this process answers; nothing else is asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@login_not_required
@require_GET
def ready(request: HttpRequest) -> JsonResponse:
    """Say how each part is, by its level only; 503 when one is wrong."""
    try:
        levels = {sign.name: sign.level for sign in all_signs()}
    except DatabaseError:
        levels = {"database": "wrong"}
    return JsonResponse(levels, status=503 if "wrong" in levels.values() else 200)


@never_cache
@login_not_required
@require_GET
def seen(request: HttpRequest) -> JsonResponse:
    """Tell who knows the site's key what the proxy lets through, and whether this process knows a mark already."""
    proof = PROOF.fullmatch(request.headers.get("X-Visavis-Check", ""))
    if proof is None or not is_proved(*proof.groups()):
        raise Http404
    name = f"seen:{proof[2]}"
    known = not cache.add(name, True, FRESH_S)
    address = str(get_adapter(request).get_client_ip(request))
    return JsonResponse(
        {"secure": request.is_secure(), "address": address, "process": os.getpid(), "known": known}
    )


def is_proved(when: str, mark: str, proof: str) -> bool:
    """Say whether somebody who knows the key has just signed this."""
    if abs(time.time() - int(when)) > FRESH_S:
        return False
    key = settings.SECRET_KEY.encode()
    return hmac.compare_digest(
        hmac.new(key, f"seen:{when}:{mark}".encode(), hashlib.sha256).hexdigest(), proof
    )


@never_cache
@login_not_required
@require_GET
def metrics(request: HttpRequest) -> HttpResponse:
    """Give figures to Prometheus, with the token that the settings hold; without one nobody gets any."""
    token = settings.VISAVIS_METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        raise Http404
    return HttpResponse(figures.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


@require_GET
def service(request: PersonRequest) -> HttpResponse:
    """Tell the head in words whether everything is running."""
    if not request.user.has_role(Role.HEAD):
        raise Http404
    signs = all_signs()
    worst = next((level for level in ("wrong", "look") if any(sign.level == level for sign in signs)), "well")
    return render(request, "operations/service.html", {"signs": signs, "worst": worst})
