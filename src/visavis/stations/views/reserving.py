"""A place in line for a station, by the code of a ticket: on the phone that holds it."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.agencies.words import now_words
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.queues.views.public import ticket_of
from visavis.stations import reservations as services
from visavis.stations.models import Reservation


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show the place of a ticket in the line for the stations; join it, or leave it."""
    ticket = ticket_of(code)
    if request.method == "POST":
        # Where a station is free, or the ticket is over, the page says so.
        with suppress(Refused):
            if request.POST.get("act") == "leave":
                services.leave(ticket=ticket)
            else:
                services.join(ticket=ticket)
        return redirect("stations:line", code=code)
    agency, now = ticket.agency, clock.now()
    mine = Reservation.objects.filter(ticket=ticket).select_related("station").first()
    is_late = mine is not None and mine.is_late
    context = {
        "ticket": ticket,
        "agency": agency,
        "mine": mine,
        "is_over": services.is_over(ticket),
        "seat": services.seat_of(ticket),
        "is_open": agency.timetable.is_open(now),
        "now": now_words(agency.timetable, now),
        "is_kept": mine is not None and mine.kept_until is not None and not is_late,
        "is_late": is_late,
        "ahead": services.ahead_of(mine) if mine else 0,
        "free": services.free(agency) if not services.somebody_waits(agency) else [],
        "has_stations": services.stations(agency).exists(),
    }
    with timezone.override(agency.zone):
        return render(request, "stations/line.html", context)
