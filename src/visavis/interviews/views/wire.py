"""What the script of a room asks and says: small answers in JSON, nothing that a page without a script needs."""

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.common.errors import Refused
from visavis.interviews import live, permissions, quality, seating, services, signalling, throttle
from visavis.interviews.models import Seat
from visavis.interviews.relay import servers
from visavis.interviews.views.seats import seat_of, seats_of
from visavis.people.requests import number_in

# Another page of the seat counts; whoever asks is not let in any more.
ELSEWHERE, OUTSIDE = 412, 410
# She says more than the house takes: her page says it again after a while.
FULL = 429


def shown(seat: Seat) -> dict[str, Any]:
    """Return a room as one seat sees it: who is there, and how far it is."""
    is_in = permissions.is_let_in(seat)
    others = [
        {"n": one.number, "name": one.called, "state": one.state, "c": one.connection, "here": one.is_here}
        for one in (seats_of(seat) if is_in else [])
        if one.pk != seat.pk
    ]
    return {"n": seat.number, "state": seat.state, "c": seat.connection, "in": is_in, "others": others}


@login_not_required
@never_cache
@require_GET
def state(request: HttpRequest, code: str) -> JsonResponse:
    """Say who is in the room and who waits, to who is in it."""
    return JsonResponse(shown(seat_of(request, code)))


@login_not_required
@require_POST
def connect(request: HttpRequest, code: str) -> JsonResponse:
    """Make this page the one that counts, and give it what it needs to reach the others."""
    seat = seat_of(request, code)
    try:
        seat = services.connect(seat=seat)
    except Refused:
        return JsonResponse({"in": False}, status=OUTSIDE)
    followed = live.followed(seat)
    said = shown(seat) | {"topic": followed.topic, "after": followed.after, "live": followed.url}
    if said["in"]:
        said["servers"] = servers.of_seat(seat.interview_id, seat.pk)
        said["key"] = seating.key_of(seat.interview_id, seat.interview.appointment.uid)
    return JsonResponse(said)


@login_not_required
@never_cache
@require_GET
def relay(request: HttpRequest, code: str) -> JsonResponse:
    """Give fresh credentials of the relay to who is let in."""
    seat = seat_of(request, code)
    if not permissions.is_let_in(seat):
        return JsonResponse({"servers": []}, status=OUTSIDE)
    return JsonResponse({"servers": servers.of_seat(seat.interview_id, seat.pk)})


@login_not_required
@require_POST
def sign(request: HttpRequest, code: str) -> HttpResponse:
    """Note that the page is still there, and say who else is; or that it goes, and how its line was."""
    seat = seat_of(request, code)
    connection = number_in(request.POST.get("c", ""))
    if "drops" in request.POST:
        quality.note(seat=seat, connection=connection, told=quality.Told.read(request.POST))
    is_here = "bye" not in request.POST
    counts = services.sign(seat=seat, connection=connection, is_here=is_here)
    if counts and not is_here:
        # Nobody is there to read an answer.
        return HttpResponse(status=204)
    return JsonResponse(shown(seat)) if counts else HttpResponse(status=ELSEWHERE if seat.ear else OUTSIDE)


@login_not_required
@require_POST
def post(request: HttpRequest, code: str) -> HttpResponse:
    """Take what a page says to others and pass it on; who floods is told to come again, which a page of ours does."""
    seat = seat_of(request, code)
    if throttle.is_flood(seat):
        return HttpResponse(status=FULL)
    if int(request.headers.get("Content-Length") or 0) > signalling.LARGEST_POST:
        return HttpResponse(status=413)
    try:
        connection, number, signals = signalling.read(json.loads(request.body))
        told = signalling.post(seat=seat, connection=connection, number=number, signals=signals)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    except signalling.Elsewhere:
        return HttpResponse(status=ELSEWHERE)
    except signalling.Outside:
        return HttpResponse(status=OUTSIDE)
    return JsonResponse({"told": told})
