"""All minutes of a person: her own page, and the one at the desk; and where new ones begin."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from visavis.appointments import permissions as appointments
from visavis.appointments.models import Appointment
from visavis.casefiles import services
from visavis.casefiles.enums import Met
from visavis.casefiles.forms import MeetingForm
from visavis.casefiles.models import Minutes
from visavis.casefiles.views import plan
from visavis.common.errors import Refused
from visavis.jobseekers import opened
from visavis.jobseekers.followed import person_url
from visavis.jobseekers.models import Jobseeker
from visavis.people.acting import AT_WORK, acts_for
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest

MOST = 50


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """Show a person her plan, and what was written down of the meetings with her."""
    if not request.user.has_role(Role.JOBSEEKER):
        raise Http404
    if Jobseeker.objects.filter(user=request.user.pk).exists():
        return plan.show(request, plan.sheet_of(request, None))
    return redirect("jobseekers:profile")


@require_http_methods(["GET", "HEAD", "POST"])
def of(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """List the minutes of a person; begin those of a meeting that nobody had booked."""
    sheet = opened.file(request, jobseeker_id, "minutes")
    person = sheet.jobseeker.user
    if sheet.is_hers or acts_for(request.user, person, *AT_WORK) is None:
        raise Http404
    form = MeetingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = services.begin_apart(
                person=person,
                met=Met(form.cleaned_data["met"]),
                day=form.cleaned_data["day"],
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(row.url)
    rows = Minutes.objects.visible_to(request.user).filter(person=person)
    context = {
        "title": _("Minutes of meetings"),
        "person": person,
        "rows": rows.select_related("agency", "writer")[:MOST],
        "form": form,
        "back_url": person_url(sheet.jobseeker),
        "density": "staff",
    }
    return render(request, "casefiles/of.html", context)


@require_POST
def begin(request: PersonRequest, appointment_id: int) -> HttpResponse:
    """Begin the minutes of an appointment, or go to those that were begun."""
    rows = Appointment.objects.visible_to(request.user).with_words()
    appointment = get_object_or_404(rows, pk=appointment_id)
    if not appointments.may_write_minutes(request.user, appointment):
        raise Http404
    try:
        row = services.begin_minutes(appointment=appointment, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(appointment.url)
    return redirect(row.url)
