"""One appointment: read, moved, cancelled, and afterwards said whether it took place."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from visavis.appointments import permissions, places, services, telling, week
from visavis.appointments.earlier import waiting
from visavis.appointments.enums import Act, State
from visavis.appointments.models import Appointment
from visavis.appointments.rooms import room_of
from visavis.appointments.views.booking import STATUS_TAKEN, context_of
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User
from visavis.people.requests import PersonRequest, number_in


def appointment_of(actor: User, appointment_id: int) -> Appointment:
    """Return an appointment that somebody may see, else 404."""
    rows = Appointment.objects.visible_to(actor).with_words()
    return get_object_or_404(rows, pk=appointment_id)


def seen(request: HttpRequest) -> int | None:
    """Return the version of the page that was answered."""
    return number_in(request.POST.get("version", "")) or None


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Show one appointment; cancel it."""
    row = appointment_of(request.user, appointment_id)
    if request.method != "POST" and row.person_id != request.user.pk:
        journal.read("appointment", row.pk, by=request.user.pk, person_id=row.person_id)
    return answer(request, row, request.user, row.url)


def answer(
    request: HttpRequest, row: Appointment, reader: User, url: str, *, is_by_letter: bool = False
) -> HttpResponse:
    """Show an appointment to whoever may see it, and cancel it if that is asked."""
    is_hers = row.person_id == reader.pk
    if request.method == "POST" and request.POST.get("act") in ("place", "no-place"):
        return placed(request, row, url)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "excuse" and not is_hers:
                services.excuse(appointment=row, by=reader, seen=seen(request))
            else:
                row = services.cancel(appointment=row, by=reader, seen=seen(request))
                if not is_hers:
                    telling.tell(row, telling.CANCELLED)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The appointment is cancelled. Its time is free for others."))
        return redirect(url)
    is_off = is_hers and row.state == State.REVOKED
    may_again = is_hers and not is_by_letter and permissions.may_book_anew(reader, row.kind)
    again = ("appointments:times", {"kind_id": row.kind_id}) if may_again else ("appointments:mine", {})
    context = {
        "title": row.kind.title,
        "row": row,
        "is_hers": is_hers,
        "is_by_letter": is_by_letter,
        "room": room_of(row, reader),
        "place": said_of_place(row),
        "can_cancel": permissions.can_cancel(row) if is_hers else row.is_to_come,
        "can_move": not is_by_letter
        and (permissions.can_change(row) if is_hers else row.is_to_come and not row.workshop_id),
        "earlier": waiting.held_for(row) if row.is_to_come and not is_by_letter else None,
        "can_wait": not is_by_letter and waiting.can_wait(row),
        "can_settle": row.has_begun
        and permissions.may_settle(reader, row)
        and row.state in ("booked", "seen", "no-show"),
        "can_write_minutes": row.state in (State.BOOKED, State.SEEN)
        and permissions.may_write_minutes(reader, row),
        "next_times": offered(row) if is_off and may_again else [],
        "is_to_choose_again": is_off and may_again and row.kind.is_workshop,
        "is_to_call": is_off and not may_again,
        "again_url": reverse(again[0], kwargs=again[1]),
        "back_url": "" if is_by_letter else back(row, is_hers=is_hers),
    }
    return render(request, "appointments/one.html", context)


def placed(request: HttpRequest, row: Appointment, url: str) -> HttpResponse:
    """Keep a place of the agency for an appointment, or need none any more."""
    with transaction.atomic():
        if request.POST["act"] == "no-place":
            places.let_go(row)
        elif not row.is_to_come or not places.keep(row):
            messages.warning(request, _("The booth is not free at this time any more."))
            return redirect(url)
        act = journal.Act(Entry.Action.CHANGED, "appointment", row.pk, row.person_id, note="place")
        journal.record(act, by=request.user.pk or row.person_id)
    return redirect(url)


def said_of_place(row: Appointment) -> str:
    """Say how it stands with a place of the agency: kept, wanted and none, free; nothing where there is none."""
    if not row.is_to_come or row.channel not in places.PLACES:
        return ""
    if places.place_of(row) is not None:
        return "kept"
    return "free" if places.free_for(row) else "none" if row.wants_place else ""


@require_POST
def earlier(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Wait for an earlier time, take the one that is held, keep one's own, or wait no more."""
    row = appointment_of(request.user, appointment_id)
    is_hers = row.person_id == request.user.pk
    act = request.POST.get("act", "")
    try:
        if act == "take":
            moved = services.take_earlier(appointment=row, by=request.user, seen=seen(request))
            if not is_hers:
                telling.tell(moved, telling.MOVED)
            messages.success(request, _("The appointment is moved to %(when)s.") % {"when": moved.when})
        elif act == "keep":
            waiting.decline(appointment=row, by=request.user)
            messages.success(request, _("The appointment stays as it is. The other time is free for others."))
        elif act == "end":
            waiting.end(appointment=row, by=request.user)
            messages.success(request, _("No earlier time will be offered."))
        else:
            waiting.begin(appointment=row, by=request.user)
            messages.success(request, _("When an earlier time falls free, it is held and offered."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(row.url)


def offered(row: Appointment) -> list[week.Time]:
    """Return the next free times to somebody whose appointment was cancelled; workshops have a page of their own."""
    if row.kind.is_workshop:
        return []
    return week.next_times(row.kind, services.next_free(row.kind, row.person))


def back(row: Appointment, *, is_hers: bool) -> str:
    return (
        reverse("appointments:mine")
        if is_hers
        else reverse("appointments:of", kwargs={"user_id": row.person_id})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Take another time: the old one stands until the new one is booked."""
    row = appointment_of(request.user, appointment_id)
    is_hers = row.person_id == request.user.pk
    if row.workshop_id is not None or not row.is_to_come:
        raise Http404
    if is_hers and not permissions.can_change(row):
        messages.error(request, _("It is too near to be changed here. Please call the agency."))
        return redirect(row.url)
    refusal = ""
    if request.method == "POST":
        starts_at = week.chosen(request.POST.get("at", ""))
        try:
            if starts_at is None:
                raise services.Taken
            moved = services.move(appointment=row, starts_at=starts_at, by=request.user, seen=seen(request))
        except Refused as refused:
            refusal = str(refused)
        else:
            if not is_hers:
                telling.tell(moved, telling.MOVED)
            messages.success(request, _("The appointment is moved to %(when)s.") % {"when": moved.when})
            return redirect(row.url)
    context: dict[str, Any] = {
        "title": _("Choose another time"),
        "row": row,
        "back_url": row.url,
        **context_of(request, row.kind, row.person, refusal),
    }
    context["channels"] = []
    return render(request, "appointments/times.html", context, status=STATUS_TAKEN if refusal else 200)


@require_POST
def settle(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Say whether it took place, once it has begun."""
    row = appointment_of(request.user, appointment_id)
    if not permissions.may_settle(request.user, row):
        raise Http404
    try:
        if not row.has_begun:
            raise services.NotNow
        act = Act.MISS if request.POST.get("act") == "miss" else Act.SEE
        services.settle(appointment=row, act=act, by=request.user, seen=seen(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is noted."))
    return redirect(row.url)
