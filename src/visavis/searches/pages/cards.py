"""A card for each opening found."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.common.prepared import Prepared
from visavis.jobseekers.opened import Opened
from visavis.matches.models import Match, Opinion
from visavis.matches.pages import fit, headings
from visavis.people.acting import acts_for
from visavis.people.models import User
from visavis.searches.found import Opening
from visavis.ui.templatetags.ui import km
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

OPINIONS = Prepared(lambda person, vacancies: Opinion.objects.filter(jobseeker=person, vacancy__in=vacancies))


def cards(
    found: Sequence[Opening], actor: User | AnonymousUser, owner: Opened | None, search: str = ""
) -> list[dict[str, Any]]:
    """Return what `ui/opening.html` shows of each opening, with where to go on and what is hers of it."""
    notes = notes_of([one.vacancy.pk for one in found], owner) if owner else {}
    return [card(one, actor, owner, search) | {"hers": notes.get(one.vacancy.pk, [])} for one in found]


def notes_of(numbers: Sequence[int], owner: Opened) -> dict[int, list[str]]:
    """Return where each stands in her list, how well it suits as the list says, and what she said of it, in words.

    Outside of her list there are no reasons, so nothing is claimed.
    """
    jobseeker = owner.jobseeker
    matches = Match.of(jobseeker, numbers) if acts_for(owner.by, jobseeker.user) else []
    listed = (
        _("In your list, under “%(heading)s”: %(words)s")
        if owner.is_hers
        else _("In the list, under “%(heading)s”: %(words)s")
    )
    notes = {
        one.vacancy_id: [
            listed
            % {"heading": headings.title_of(one.tier, owner), "words": fit.of_match(one, jobseeker).words}
        ]
        for one in matches
    }
    for one in OPINIONS(jobseeker.pk, numbers) if numbers else ():
        notes.setdefault(one.vacancy_id, []).append(str(one.get_kind_display()))
    return notes


def card(one: Opening, actor: User | AnonymousUser, owner: Opened | None, search: str = "") -> dict[str, Any]:
    vacancy = one.vacancy
    return {
        "id": f"vacancy-{vacancy.pk}",
        "number": vacancy.pk,
        "url": url_from(vacancy, actor, owner, search),
        "title": vacancy.title,
        "employer": vacancy.employer.name if vacancy.employer else "",
        "line": facts.in_short(vacancy, in_short(vacancy, one.km)),
        "since": vacancy.published_at,
        "why": one.why,
        "snippet": one.snippet,
        "source": vacancy.source_url if is_elsewhere(vacancy, actor) else "",
    }


def in_full(one: Opening) -> list[str]:
    """Say who, where, for how long and for how much in whole words: a feed of a search has no card."""
    vacancy = one.vacancy
    place = facts.place(vacancy)
    said = (
        vacancy.employer.name if vacancy.employer else "",
        place if one.km is None else f"{place} · {km(one.km)}",
        facts.contract(vacancy),
        facts.hours(vacancy),
        facts.pay_words(vacancy),
    )
    return [words for words in said if words]


def in_short(vacancy: Vacancy, far: float | None) -> str:
    """Say the town, and how far it is from the one asked for."""
    place = facts.place_in_short(vacancy)
    return place if far is None else f"{place}, {km(far)}"


def is_elsewhere(vacancy: Vacancy, actor: User | AnonymousUser) -> bool:
    """Say whether a visitor reads it where it was published: what a feed brought is not published again here."""
    return isinstance(actor, AnonymousUser) and vacancy.feed_id is not None


def url_from(vacancy: Vacancy, actor: User | AnonymousUser, owner: Opened | None, search: str) -> str:
    """Return where the opening is read, with the way back to the search; another site is not told of it."""
    url = url_of(vacancy, actor, owner)
    if not search or not url.startswith("/") or "?" in url:
        return url
    return f"{url}?{urlencode({'search': search.removeprefix('?')})}"


def url_of(vacancy: Vacancy, actor: User | AnonymousUser, owner: Opened | None) -> str:
    """Return where the opening is read: with its reasons, as staff read it, or as anybody does."""
    if owner:
        return owner.url_of("matches:opening", vacancy_id=vacancy.pk)
    inside = reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk})
    if not isinstance(actor, AnonymousUser):
        return inside
    if vacancy.feed_id is None:
        return reverse("vacancies:public", kwargs={"vacancy_id": vacancy.pk})
    return vacancy.source_url or reverse("applying:answer", kwargs={"vacancy_id": vacancy.pk})
