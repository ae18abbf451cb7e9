"""A person's appointments for who books on the phone or at the counter."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.agencies.models import Agency
from visavis.appointments import permissions, services, telling
from visavis.appointments.enums import Way
from visavis.appointments.models import Appointment, Kind
from visavis.appointments.views.booking import STATUS_TAKEN, context_of, wanted_of
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.news import channels
from visavis.people.models import User
from visavis.people.requests import PersonRequest

MOST = 20


def person_for(actor: User, user_id: int) -> User:
    """Return a person for whom the actor books, else 404."""
    person = get_object_or_404(User.objects.select_related("jobseeker"), pk=user_id)
    if not permissions.may_book_for(actor, person):
        raise Http404
    return person


@require_GET
def of(request: PersonRequest, user_id: int) -> HttpResponse:
    """List a person's appointments, and what is given in her agency."""
    person = person_for(request.user, user_id)
    journal.read("appointments", person.pk, by=request.user.pk, person_id=person.pk)
    rows = Appointment.objects.visible_to(request.user).filter(person=person).with_words()
    agencies = Agency.objects.of(request.user).select_related("commune")
    over = list(rows.not_to_come().order_by("-starts_at")[:MOST])
    context = {
        "title": _("Appointments"),
        "person": person,
        "density": "staff",
        "to_come": rows.to_come().order_by("starts_at")[:MOST],
        "off": [row for row in reversed(over) if row.is_called_off],
        "past": [row for row in over if not row.is_called_off],
        "invited": permissions.invited(person).visible_to(request.user).with_words().order_by("until"),
        "given": [(one, permissions.kinds_for(person, one, by_staff=True)) for one in agencies],
        "back_url": reverse("jobseekers:person", kwargs={"jobseeker_id": person.jobseeker.pk}),
    }
    return render(request, "appointments/of.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: PersonRequest, user_id: int, kind_id: int) -> HttpResponse:
    """Book for a person: a click on a time is enough, the person is told by her channel."""
    person = person_for(request.user, user_id)
    kinds = Kind.objects.filter(agency__in=Agency.objects.of(request.user), is_open=True)
    kind = get_object_or_404(kinds.select_related("agency__commune"), pk=kind_id)
    refusal = ""
    if request.method != "POST":
        journal.read("appointments", person.pk, by=request.user.pk, person_id=person.pk)
    else:
        try:
            row = services.book(wanted=wanted_of(request, kind, Way.COUNTER), person=person, by=request.user)
        except Refused as refused:
            refusal = str(refused)
        else:
            telling.tell(row, telling.BOOKED)
            messages.success(request, channels.told(person, _("Booked: %(when)s.") % {"when": row.when}))
            return redirect("appointments:of", user_id=person.pk)
    context = {
        "title": kind.title,
        "person": person,
        "back_url": reverse("appointments:of", kwargs={"user_id": person.pk}),
        **context_of(request, kind, person, refusal),
    }
    return render(request, "appointments/times.html", context, status=STATUS_TAKEN if refusal else 200)
