"""Mandates of a person, at the counter or for her counsellor: prepared on paper, recorded when signed, ended when she
says so by phone, by letter or here."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.mandates import services
from visavis.mandates.enums import State, Way
from visavis.mandates.forms import EndForm, PaperForm
from visavis.mandates.models import Mandate
from visavis.people.models import User
from visavis.people.requests import PersonRequest


def handled(request: PersonRequest, user_id: int) -> User:
    """Return a person whose mandates the actor may handle, or 404; the reading is journalled."""
    person = User.objects.select_related("jobseeker").filter(pk=user_id, is_active=True).first()
    if person is None or not services.may_handle(request.user, person):
        raise Http404
    if request.method != "POST":
        journal.read("mandate", user_id, by=request.user.pk, person_id=person.pk)
    return person


def row_of(request: PersonRequest, person: User, mandate_id: int) -> Mandate:
    rows = (
        Mandate.objects.visible_to(request.user)
        .filter(person=person)
        .with_words()
        .prefetch_related("visits__stamps")
    )
    return get_object_or_404(rows, pk=mandate_id)


@require_GET
def of(request: PersonRequest, user_id: int) -> HttpResponse:
    """List the mandates of a person."""
    person = handled(request, user_id)
    rows = list(Mandate.objects.visible_to(request.user).filter(person=person).with_words())
    context = {
        "title": _("Who may act for %(name)s") % {"name": person.name},
        "person": person,
        "standing": [row for row in rows if row.is_standing],
        "past": [row for row in rows if not row.is_standing],
        "back_url": reverse("jobseekers:person", args=[person.jobseeker.pk]),
        "density": "staff",
    }
    return render(request, "mandates/of.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, user_id: int) -> HttpResponse:
    """Prepare a mandate on paper: the page to print and sign follows."""
    person = handled(request, user_id)
    form = PaperForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = services.prepare(person=person, asked=form.asked, named=form.named, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("mandates:one_of", user_id=person.pk, mandate_id=row.pk)
    context = {
        "form": form,
        "title": _("Let somebody act for %(name)s") % {"name": person.name},
        "hint": _("Read each line aloud with the person. Nothing begins before the paper is signed."),
        "save_label": _("Prepare the paper"),
        "back_url": reverse("mandates:of", args=[person.pk]),
        "density": "staff",
    }
    return render(request, "ui/question.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, user_id: int, mandate_id: int) -> HttpResponse:
    """Show one mandate; record that its paper is signed, or end it as the person says."""
    person = handled(request, user_id)
    row = row_of(request, person, mandate_id)
    form = EndForm(request.POST if request.POST.get("act") == "end" else None)
    if request.method == "POST":
        try:
            if request.POST.get("act") == "sign":
                services.record_signed(mandate=row, by=request.user)
                messages.success(request, _("The mandate has begun. The person is told."))
                return redirect("mandates:one_of", user_id=person.pk, mandate_id=row.pk)
            if form.is_bound and form.is_valid():
                over = services.end(mandate=row, by=request.user, way=Way(form.cleaned_data["way"]))
                said = _("The mandate is over, from this moment on. The person is told.")
                if over.state == State.DROPPED:
                    said = _("It had not begun, and does not begin any more.")
                messages.success(request, said)
                return redirect("mandates:of", user_id=person.pk)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("mandates:one_of", user_id=person.pk, mandate_id=row.pk)
    context: dict[str, Any] = {
        "title": row.helper.name if row.helper else _("A helper who has not begun"),
        "mandate": row,
        "person": person,
        "form": form,
        "is_hers": False,
        "back_url": reverse("mandates:of", args=[person.pk]),
        "density": "staff",
    }
    return render(request, "mandates/one.html", context)


@require_GET
def paper(request: PersonRequest, user_id: int, mandate_id: int) -> HttpResponse:
    """The paper of a mandate: to sign before it begins, to keep as a receipt afterwards."""
    person = handled(request, user_id)
    row = row_of(request, person, mandate_id)
    if row.helper is None:
        raise Http404
    context = {
        "title": _("A mandate"),
        "mandate": row,
        "person": person,
        "back_url": reverse("mandates:one_of", args=[person.pk, row.pk]),
    }
    return render(request, "mandates/paper.html", context)
