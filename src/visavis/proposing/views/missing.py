"""Why a vacancy is not in a person's list: look for the vacancy or choose the person, then read why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from visavis.introductions import beginning
from visavis.jobseekers.followed import counsellor_of, person_of, person_url
from visavis.journal import services as journal
from visavis.matches.pages import missing
from visavis.proposing import openings
from visavis.proposing.forms import PersonForm

FOUND = 20


@require_GET
def find_vacancy(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Look for any vacancy, open or not, to read why it is not in her list. The words are of work, not of people."""
    actor = counsellor_of(request)
    person = person_of(actor, jobseeker_id)
    journal.read("jobseeker", person.pk, by=actor.pk, person_id=person.user_id)
    words = request.GET.get("q", "").replace("\0", "").strip()[:120]
    found = openings.with_words(actor, words)
    context = {
        "title": _("Why is a vacancy missing?"),
        "person": person,
        "words": words,
        "found": list(found[:FOUND]) if words else [],
        "back_url": person_url(person),
        "density": "staff",
    }
    return render(request, "proposing/find_vacancy.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def find_person(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Choose a person of the caseload, to read why this vacancy is not in her list."""
    actor = counsellor_of(request)
    vacancy = openings.vacancy_of(actor, vacancy_id)
    form = PersonForm(request.POST or None, by=actor)
    if request.method == "POST" and form.is_valid():
        person_id = int(form.cleaned_data["person"])
        return redirect("proposing:missing", jobseeker_id=person_id, vacancy_id=vacancy.pk)
    if request.method != "POST":
        journal.listed("caseload", by=actor.pk, shown=len(form.people), asked=("missing", vacancy.pk))
    context = {
        "title": _("Why is a person missing?"),
        "vacancy": vacancy,
        "form": form,
        "back_url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
        "density": "staff",
    }
    return render(request, "proposing/find_person.html", context)


@require_GET
def why(request: HttpRequest, jobseeker_id: int, vacancy_id: int) -> HttpResponse:
    """Say why a vacancy is not in a person's list, and what one change would do."""
    actor = counsellor_of(request)
    person, vacancy = person_of(actor, jobseeker_id), openings.vacancy_of(actor, vacancy_id)
    journal.read("openings", person.pk, by=actor.pk, person_id=person.user_id)
    found = missing.explain(person, vacancy, by=actor)
    begun = found.introduction
    context = {
        "title": _("Why this vacancy is missing"),
        "person": person,
        "vacancy": vacancy,
        "found": found,
        "may_propose": not beginning.obstacles([(person, vacancy)]),
        "introduction_url": begun.url if begun is not None else "",
        "vacancy_url": reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
        "back_url": person_url(person),
        "density": "staff",
    }
    return render(request, "proposing/missing.html", context)
