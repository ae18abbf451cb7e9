"""What is different on a station: its pages rest nowhere, and once a sitting is over every page leads to the start.

Any other browser costs nothing: it has no cookie of a station.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from visavis.common import clock
from visavis.people.middleware import FRAGMENT
from visavis.people.sessions.store import name_of
from visavis.stations import device, handing_out, sittings
from visavis.stations.enums import End
from visavis.stations.models import Sitting, Station

# What opens without a sitting: the way to one, and what the device itself asks.
BEFORE = frozenset(
    {
        "stations:start",
        "stations:ways",
        "stations:take",
        "stations:ticket",
        "stations:badge",
        "stations:read",
        "stations:guest",
        "stations:beat",
        "stations:enrol",
        "stations:machine",
        "stations:enter",
        "set_language",
    }
)
# What says nothing of whether somebody is there.
BY_ITSELF = frozenset({"stations:beat"})

type View = Callable[..., HttpResponse]


class StationMiddleware:
    """Lead who comes from a station: to her page while she sits there, else to the start."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked: Any = request
        asked.station, asked.sitting = device.of(request), None
        response = self.get_response(request)
        if asked.station is None:
            return response
        if asked.sitting is not None:
            response = handing_out.within_balance(request, asked.sitting, response)
        if "no-store" not in response.headers.get("Cache-Control", ""):
            response.headers["Cache-Control"] = "no-store, private"
        policy = response.headers.get("Permissions-Policy", "")
        # For her card and her papers.
        response.headers["Permissions-Policy"] = re.sub(r"camera=\(\)", "camera=(self)", policy)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        asked: Any = request
        station: Station | None = asked.station
        here = request.resolver_match.view_name if request.resolver_match else ""
        if station is None or getattr(view, "is_for_programs", False):
            return None
        sitting = sittings.at(station)
        why = sittings.end_if_over(sitting) if sitting is not None else None
        if sitting is None or why is not None:
            return None if here in BEFORE and why is None else ended(request, str(why or ""))
        asked.sitting = sitting
        if request.method == "POST" and here == "account_logout":
            return finished(request, sitting)
        if FRAGMENT not in request.headers and here not in BY_ITSELF:
            sittings.note_use(sitting, clock.now())
        session = request.session.session_key
        if request.user.is_authenticated and session:
            sittings.note_session(sitting, name_of(session))
        return None


def ended(request: HttpRequest, why: str) -> HttpResponse:
    """Forget who was there, and lead to the start."""
    # What waited to be said was for who was there.
    list(messages.get_messages(request))
    request.session.flush()
    query = f"?{urlencode({'over': why})}" if why else ""
    response = HttpResponseRedirect(reverse("stations:start") + query, status=303)
    device.wipe(request, response)
    return response


def finished(request: HttpRequest, sitting: Sitting, why: End = End.FINISHED) -> HttpResponse:
    """End a sitting, forget who was there, and lead to the start."""
    sittings.end(sitting, why)
    return ended(request, why)
