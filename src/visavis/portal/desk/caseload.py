"""The list of a caseload: filtered, counted, sorted, a page at a time, in a fixed number of queries."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.folding import fold_words
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.waiting import SILENT_WEEKS, WEEKS, is_silent
from visavis.matches.models import Opinion
from visavis.people import waiting
from visavis.people.models import User
from visavis.portal.desk import next_act
from visavis.portal.desk.people import followed, person_url

A_PAGE = 25
FOUND_AT_MOST = 200
SAID_LAST = 8
URGENT = 8
SORTS = ("waiting", "name")


@dataclass(frozen=True)
class Asked:
    """What the list should show."""

    show: str = ""
    sort: str = "waiting"
    words: str = ""
    page: str = "1"
    weeks: int = SILENT_WEEKS


@dataclass(frozen=True)
class Followed:
    """One person of the list: since when, and what is next."""

    person: Jobseeker
    url: str
    since: dt.date | dt.datetime | None
    is_to_come: bool
    act: waiting.Waiting


@dataclass(frozen=True)
class Caseload:
    """One page of the list, with the filters and their counts."""

    filters: list[dict[str, Any]]
    page: Page[Any]
    lines: list[Followed]
    found: int
    asked: Asked


def by_slug() -> dict[str, waiting.Filter]:
    """Return the filters by name, in their order."""
    return {one.slug: one for one in waiting.filters()}


def asked(given: Mapping[str, str], words: str, page: str) -> Asked:
    """Keep what is known of what was asked."""
    show, sort, weeks = (given.get(name, "") for name in ("show", "sort", "weeks"))
    known_weeks = {str(number): number for number in WEEKS}
    return Asked(
        show if show in by_slug() else "",
        sort if sort in SORTS else "waiting",
        words.strip()[:120],
        page,
        known_weeks.get(weeks, SILENT_WEEKS),
    )


def counts(actor: User) -> dict[str, int]:
    """Count everybody and every filter, in one query."""
    holds = {one.slug: Count("pk", filter=Q(**{waiting.flag(one.slug): True})) for one in waiting.filters()}
    people = waiting.with_flags(followed(actor).order_by(), actor)
    named = {waiting.flag(slug).replace("is_", "n_"): count for slug, count in holds.items()}
    found = people.aggregate(everybody=Count("pk"), **named)
    return {"": found["everybody"]} | {
        one.slug: found[waiting.flag(one.slug).replace("is_", "n_")] for one in waiting.filters()
    }


def filters(actor: User, show: str | None) -> list[dict[str, Any]]:
    """Return the filters with their counts, for `ui/filters.html`; `show` is the one chosen, if any."""
    home, counted = reverse("portal:desk"), counts(actor)
    everybody = {
        "url": home,
        "label": _("Everybody I follow"),
        "count": counted[""],
        "is_current": show == "",
    }
    rest = [
        {
            "url": f"{home}?show={one.slug}",
            "label": one.label,
            "count": counted[one.slug],
            "is_current": one.slug == show,
            "is_hot": one.is_hot,
        }
        for one in waiting.filters()
    ]
    return [everybody, *rest]


def listed(actor: User, what: Asked) -> Caseload:
    """Return one page of the people that a filter or a name finds. What a name finds stands on one page."""
    chosen = by_slug().get(what.show)
    order = arranged(actor, chosen, what)
    size = FOUND_AT_MOST if what.words else A_PAGE
    page = Paginator(list(order), size).get_page(what.page)
    here = list(page.object_list)
    people = waiting.with_flags(followed(actor).filter(pk__in=here), actor)
    rows = {person.pk: person for person in people.select_related("user", "commune")}
    course = waiting.in_course(actor, list(rows.values()))
    is_to_come = chosen is not None and chosen.is_to_come
    lines = [
        Followed(rows[pk], person_url(rows[pk]), order[pk], is_to_come, next_act.of(rows[pk], course))
        for pk in here
        if pk in rows
    ]
    return Caseload(filters(actor, what.show), page, lines, len(order), what)


def arranged(
    actor: User, chosen: waiting.Filter | None, what: Asked
) -> dict[int, dt.date | dt.datetime | None]:
    """Return who is found, in order, with since when each waits: the longest first, or by name."""
    people = followed(actor).order_by()
    if what.show == "silent":
        people = people.filter(is_silent(actor, what.weeks))
    elif chosen is not None:
        people = people.filter(chosen.condition(actor))
    if chosen is not None and chosen.since is not None:
        people = people.annotate(since=Subquery(chosen.since()))
    else:
        people = people.annotate(since=waiting.heard_at())
    found = people.annotate(name=F("user__name")).values_list("pk", "name", "since", "is_looking")
    words = fold_words(what.words)
    kept = sorted((one for one in found if words in fold_words(one[1])), key=lambda one: fold_words(one[1]))
    if what.sort == "waiting":
        # Of everybody, who has found work waits for nothing: those who look come first.
        kept.sort(
            key=lambda one: (
                chosen is None and not one[3],
                one[2] is None,
                one[2].isoformat() if one[2] else "",
            )
        )
    return {pk: since for pk, _name, since, _is_looking in kept}


def urgent(actor: User) -> list[Followed]:
    """Return the first people whom something that cannot wait concerns, the longest silent first."""
    hot = Q()
    for one in waiting.filters():
        if one.is_hot and one.since is not None:
            hot |= Q(**{waiting.flag(one.slug): True})
    people = waiting.with_flags(followed(actor), actor).filter(hot)
    rows = list(people.select_related("user", "commune").order_by("heard_at", "pk")[:URGENT])
    course = waiting.in_course(actor, rows)
    return [Followed(row, person_url(row), None, False, next_act.of(row, course)) for row in rows]


def said_last(actor: User) -> list[Opinion]:
    """Return the last opinions of the people she follows."""
    said = Opinion.objects.filter(jobseeker__in=followed(actor)).select_related("jobseeker__user", "vacancy")
    return list(said.order_by("-said_at")[:SAID_LAST])
