"""Reception opens a person's own pages with her, prolongs the visit and ends it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from visavis.common.errors import Refused
from visavis.counter import services
from visavis.counter.forms import OpenForm
from visavis.counter.models import CounterVisit
from visavis.counter.passage import AtTheCounter
from visavis.jobseekers import of_agency, opened
from visavis.mandates.sessions import SessionOf
from visavis.people.requests import PersonRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_pages(request: PersonRequest, jobseeker_id: int) -> HttpResponse:
    """Ask what the person showed, unless her ticket is at this desk; then open her pages."""
    jobseeker = opened.visible(request.user, jobseeker_id)
    person = jobseeker.user
    if not services.may_receive(request.user, person):
        raise Http404
    opened.note_reading(request, services.THING, jobseeker.pk, jobseeker)
    ticket = services.at_desk(request.user, person)
    is_hers = ticket is not None and ticket.person_id == person.pk
    marks = of_agency.told_apart(request.user, [jobseeker]).get(jobseeker.pk, "")
    form = OpenForm(request.POST if request.method == "POST" else None, has_ticket=is_hers, marks=marks)
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data.get(name, "") for name in ("shown", "code")}
        try:
            visit = services.open_visit(person=person, by=request.user, **said)
        except services.NotHerCard as refusal:
            form.add_error("code", str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            forget_others(request)
            return redirect("counter:person", visit_id=visit.pk)
    context: dict[str, Any] = {
        "title": _("Open the pages of %(name)s together") % {"name": person.name},
        "person": person,
        "marks": marks,
        "ticket": ticket if is_hers else None,
        "standing": CounterVisit.objects.of_clerk(request.user).filter(person=person).first(),
        "form": form,
        "hints": opened.hints(request.user, jobseeker),
        "back_url": reverse("jobseekers:person", args=[jobseeker.pk]),
        "density": "staff",
    }
    return render(request, "counter/open.html", context)


@require_POST
def act(request: PersonRequest, visit_id: int, act: str) -> HttpResponse:
    """Prolong a visit, or end it: then the receipt."""
    visits = CounterVisit.objects.visible_to(request.user).filter(clerk=request.user)
    visit = get_object_or_404(visits.with_words(), pk=visit_id)
    if act == "prolong":
        try:
            services.prolong(visit=visit, by=request.user)
        except services.LongEnough as refusal:
            messages.error(request, str(refusal))
            return redirect("counter:open", jobseeker_id=visit.person.jobseeker.pk)
        return redirect("counter:person", visit_id=visit.pk)
    if act != "end":
        raise Http404
    services.end(visit=visit, by=request.user)
    forget_others(request)
    messages.success(request, _("The pages are closed. Give the person the receipt, on paper or by message."))
    return redirect("mailboxes:receipt", jobseeker_id=visit.person.jobseeker.pk)


def forget_others(request: PersonRequest) -> None:
    """Take out of the clerk's session what pages kept there in visits that are over."""
    standing = {AtTheCounter(one, request.user).place for one in CounterVisit.objects.of_clerk(request.user)}
    for key in [key for key in request.session.keys() if key.startswith("for:counter:")]:  # noqa: SIM118  (no iterator)
        place = key.removeprefix("for:").rpartition(":")[0]
        if place not in standing:
            SessionOf(request.session, place).pop(key.removeprefix(f"for:{place}:"), None)
