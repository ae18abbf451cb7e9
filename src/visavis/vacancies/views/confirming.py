"""A vacancy that the agency wrote: its employer reads it, here or on paper, and says that it is right."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.vacancies import facts, permissions, written
from visavis.vacancies.models import Vacancy
from visavis.vacancies.views.request import SignedIn, allow, editable


def of_agency(request: SignedIn, vacancy_id: int) -> Vacancy:
    vacancy = editable(request, vacancy_id)
    if not vacancy.is_by_agency:
        raise Http404
    return vacancy


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Show every answer with where to correct it, and keep that it is right."""
    vacancy = of_agency(request, vacancy_id)
    is_own = permissions.works_for(request.user, vacancy.employer)
    if request.method == "POST":
        written.confirm(vacancy=vacancy, by=request.user)
        messages.success(request, _("Noted: the vacancy is right. The ad says so."))
        return redirect("vacancies:page", vacancy_id=vacancy.pk)
    intro = (
        _("We wrote this on the phone with you. Correct what is wrong, then say that it is right.")
        if is_own
        else _("Read it to the employer, and correct it together. Then note the answer.")
    )
    context = {
        "title": _("Is this vacancy right?"),
        "intro": intro,
        "groups": facts.answers(vacancy),
        "save_label": _("It is right") if is_own else _("The employer says that it is right"),
        "back_url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
    }
    return render(request, "ui/check_answers.html", context)


@require_GET
def letter(request: SignedIn, vacancy_id: int) -> HttpResponse:
    """Give the agency a page to print for an employer who is reached by letter."""
    allow(permissions.writes_for_others(request.user))
    vacancy = of_agency(request, vacancy_id)
    context = {
        "vacancy": vacancy,
        "title": _("The vacancy that we wrote for you"),
        "groups": facts.answers(vacancy),
        "back_url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
    }
    return render(request, "vacancies/letter.html", context)
