"""A card for each opening found."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from visavis.jobseekers.opened import Opened
from visavis.matches.pages import fit
from visavis.people.models import User
from visavis.searches.found import Opening
from visavis.ui.templatetags.ui import km
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy


def cards(
    found: Sequence[Opening], actor: User | AnonymousUser, owner: Opened | None
) -> list[dict[str, Any]]:
    """Return what `ui/opening.html` shows of each opening, with where to go on and what she said of it."""
    said = {one.vacancy_id: one for one in owner.jobseeker.opinions.all()} if owner else {}
    return [
        card(one, actor, owner)
        | {"said": str(said[one.vacancy.pk].get_kind_display()) if one.vacancy.pk in said else ""}
        for one in found
    ]


def card(one: Opening, actor: User | AnonymousUser, owner: Opened | None) -> dict[str, Any]:
    vacancy = one.vacancy
    place = facts.place(vacancy)
    return {
        "id": f"vacancy-{vacancy.pk}",
        "url": url_of(vacancy, actor, owner),
        "title": vacancy.title,
        "employer": vacancy.employer.name if vacancy.employer else "",
        "place": place if one.km is None else f"{place} · {km(one.km)}",
        "minutes": None,
        "contract": facts.contract(vacancy),
        "hours": facts.hours(vacancy),
        "pay": facts.pay_words(vacancy),
        "fit": fit.of_pair(one.logit, [], owner.jobseeker) if owner and one.logit is not None else None,
        "since": vacancy.published_at,
        "why": one.why,
        "snippet": one.snippet,
        "source": vacancy.source_url if is_elsewhere(vacancy, actor) else "",
    }


def is_elsewhere(vacancy: Vacancy, actor: User | AnonymousUser) -> bool:
    """Say whether a visitor reads it where it was published: what a feed brought is not published again here."""
    return isinstance(actor, AnonymousUser) and vacancy.feed_id is not None


def url_of(vacancy: Vacancy, actor: User | AnonymousUser, owner: Opened | None) -> str:
    """Return where the opening is read: with its reasons, as staff read it, or as anybody does."""
    if owner:
        return owner.url_of("matches:opening", vacancy_id=vacancy.pk)
    inside = reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk})
    if not isinstance(actor, AnonymousUser):
        return inside
    if vacancy.feed_id is None:
        return reverse("vacancies:public", kwargs={"vacancy_id": vacancy.pk})
    return vacancy.source_url or f"{reverse(settings.LOGIN_URL)}?next={inside}"
