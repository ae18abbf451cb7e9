"""Two vacancies for one person, or two people for one vacancy, side by side."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from visavis.jobseekers.followed import counsellor_of, followed, person_of
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.proposing import comparing, openings
from visavis.vacancies.models import Vacancy

TWO = 2


def two(request: HttpRequest) -> tuple[int, int]:
    """Return the two numbers asked for, else 404."""
    given = [request.GET.get(name, "") for name in ("a", "b")]
    if not all(one.isdecimal() and len(one) < 16 for one in given) or given[0] == given[1]:
        raise Http404
    return int(given[0]), int(given[1])


@require_GET
def vacancies(request: HttpRequest, jobseeker_id: int) -> HttpResponse:
    """Compare two vacancies for a person."""
    actor = counsellor_of(request)
    person, numbers = person_of(actor, jobseeker_id), two(request)
    work = Vacancy.objects.visible_to(actor).filter(pk__in=numbers).with_card()
    rows = {row.pk: row for row in work.prefetch_related("skills_asked__skill", "languages_asked")}
    if len(rows) < TWO:
        raise Http404
    first, second = (rows[number] for number in numbers)
    journal.read("openings", person.pk, by=actor.pk, person_id=person.user_id)
    names = _apart(first.title, second.title)
    links = [reverse("vacancies:page", kwargs={"vacancy_id": number}) for number in numbers]
    context = {
        "title": _("Two vacancies side by side"),
        "lead": person.user.name,
        "heads": list(zip(names, links, strict=True)),
        "found": comparing.pairs_in_words(((person, first), (person, second)), names, actor),
        "axes": comparing.axes_of_vacancies(person, (first, second), actor),
        "chosen": numbers,
        "propose_url": reverse("proposing:to_person", kwargs={"jobseeker_id": person.pk}),
        "back_url": reverse("proposing:to_person", kwargs={"jobseeker_id": person.pk}),
        "density": "staff",
    }
    return render(request, "proposing/compare.html", context)


@require_GET
def people(request: HttpRequest, vacancy_id: int) -> HttpResponse:
    """Compare two people of the caseload for a vacancy."""
    actor = counsellor_of(request)
    vacancy, numbers = openings.vacancy_of(actor, vacancy_id), two(request)
    found = followed(actor).filter(pk__in=numbers).select_related("user", "commune__department")
    rows = {row.pk: row for row in found.prefetch_related("languages")}
    if len(rows) < TWO:
        raise Http404
    first, second = (rows[number] for number in numbers)
    acts = [journal.Act(Entry.Action.READ, "profile", one.pk, one.user_id) for one in (first, second)]
    journal.record_all(acts, by=actor.pk)
    names = _apart(first.user.name, second.user.name)
    links = [reverse("portal:desk_person", kwargs={"jobseeker_id": number}) for number in numbers]
    context = {
        "title": _("Two people side by side"),
        "lead": vacancy.title,
        "heads": list(zip(names, links, strict=True)),
        "found": comparing.pairs_in_words(((first, vacancy), (second, vacancy)), names, actor),
        "axes": comparing.axes_of_people((first, second), vacancy, actor),
        "chosen": numbers,
        "propose_url": reverse("proposing:to_people", kwargs={"vacancy_id": vacancy.pk}),
        "back_url": reverse("proposing:to_people", kwargs={"vacancy_id": vacancy.pk}),
        "density": "staff",
    }
    return render(request, "proposing/compare.html", context)


def _apart(first: str, second: str) -> tuple[str, str]:
    """Return two names that tell the two apart, even when they are the same words."""
    return (first, second) if first != second else (f"{first} (A)", f"{second} (B)")
