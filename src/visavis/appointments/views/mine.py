"""A person's appointments, and what she may book."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.appointments import permissions
from visavis.appointments.models import Appointment
from visavis.people import waiting
from visavis.people.enums import Role
from visavis.people.requests import PersonRequest

MOST = 20


@require_GET
def mine(request: PersonRequest) -> HttpResponse:
    """List what is to come, what was, and what she may book in her agency."""
    actor = request.user
    if not actor.has_role(Role.JOBSEEKER):
        raise Http404
    rows = Appointment.objects.visible_to(actor).filter(person=actor.pk).with_words()
    agency = permissions.agency_of(actor)
    to_come = list(rows.to_come().order_by("starts_at")[:MOST])
    ours = {row.url for row in to_come}
    over = list(rows.not_to_come().order_by("-starts_at")[:MOST])
    context = {
        "title": _("My appointments"),
        "invited": permissions.invited(actor).with_words().order_by("until"),
        "to_come": to_come,
        # What is agreed on in other apps, such as a meeting with an employer.
        "elsewhere": [one for one in waiting.meetings_of(actor, Role.JOBSEEKER) if one.url not in ours],
        "off": [row for row in reversed(over) if row.is_called_off],
        "past": [row for row in over if not row.is_called_off],
        "agency": agency,
        "kinds": permissions.kinds_for(actor, agency) if agency else [],
    }
    return render(request, "appointments/mine.html", context)
