"""The way to a sitting: language first, then a ticket, a card, or neither."""

import re
import secrets
from typing import Any

import numpy as np
import zxingcpp
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies.words import now_words
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.sessions.store import name_of
from visavis.people.views.signing_in import let_in
from visavis.queues import services as queue
from visavis.queues.models import Ticket
from visavis.queues.order import order_of
from visavis.queues.views.board import place_of
from visavis.queues.views.public import in_line
from visavis.stations import badges, booths, reservations, sittings
from visavis.stations.enums import End, Way
from visavis.stations.forms import BadgeForm, TicketForm
from visavis.stations.models import Station
from visavis.tries.limits import DAY, HOUR, Limit, Share, knock

# Of one station: a code is too long to be found by trying.
TRIES = Limit("badge", Share(60, 200, HOUR), Share(600, 2_000, DAY), Share(600, 6_000, HOUR))
CODE = re.compile(r"[A-Z2-9]{5}-[A-Z2-9]{5}")
QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
LARGEST = 1_280
# Numbers taken at one station: more than come in an hour, fewer than would fill a hall by play.
TICKETS = Limit("station-ticket", Share(90, 90, HOUR), Share(90, 90, HOUR), Share(600, 600, HOUR))
TAKEN, LONGEST = "station-taken", 40


class ManyTickets(Refused):
    """Somebody plays with the station."""

    words = gettext_lazy("Very many tickets were taken here. Ask at reception for one, please.")


reads_and_posts = require_http_methods(["GET", "HEAD", "POST"])


def station_of(request: HttpRequest) -> Station:
    """Return which station asks; any other device gets 404."""
    found: Station | None = getattr(request, "station", None)
    if found is None:
        raise Http404
    return found


def is_taken(request: HttpRequest) -> bool:
    """Say whether somebody sits there already."""
    return getattr(request, "sitting", None) is not None


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """Greet who comes, and ask the language; say why the one before ended, and for whom it is kept."""
    if is_taken(request):
        return redirect("stations:home")
    station: Station | None = getattr(request, "station", None)
    if station is None:
        return render(request, "stations/no_station.html")
    timetable, now = station.agency.timetable, clock.now()
    context = {
        "station": station,
        "kept": reservations.kept_for(station),
        "over": request.GET.get("over") if request.GET.get("over") in End.values else "",
        "is_open": timetable.is_open(now),
        "now": now_words(timetable, now),
    }
    with timezone.override(timetable.zone):
        return render(request, "stations/start.html", context)


@login_not_required
@never_cache
@require_GET
def ways(request: HttpRequest) -> HttpResponse:
    """Ask how she opens the station."""
    station = station_of(request)
    if is_taken(request):
        return redirect("stations:home")
    context = {
        "station": station,
        "kept": reservations.kept_for(station),
        "shut": booths.KeptForInterview.words if booths.is_shut(station) else "",
        "asked": secrets.token_urlsafe(8),
    }
    return render(request, "stations/ways.html", context)


@login_not_required
@never_cache
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Give a number to who stands there without one, once a form; it is followed on a phone by the picture."""
    station, asked = station_of(request), request.POST.get("asked", "")[:LONGEST]
    if is_taken(request):
        return redirect("stations:home")
    before, code = request.session.get(TAKEN, ("", ""))
    given = Ticket.objects.filter(code=code).select_related("agency").first() if asked == before else None
    if given is None:
        try:
            if knock(request, TICKETS, f"tickets {station.pk}") is not None:
                raise ManyTickets
            given = queue.come_in(agency=station.agency, by=None, is_short="short" in request.POST)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("stations:ways")
        request.session[TAKEN] = asked, given.code
    order = order_of(given.agency, given.day, 0)
    words = in_line(len(order.ahead_of(given)), order.pace_for(given))
    return render(
        request,
        "stations/taken.html",
        {"station": station, "ticket": given, "words": words, **place_of(given)},
    )


@login_not_required
@never_cache
@reads_and_posts
def ticket(request: HttpRequest) -> HttpResponse:
    """Open the station with the number of a ticket: a station, never a file."""
    station = station_of(request)
    if is_taken(request):
        return redirect("stations:home")
    form = TicketForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            found = sittings.ticket_of(station, form.cleaned_data["number"])
            begin(request, station, Way.TICKET, ticket=found)
        except Refused as refusal:
            form.add_error("number", str(refusal))
        else:
            return redirect("stations:home")
    return render(request, "stations/ticket.html", {"station": station, "form": form})


@login_not_required
@never_cache
@sensitive_post_parameters("code", "pin")
@reads_and_posts
def badge(request: HttpRequest) -> HttpResponse:
    """Open the station, and her own file, with her card and her PIN. Who sits there as a guest signs in by it too."""
    station = station_of(request)
    if request.user.is_authenticated:
        return redirect("stations:home")
    form = BadgeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if knock(request, TRIES, f"station {station.pk}") is not None:
            form.add_error(None, _("Very many cards were tried here. Go to reception, please."))
        else:
            try:
                return signed_in(request, station, form.cleaned_data)
            except Refused as refusal:
                form.add_error("pin", str(refusal))
    base = "ui/base.html" if is_taken(request) else "stations/kiosk.html"
    context = {"station": station, "form": form, "base": base}
    return render(request, "stations/badge.html", context)


def signed_in(request: HttpRequest, station: Station, typed: dict[str, Any]) -> HttpResponse:
    """Let in who has the card and knows its PIN. Raises what refuses."""
    found = badges.proven(code=typed["code"], pin=typed["pin"])
    row = sittings.go_on(station=station, badge=found)
    request.session.flush()
    answer = let_in(request, found.person, method="badge", then="/station/inside/")
    if request.session.session_key:
        sittings.note_session(row, name_of(request.session.session_key))
    return answer


def begin(request: HttpRequest, station: Station, way: Way, **by: Any) -> Any:
    """Open the station with nothing of whoever was there before. Raises what refuses."""
    row = sittings.begin(station=station, way=way, **by)
    request.session.flush()
    return row


@login_not_required
@require_POST
def guest(request: HttpRequest) -> HttpResponse:
    """Open the station without anything."""
    station = station_of(request)
    if not is_taken(request):
        try:
            begin(request, station, Way.GUEST)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("stations:ways")
    return redirect("stations:home")


@login_not_required
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Read the code of a card in one picture of the camera, which comes as bare grey points and is kept nowhere."""
    station_of(request)
    try:
        width, height = (int(request.GET.get(side, "")[:5]) for side in ("width", "height"))
    except ValueError:
        width = height = 0
    if not (0 < width <= LARGEST and 0 < height <= LARGEST) or len(request.body) != width * height:
        return JsonResponse({"code": ""}, status=400)
    points = np.frombuffer(request.body, dtype=np.uint8).reshape(height, width)
    found = (one.text.strip() for one in zxingcpp.read_barcodes(points, formats=QR))
    return JsonResponse({"code": next((text for text in found if CODE.fullmatch(text)), "")})
