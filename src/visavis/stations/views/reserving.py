"""A place in line for a station, by the code of a ticket: on the phone that holds it."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

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
    mine = Reservation.objects.filter(ticket=ticket).select_related("station").first()
    is_kept = mine is not None and mine.kept_until is not None and mine.kept_until > clock.now()
    context = {
        "ticket": ticket,
        "agency": ticket.agency,
        "mine": mine,
        "is_kept": is_kept,
        "is_late": mine is not None and mine.kept_until is not None and not is_kept,
        "ahead": services.ahead_of(mine) if mine else 0,
        "free": services.free(ticket.agency) if not services.somebody_waits(ticket.agency) else [],
        "has_stations": services.stations(ticket.agency).exists(),
    }
    return render(request, "stations/line.html", context)
