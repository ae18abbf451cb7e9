"""Who waits by video, for who receives: seen and heard each time, let in one by one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.appointments import services as appointments
from visavis.appointments.enums import Act, Channel
from visavis.appointments.models import Appointment
from visavis.common.errors import Refused
from visavis.interviews import absent, calls, permissions, services, waiting_room
from visavis.interviews.enums import Side, Sitter, Why
from visavis.journal import services as journal
from visavis.live.followed import Followed
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest


@never_cache
@require_GET
def waiting(request: PersonRequest) -> HttpResponse:
    """List the interviews of these hours and where each stands; who waits first."""
    actor = request.user
    if not actor.has_role(Role.COUNSELLOR, Role.RECEPTION):
        raise Http404
    followed = Followed("me")
    rows = waiting_room.rows(actor)
    journal.listed("interviews", by=actor.pk, shown=len(rows), asked=[])
    context = {
        "title": _("Interviews by video"),
        "density": "staff",
        "live": followed,
        "rows": rows,
        "waiting": waiting_room.waiting_now(rows),
        "may_receive": actor.has_role(Role.COUNSELLOR),
    }
    return render(request, "interviews/waiting.html", context)


@require_POST
def move(request: PersonRequest, appointment_id: int, act: str) -> HttpResponse:
    """Let one person in, or say that she did not come, or put her on the call list."""
    rows = Appointment.objects.visible_to(request.user).with_words().filter(channel=Channel.VIDEO)
    row = get_object_or_404(rows, pk=appointment_id)
    if not permissions.may_receive(request.user, row):
        raise Http404
    try:
        room = services.of(appointment=row, by=request.user)
        if act == "admit":
            host = services.arrive(seat=room.seats.get(sitter=Sitter.COUNSELLOR), by=request.user)
            services.admit(seat=room.seats.get(sitter=Sitter.PERSON), by=request.user)
            return redirect(host.url)
        if act == "call":
            call = calls.ask(interview=room, why=Why.ABSENT, by=request.user, side=Side.AGENCY)
            return redirect(call.url)
        if act != "absent":
            raise Http404
        appointments.settle(appointment=row, act=Act.MISS, by=request.user)
        absent.tell(row)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It is noted, and the person is told how to go on."))
    return redirect("interviews:waiting")
