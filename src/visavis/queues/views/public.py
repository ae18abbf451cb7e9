"""Without signing in: a ticket at the door, one's place in line, and the display in the hall."""

import datetime as dt
from contextlib import suppress
from functools import lru_cache

import segno
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies.models import Agency
from visavis.agencies.words import now_words
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.live.followed import Followed
from visavis.queues import arriving, live, services
from visavis.queues.enums import OVER, State
from visavis.queues.models import Ticket
from visavis.queues.order import Kept, order_of
from visavis.queues.waits import Pace
from visavis.queues.words import ON_A_TICKET, waiting_now

MINE = "queue-ticket"
SHOWN = 6
# Every screen of a hall shows the same page.
HALLS = Kept[str]()
# What an act changes of a ticket that its page shows.
MOVES = ["state", "to", "desk", "last_called_at", "is_short"]


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
            ticket = services.come_in(agency=agency, by=None, is_short="short" in request.POST)
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
    # Read once more behind the number up to which the page knows; the door stays the same.
    ticket.refresh_from_db(fields=MOVES)
    is_today = ticket.day == services.today(ticket.agency)
    order = order_of(ticket.agency, ticket.day, followed.after)
    ahead = order.ahead_of(ticket)
    context = {
        "ticket": ticket,
        "live": followed,
        "agency": ticket.agency,
        "is_today": is_today,
        "is_live": is_today and ticket.state not in OVER,
        "day": str(ticket.day),
        "ahead": ahead,
        "words": in_line(len(ahead), order.pace_for(ticket)),
        "offered": [one for offer in ON_A_TICKET if (one := offer(ticket)) is not None],
    }
    return render(request, "queues/place.html", context)


def people(number: int) -> str:
    """Say how many are called before, with a place for the number."""
    return ngettext(
        "%(number)s person is called before you.", "%(number)s people are called before you.", number
    )


def in_line(ahead: int, pace: Pace) -> dict[str, str]:
    """Say a place in line, and give the page the same sentences for what it will be told."""
    wait, turn = _("You wait %(best)s to %(worst)s minutes more."), _("You are next.")
    best, worst = pace.wait(ahead)
    return {
        "ahead": people(ahead) % {"number": ahead} if ahead else turn,
        "wait": wait % {"best": best, "worst": worst},
        "turn": turn,
        "one": people(1) % {"number": "{number}"},
        "more": people(2) % {"number": "{number}"},
        "empty_wait": wait % {"best": "{best}", "worst": "{worst}"},
        "pace": f"{pace.minutes:.3f} {pace.spread:.3f} {pace.desks}",
    }


@login_not_required
@require_POST
def move(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """Let who holds a ticket leave, or come back after she was missed."""
    ticket = ticket_of(code)
    if act not in ("leave", "back") or ticket.day != services.today(ticket.agency):
        raise Http404
    # Where it moved meanwhile the page says where it stands.
    with suppress(Refused):
        if act == "leave":
            services.leave(ticket=ticket, by=None)
        else:
            services.come_back(ticket=ticket, by=None)
    return redirect("queues:place", code=code)


def ticket_of(code: str) -> Ticket:
    """Return the ticket of a code: whoever holds the code may read its number."""
    return get_object_or_404(Ticket.objects.select_related("agency"), code=code)


@lru_cache(maxsize=64)
def picture(url: str) -> str:
    """Return the picture that leads to an address: the same all day, and drawn once."""
    made: str = segno.make_qr(url, error="m").svg_data_uri(border=2, scale=4, dark="#000", light="#fff")
    return made


@login_not_required
@never_cache
@require_GET
def hall(request: HttpRequest, agency_id: int) -> HttpResponse:
    """Show the hall the numbers that are called and their desks, nothing else; and how to take a ticket."""
    agency = get_object_or_404(Agency.objects.visible_to(request.user), pk=agency_id)
    followed = live.followed(agency)
    day, language = services.today(agency), get_language() or ""
    make = lambda: drawn(request, agency, followed, day)
    return HttpResponse(HALLS.of((agency.pk, day, language, request.path), followed.after, make))


def drawn(request: HttpRequest, agency: Agency, followed: Followed, day: dt.date) -> str:
    """Draw the page of a hall: the same for all its screens, as long as nothing moves."""
    tickets = Ticket.objects.of_day(agency, day)
    called = list(tickets.filter(state=State.CALLED).order_by("-last_called_at", "-pk")[:SHOWN])
    url = arriving.address(agency, day)
    context = {
        "agency": agency,
        "day": str(day),
        "most": SHOWN,
        "live": followed,
        "called": called,
        "waiting": waiting_now(agency),
        "serving": list(tickets.filter(state=State.SERVING).order_by("-begun_at")[:SHOWN]),
        "url": url,
        "qr": picture(url),
        "is_open": agency.timetable.is_open(clock.now()),
    }
    return render_to_string("queues/hall.html", context, request)
