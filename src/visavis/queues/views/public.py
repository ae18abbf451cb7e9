"""Without signing in: a ticket at the door, one's place in line, and the display in the hall."""

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies.models import Agency
from visavis.agencies.words import now_words
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.queues import arriving, live, services, waits
from visavis.queues.enums import OVER, State
from visavis.queues.models import Ticket
from visavis.queues.words import waiting_now

MINE = "queue-ticket"
SHOWN = 6


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, agency_id: int, code: str) -> HttpResponse:
    """Give a ticket to who stands at the door with a phone; who has one is led to it."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=agency_id)
    timetable, now = agency.timetable, clock.now()
    kept = Ticket.objects.filter(agency=agency, code=request.session.get(MINE, "")).exclude(state__in=OVER)
    if (mine := kept.filter(day=timetable.date_of(now)).first()) is not None:
        return redirect("queues:place", code=mine.code)
    is_todays = arriving.is_code_of(agency, timetable.date_of(now), code)
    refused = ""
    if request.method == "POST" and is_todays:
        try:
            ticket = services.come_in(agency=agency, by=None)
        except Refused as refusal:
            refused = str(refusal)
        else:
            request.session[MINE] = ticket.code
            return redirect("queues:place", code=ticket.code)
    context = {
        "agency": agency,
        "is_todays": is_todays,
        "is_open": timetable.is_open(now),
        "now": now_words(timetable, now),
        "refused": refused,
        "waiting": waiting_now(agency),
    }
    return render(request, "queues/take.html", context)


@login_not_required
@never_cache
@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show who holds a ticket its place in line: a number, no name."""
    ticket = ticket_of(code)
    followed = live.followed(ticket.agency)
    ticket.refresh_from_db()
    is_today = ticket.day == services.today(ticket.agency)
    ahead = waits.ahead_of(ticket)
    best, worst = waits.pace(ticket.agency, ticket.day).wait(ahead)
    context = {
        "ticket": ticket,
        "live": followed,
        "agency": ticket.agency,
        "is_today": is_today,
        "is_live": is_today and ticket.state not in OVER,
        "ahead": ahead,
        "best": best,
        "worst": worst,
    }
    return render(request, "queues/place.html", context)


@login_not_required
@require_POST
def move(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Let who holds a ticket leave, or come back after she was missed."""
    ticket = ticket_of(code)
    if act not in ("leave", "back") or ticket.day != services.today(ticket.agency):
        raise Http404
    try:
        if act == "leave":
            services.leave(ticket=ticket, by=None)
        else:
            services.come_back(ticket=ticket, by=None)
    except Refused:
        # It moved meanwhile: the page says where it stands.
        return redirect("queues:place", code=code)
    return redirect("queues:place", code=code)


def ticket_of(code: str) -> Ticket:
    """Return the ticket of a code: whoever holds the code may read its number."""
    return get_object_or_404(Ticket.objects.select_related("agency"), code=code)


@login_not_required
@never_cache
@require_GET
def hall(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Show the hall the numbers that are called and their desks, nothing else; and how to take a ticket."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=agency_id)
    followed = live.followed(agency)
    day = services.today(agency)
    tickets = Ticket.objects.of_day(agency, day)
    called = list(tickets.filter(state=State.CALLED).order_by("-last_called_at", "-pk")[:SHOWN])
    url = arriving.address(agency, day)
    context = {
        "agency": agency,
        "live": followed,
        "called": called,
        "waiting": waiting_now(agency),
        "serving": list(tickets.filter(state=State.SERVING).order_by("-begun_at")[:SHOWN]),
        "url": url,
        "qr": segno.make_qr(url, error="m").svg_data_uri(border=2, scale=4, dark="#000", light="#fff"),
        "is_open": agency.timetable.is_open(clock.now()),
    }
    return render(request, "queues/hall.html", context)
