"""The board of reception and counsellors: who waits, who is called, and what to do next."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers import finding, of_agency, opened
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Hint
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.requests import PersonRequest
from visavis.queues import live, services, turns, waits
from visavis.queues.enums import AT_A_DESK, OVER, Act, State
from visavis.queues.forms import ComeInForm, DeskForm, colleagues
from visavis.queues.models import Ticket
from visavis.queues.table import TABLE
from visavis.queues.words import ON_THE_BOARD

DESK = "queue-desk"
# The door at which that desk is: who works at several sits at one.
DOOR = "queue-door"
FOUND_AT_MOST = 10
# The rows of a list; those behind them move up. The page stays light on a day when the whole town comes.
MOST_SHOWN = 60


@dataclass
class Row:
    """One ticket of the board: who it is if one may know, and for how long it has stood there."""

    ticket: Ticket
    minutes: int
    her: Jobseeker | None = None
    apart: str = ""
    may: frozenset[str] = frozenset()


@require_GET
def index(request: PersonRequest) -> HttpResponse:
    """Lead to the board of the agency in which one works."""
    agency = Agency.objects.of(request.user).first()
    if agency is None:
        raise Http404
    return redirect("queues:board", agency_id=agency.pk)


@require_GET
def come_in_for(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Lead from a person's file to her ticket, at the door where one works."""
    her = get_object_or_404(Jobseeker.objects.visible_to(request.user), pk=jobseeker_id)
    agency = Agency.objects.of(request.user).first()
    if agency is None:
        raise Http404
    return redirect(f"{reverse('queues:come_in', args=[agency.pk])}?person={her.pk}")


def desk_at(request: PersonRequest, agency: Agency) -> str:
    """Return the desk at which one sits at a door; who sits at another door sits at none here."""
    return str(request.session.get(DESK, "")) if request.session.get(DOOR) == agency.pk else ""


def worked_in(request: PersonRequest, agency_id: int) -> Agency:
    """Return an agency in which one works, or answer 404."""
    return get_object_or_404(Agency.objects.of(request.user), pk=agency_id)


@never_cache
@require_GET
def board(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Show the queue of today."""
    agency = worked_in(request, agency_id)
    followed = live.followed(agency)
    day = services.today(agency)
    tickets = Ticket.objects.of_day(agency, day).select_related("to", "served_by")
    living = rows(request.user, list(tickets.exclude(state__in=OVER).order_by("priority", "ranks_at", "pk")))
    pace = waits.pace(agency, day)
    waiting = [one for one in living if one.ticket.state == State.WAITING]
    mine = next((one for one in living if is_mine(one.ticket, request.user)), None)
    desk = desk_at(request, agency)
    context = {
        "agency": agency,
        "live": followed,
        "desk": desk,
        "desk_form": DeskForm(initial={"desk": desk}),
        "mine": mine,
        "hints": hints_of(request.user, mine) if mine else [],
        "waiting": waiting,
        "next": next_of(request.user, agency, waiting),
        "at_desks": [one for one in living if one.ticket.state in AT_A_DESK and one is not mine],
        "aside": [one for one in living if one.ticket.state in (State.ON_HOLD, State.MISSED)],
        "wait": pace.among([*(one.ticket.is_short for one in waiting), False]).wait(len(waiting)),
        "colleagues": [one for one in colleagues(agency) if one.pk != request.user.pk] if mine else [],
        "besides": [one for say in ON_THE_BOARD for one in say(agency)],
        "receives": agency.organisation_id in request.user.organisation_ids(Role.RECEPTION),
        "is_head": agency.organisation_id in request.user.organisation_ids(Role.HEAD),
        "most_shown": f":{MOST_SHOWN}",
        "most_calls": services.MOST_CALLS,
        "density": "staff",
    }
    return render(request, "queues/board.html", context)


def hints_of(actor: User, row: Row) -> list[Hint]:
    """Return what apps say of whom one serves; that it was read is journalled, once a ticket."""
    said = opened.hints(actor, row.her)
    if row.her is None:
        return said
    read = (
        Entry.objects.about(row.her.user_id).readings().filter(actor_id=actor.pk, at__gte=row.ticket.came_at)
    )
    for thing, number in [one.about for one in said if one.about]:
        if not read.filter(thing=thing, thing_id=str(number)).exists():
            journal.read(thing, number, by=actor.pk, person_id=row.her.user_id)
    return said


def next_of(user: User, agency: Agency, waiting: list[Row]) -> Row | None:
    """Return whom this desk calls next, as `services.call_next` does."""
    heads = turns.heads_of((one.ticket for one in waiting), user)
    ticket = heads[turns.calls_short(agency, services.today(agency), user, heads)]
    return next((one for one in waiting if one.ticket is ticket), None)


def is_mine(ticket: Ticket, user: User) -> bool:
    return ticket.state in AT_A_DESK and ticket.served_by_id == user.pk


def rows(actor: User, tickets: list[Ticket]) -> list[Row]:
    """Return the rows of some tickets: names only of whom the actor may see, told apart where they are shared."""
    people = {one.person_id for one in tickets if one.person_id}
    seen = list(Jobseeker.objects.visible_to(actor).filter(user__in=people).select_related("user", "commune"))
    apart = of_agency.told_apart(actor, seen) if seen else {}
    known = {her.user_id: her for her in seen}
    now = clock.now()
    made = []
    for one in tickets:
        her = known.get(one.person_id) if one.person_id else None
        since: dt.datetime = one.came_at if one.state == State.WAITING else one.changed_at
        may = frozenset(str(act) for act in TABLE.acts_of("agency", State(one.state)))  # type: ignore[arg-type]
        words = apart.get(her.pk, "") if her else ""
        made.append(Row(one, int((now - since).total_seconds() // 60), her, words, may))
    return made


@require_POST
def sit(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Note at which desk one sits, for this session."""
    agency = worked_in(request, agency_id)
    form = DeskForm(request.POST)
    if form.is_valid():
        request.session[DESK], request.session[DOOR] = form.cleaned_data["desk"], agency.pk
    else:
        messages.error(request, str(form.errors["desk"][0]))
    return redirect("queues:board", agency_id=agency.pk)


@require_POST
def call_next(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Call who is next."""
    agency = worked_in(request, agency_id)
    try:
        services.call_next(agency=agency, desk=desk_at(request, agency), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("queues:board", agency_id=agency.pk)


@require_POST
def act(request: PersonRequest, ticket_id: int, what: str) -> HttpResponse:
    """Do one act on a ticket, as it stood on the page."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.user).select_related("agency"), pk=ticket_id)
    if ticket.day != services.today(ticket.agency) or what not in ACTS:
        raise Http404
    version = request.POST.get("version", "")
    seen = int(version[:9]) if version.isascii() and version.isdigit() else None
    try:
        ACTS[what](request, ticket, seen)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("queues:board", agency_id=ticket.agency_id)


def call(request: PersonRequest, ticket: Ticket, seen: int | None) -> None:
    services.call(ticket=ticket, desk=desk_at(request, ticket.agency), by=request.user, seen=seen)


def pass_on(request: PersonRequest, ticket: Ticket, seen: int | None) -> None:
    to = next((one for one in colleagues(ticket.agency) if str(one.pk) == request.POST.get("to")), None)
    if to is None:
        raise services.NotAColleague
    services.pass_on(ticket=ticket, to=to, by=request.user, seen=seen)


ACTS: dict[str, Any] = {
    Act.CALL: call,
    Act.PASS: pass_on,
    Act.BEGIN: lambda request, ticket, seen: services.begin(ticket=ticket, by=request.user, seen=seen),
    Act.MISS: lambda request, ticket, seen: services.miss(ticket=ticket, by=request.user, seen=seen),
    Act.HOLD: lambda request, ticket, seen: services.put_on_hold(ticket=ticket, by=request.user, seen=seen),
    Act.BACK: lambda request, ticket, seen: services.come_back(ticket=ticket, by=request.user, seen=seen),
    Act.LONGER: lambda request, ticket, seen: services.take_longer(ticket=ticket, by=request.user, seen=seen),
    Act.FINISH: lambda request, ticket, seen: services.finish(ticket=ticket, by=request.user, seen=seen),
    Act.LEAVE: lambda request, ticket, seen: services.leave(ticket=ticket, by=request.user, seen=seen),
}


@require_http_methods(["GET", "HEAD", "POST"])
def come_in(request: PersonRequest, agency_id: int) -> HttpResponse:
    """Give a ticket to who stands at reception: to a person of a file, who is looked for by POST, or to anybody."""
    agency = worked_in(request, agency_id)
    asked = request.POST.get("q", "").strip()
    is_search = "q" in request.POST
    form = ComeInForm(agency, request.POST if request.method == "POST" and not is_search else None)
    her = chosen(request)
    if form.is_bound and form.is_valid():
        try:
            ticket = services.come_in(
                agency=agency, by=request.user, person=her.user if her else None, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("queues:given", ticket_id=ticket.pk)
    context = {
        "agency": agency,
        "form": form,
        "her": her,
        "words": asked,
        "is_search": is_search,
        "found": found(request.user, asked) if asked else [],
        "back_url": reverse("queues:board", args=[agency.pk]),
        "density": "staff",
    }
    return render(request, "queues/come_in.html", context)


def chosen(request: PersonRequest) -> Jobseeker | None:
    """Return whom the ticket is for, of those whom the reader may see."""
    number = request.POST.get("person") or request.GET.get("person", "")
    if not (number.isascii() and number.isdigit()):
        return None
    people = Jobseeker.objects.visible_to(request.user).select_related("user")
    return people.filter(pk=int(number[:12])).first()


def found(actor: User, words: str) -> list[tuple[Jobseeker, str]]:
    """Return whom the words find, with what tells each from others of her name."""
    numbers = finding.within(Jobseeker.objects.visible_to(actor), words).values_list("pk", flat=True)
    people = of_agency.rows(numbers[:FOUND_AT_MOST])
    journal.listed("people", by=actor.pk, shown=len(people), asked=("queue", words))
    apart = of_agency.told_apart(actor, people)
    return [(her, apart.get(her.pk, "")) for her in people]


@require_GET
def given(request: PersonRequest, ticket_id: int) -> HttpResponse:
    """Show a ticket that was just given: its number in large, and the address of its place in line, to print."""
    ticket = get_object_or_404(Ticket.objects.visible_to(request.user).select_related("agency"), pk=ticket_id)
    context = {
        "ticket": ticket,
        "agency": ticket.agency,
        **place_of(ticket),
        "back_url": reverse("queues:board", args=[ticket.agency_id]),
        "density": "staff",
    }
    return render(request, "queues/given.html", context)


def place_of(ticket: Ticket) -> dict[str, Any]:
    """Return where a ticket can be followed, as an address and as a picture."""
    url = f"{settings.SITE_URL}{reverse('queues:place', args=[ticket.code])}"
    return {
        "url": url,
        "qr": segno.make_qr(url, error="m").svg_data_uri(border=2, scale=4, dark="#000", light="#fff"),
    }
