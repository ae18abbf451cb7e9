"""The page of a seat: before the room, the waiting, the room; and every act that its buttons send."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.common.errors import Refused
from visavis.documents import files
from visavis.documents.models import Page
from visavis.documents.views.away import reads_files
from visavis.documents.views.one import HEADERS
from visavis.interviews import live, services, sharing, throttle, waiting_room
from visavis.interviews.enums import SeatState, Side, Sitter
from visavis.interviews.models import Seat
from visavis.interviews.views.seats import actor, seat_of, seats_of
from visavis.people.models import User
from visavis.people.requests import number_in

SHOWN = 100
# What `room.js` imports: asked for with the page, instead of one row of files after the other on a slow line.
IMPORTED = "devices own page peer pieces rules sound tiles watch wire"
SCRIPTS = ["ui/live.js", *(f"interviews/{name}.js" for name in IMPORTED.split())]
DEVICES = "camera=(self), microphone=(self), display-capture=(self), geolocation=(), interest-cohort=()"


@login_not_required
@never_cache
@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show a seat where it stands: to come, waiting, in the room, over."""
    seat = seat_of(request, code)
    room = seat.interview
    context = {
        "title": _("Interview by video"),
        "seat": seat,
        "interview": room,
        "row": room.appointment,
        "others": [one for one in seats_of(seat) if one.pk != seat.pk],
        "is_host": seat.sitter == Sitter.COUNSELLOR,
        "is_in": seat.state == SeatState.ADMITTED and room.is_open,
        "live": live.followed(seat),
        "site_url": settings.SITE_URL,
    }
    if context["is_in"]:
        context |= room_of(request, seat)
    else:
        context["before"] = waiting_room.before(seat)
        context["wait"] = seat.state == SeatState.WAITING and room.is_open
    answer = render(request, "interviews/seat.html", context)
    answer["Permissions-Policy"] = DEVICES
    return answer


def room_of(request: HttpRequest, seat: Seat) -> dict[str, Any]:
    """Return what the page of a room shows besides who is there: what was written, and what lies on the table."""
    laid = sharing.on_table(seat)
    pages = laid.document.pages.count() if laid is not None else 0
    remarks = list(seat.interview.remarks.select_related("seat__user").order_by("-pk")[:SHOWN])[::-1]
    for one in remarks:
        one.interview = one.seat.interview = seat.interview
    return {
        "remarks": remarks,
        "laid": laid,
        "pages": pages,
        "documents": list(sharing.to_lay(seat.interview, actor(request, seat))[:SHOWN]),
        "form_id": uuid.uuid4(),
        "scripts": SCRIPTS,
    }


@login_not_required
@never_cache
@reads_files
@require_GET
def picture(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Give a page of what lies on the table, to who is in the room."""
    seat = seat_of(request, code)
    try:
        laid = sharing.on_table(seat)
    except Refused as refusal:
        raise Http404 from refusal
    if laid is None:
        raise Http404
    shown = get_object_or_404(Page, document=laid.document, number=number)
    try:
        content = files.content(shown.file, person=laid.document.person_id)
    except files.Lost as error:
        raise Http404 from error
    return HttpResponse(content, content_type="image/jpeg", headers=HEADERS)


class NoName(Refused):
    """Who sits beside has a name, which the others read."""

    words = gettext_lazy("Write the name of who comes, and say who it is.")


@login_not_required
@require_POST
def act(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """Do one act of a seat, and lead back to its page."""
    seat = seat_of(request, code)
    does = (ANYBODYS | OF_SITTER.get(Sitter(seat.sitter), {})).get(what)
    if does is None:
        raise Http404
    try:
        does(request, seat)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(seat.url)


def other(request: HttpRequest, seat: Seat) -> Seat:
    """Return the seat of the same room that a button is about, else 404."""
    found = (
        seat.interview.seats.filter(number=number_in(request.POST.get("seat", "")))
        .exclude(pk=seat.pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def host(request: HttpRequest, seat: Seat) -> User:
    """Return the counsellor who acts: `seat_of` let nobody else."""
    user = actor(request, seat)
    if user is None:
        raise Http404
    return user


def _invite(request: HttpRequest, seat: Seat) -> None:
    sitter, name = request.POST.get("sitter", ""), request.POST.get("name", "").strip()
    if sitter not in (Sitter.INTERPRETER, Sitter.HELPER) or not name:
        raise NoName
    services.invite(interview=seat.interview, sitter=Sitter(sitter), name=name, by=host(request, seat))


type Does = Callable[[HttpRequest, Seat], object]


def _arrive(request: HttpRequest, seat: Seat) -> None:
    throttle.check(seat)
    services.arrive(seat=seat, by=actor(request, seat))


def _write(request: HttpRequest, seat: Seat) -> None:
    try:
        form = uuid.UUID(request.POST.get("form", ""))
    except ValueError:
        form = uuid.uuid4()
    sharing.write(seat=seat, words=request.POST.get("words", ""), form=form)


def _lay(request: HttpRequest, seat: Seat) -> None:
    number = number_in(request.POST.get("document", ""))
    sharing.lay(seat=seat, document_id=number, by=actor(request, seat))


ANYBODYS: dict[str, Does] = {
    "write": _write,
    "lay": _lay,
    "turn": lambda request, seat: sharing.turn(seat=seat, page=number_in(request.POST.get("page", ""))),
    "take-away": lambda _request, seat: sharing.take_away(seat=seat),
    "arrive": _arrive,
    "leave": lambda request, seat: services.leave(seat=seat, by=actor(request, seat)),
}
OF_SITTER: dict[Sitter, dict[str, Does]] = {
    Sitter.PERSON: {
        "agree": lambda request, seat: services.agree(seat=other(request, seat), by=actor(request, seat)),
        "refuse": lambda request, seat: services.put_out(
            seat=other(request, seat), by=actor(request, seat), side=Side.PERSON
        ),
    },
    Sitter.COUNSELLOR: {
        "admit": lambda request, seat: services.admit(seat=other(request, seat), by=host(request, seat)),
        "put-out": lambda request, seat: services.put_out(seat=other(request, seat), by=host(request, seat)),
        "let-back": lambda request, seat: services.let_back(
            seat=other(request, seat), by=host(request, seat)
        ),
        "invite": _invite,
        "end": lambda request, seat: services.end(interview=seat.interview, by=host(request, seat)),
        "resume": lambda request, seat: services.resume(interview=seat.interview, by=host(request, seat)),
    },
}
