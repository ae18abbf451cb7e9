"""The way into an interview for who is signed in: from the appointment to her own seat."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from visavis.appointments.enums import Channel
from visavis.appointments.models import Appointment
from visavis.common.errors import Refused
from visavis.interviews import permissions, services
from visavis.interviews.enums import Sitter
from visavis.interviews.models import Interview, Seat
from visavis.journal import services as journal
from visavis.people.requests import PersonRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Lead to one's own seat; who is there for the first time says that she is here."""
    rows = Appointment.objects.visible_to(request.user).with_words().filter(channel=Channel.VIDEO)
    row = get_object_or_404(rows, pk=appointment_id)
    is_hers = row.person_id == request.user.pk
    if not is_hers and not permissions.may_receive(request.user, row):
        raise Http404
    sitter = Sitter.PERSON if is_hers else Sitter.COUNSELLOR
    if request.method == "POST":
        try:
            interview = services.of(appointment=row, by=request.user)
            seat = services.arrive(seat=interview.seats.get(sitter=sitter), by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect(seat.url)
    interview_there = Interview.objects.with_words().filter(appointment=row).first()
    seat_there = (
        Seat.objects.filter(interview=interview_there, sitter=sitter).first() if interview_there else None
    )
    if seat_there is not None and request.method != "POST":
        return redirect(seat_there.url)
    if not is_hers and request.method != "POST":
        journal.read(row.THING, row.pk, by=request.user.pk, person_id=row.person_id)
    context = {
        "title": _("Interview by video"),
        "row": row,
        "interview": interview_there or Interview(appointment=row, state="to-come"),
        "is_hers": is_hers,
        "back_url": row.url,
    }
    return render(request, "interviews/enter.html", context)
