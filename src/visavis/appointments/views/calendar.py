"""Appointments for other calendars: a file for one, and an address that a counsellor makes and takes back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from visavis.appointments import calendars, receiving
from visavis.appointments.models import Appointment, CalendarAddress, Workshop
from visavis.appointments.views.one import appointment_of
from visavis.people.requests import PersonRequest

TYPE = "text/calendar; charset=utf-8"
# What was made is shown once, to who made it.
MADE = "appointments_calendar"


@require_GET
def file(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Give one appointment as a file: to be put into a calendar, or, cancelled, taken out of it."""
    row = appointment_of(request.user, appointment_id)
    if row.person_id != request.user.pk:
        raise Http404
    named = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return HttpResponse(calendars.file(row), content_type=TYPE, headers=named)


@login_not_required
@never_cache
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a counsellor's appointments to whoever knows the address: her own calendar program."""
    whose = get_object_or_404(CalendarAddress.objects.working(), digest=receiving.digest(secret)).user
    rows = Appointment.objects.of_calendar(whose).with_words()
    workshops = Workshop.objects.of_calendar(whose).select_related("kind__agency__commune")
    # A program asks, which reads no language: hers.
    with translation.override(whose.language):
        return HttpResponse(calendars.feed(rows, workshops), content_type=TYPE)


@require_POST
def address(request: PersonRequest) -> HttpResponse:
    """Make a new address, which ends the one before, or end it."""
    agency = receiving.where_one_receives(request.user).first()
    if agency is None:
        raise Http404
    if request.POST.get("act") == "new":
        request.session[MADE] = receiving.new_address(user=request.user)
        messages.success(request, _("The address is made. It is shown once: copy it into your calendar now."))
    else:
        receiving.end_address(user=request.user)
        messages.success(request, _("The address opens nothing any more."))
    return redirect("appointments:receiving", agency_id=agency.pk)
