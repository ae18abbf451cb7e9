"""The opening of the address, and what keeps it from being answered here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.introductions import permissions
from visavis.people.models import User
from visavis.vacancies import facts, reporting
from visavis.vacancies.models import Vacancy
from visavis.vacancies.views.public import over


def opening(vacancy_id: int) -> Vacancy:
    """Return an opening that anybody may have found, or answer 404."""
    found = (
        Vacancy.objects.once_shown().with_card().prefetch_related("skills_asked__skill", "languages_asked")
    )
    return get_object_or_404(found, pk=vacancy_id)


def hindered(request: HttpRequest, vacancy: Vacancy) -> HttpResponse | None:
    """Say why it cannot be answered here, and where; nothing when it can."""
    if not vacancy.is_open_on(clock.today()):
        return over(request, vacancy)
    if not permissions.can_be_introduced(vacancy):
        shown = head(request, vacancy, _("How to answer")) | {"reasons": reporting.ONE_TAP}
        return render(request, "applying/elsewhere.html", shown)
    return None


def head(request: HttpRequest, vacancy: Vacancy, title: str) -> dict[str, Any]:
    """Return what every page of an answer shows: the opening, still there."""
    parts = (facts.place(vacancy), facts.contract(vacancy), facts.pay_words(vacancy))
    return {
        "title": title,
        "vacancy": vacancy,
        "employer": vacancy.employer.name if vacancy.employer else "",
        "line": [part for part in parts if part],
        "back_url": read_url(request, vacancy),
    }


def read_url(request: HttpRequest, vacancy: Vacancy) -> str:
    """Return where whoever asks may read the opening again; nothing when she may not."""
    if isinstance(request.user, User):
        return reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk})
    return reverse("vacancies:public", kwargs={"vacancy_id": vacancy.pk}) if vacancy.feed_id is None else ""
