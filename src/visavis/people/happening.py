"""Everything that happened to a person, as all apps say it: one question finds a page of it, then its apps are asked.

A page ends before the sixth app on it, so that it costs six questions at most, however many apps there are.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from visavis.people import waiting
from visavis.people.models import User
from visavis.people.waiting import App, Chapter, Event, Happened

A_PAGE, MOST_APPS = 20, 5
FARTHEST = 5_000

type Found = tuple[str, dt.datetime, int]


@dataclass(frozen=True)
class Told:
    """One event, and the chapter in which it stands."""

    event: Event
    chapter: Chapter


@dataclass(frozen=True)
class Part:
    """A part of a timeline, newest first: what happened, and how many were left out before the next; 0 at the end."""

    told: list[Told]
    older: int


def chapters() -> list[Chapter]:
    """Return the chapters that there are, in their order."""
    found = {one.chapter.slug: one.chapter for one in waiting.APPS if one.chapter is not None}
    return sorted(found.values(), key=lambda one: one.place)


def part(
    person: Any, actor: User, *, chapter: str = "", since: dt.datetime | None = None, skip: int = 0
) -> Part:
    """Return what happened to a person: of one chapter or of all, since an instant or ever, after so many of it."""
    apps = {str(number): app for number, app in enumerate(waiting.APPS) if _is_asked(app, chapter)}
    said = {name: found for name, app in apps.items() if (found := app.happened(person)) is not None}
    if not said:
        return Part([], 0)
    skip = min(skip, FARTHEST)
    places: list[Found] = list(_places(said, since)[skip : skip + A_PAGE + 1])
    shown = places[: min(A_PAGE, _until_another(places))]
    words: dict[tuple[str, int], Told] = {}
    for name in dict.fromkeys(name for name, _at, _pk in shown):
        numbers = [pk for other, _at, pk in shown if other == name]
        rows = list(said[name].rows.filter(pk__in=numbers))
        told = apps[name].tell(rows, person, actor)
        words |= {(name, row.pk): _told(apps[name], event) for row, event in zip(rows, told, strict=True)}
    return Part(
        [words[name, pk] for name, _at, pk in shown if (name, pk) in words],
        skip + len(shown) if len(places) > len(shown) else 0,
    )


def _is_asked(app: App, chapter: str) -> bool:
    return app.chapter is not None and chapter in ("", app.chapter.slug)


def _places(said: dict[str, Happened], since: dt.datetime | None) -> QuerySet[Any, Found]:
    """Find when what happened, and which row says it, newest first."""
    found: list[QuerySet[Any, Any]] = [
        (one.rows.filter(**{f"{one.when}__gte": since}) if since else one.rows)
        .order_by()
        .select_related(None)
        .annotate(
            of_app=Value(name, output_field=CharField()),
            happened_at=F(one.when),
            of_row=Cast("pk", output_field=BigIntegerField()),
        )
        .values_list("of_app", "happened_at", "of_row")
        for name, one in said.items()
    ]
    first, *others = found
    return (first.union(*others, all=True) if others else first).order_by("-happened_at", "of_app", "-of_row")


def _until_another(places: Sequence[Found]) -> int:
    """Return how many come before the app that would be one too many."""
    seen: set[str] = set()
    for at, (name, _moment, _pk) in enumerate(places):
        if len(seen | {name}) > MOST_APPS:
            return at
        seen.add(name)
    return len(places)


def _told(app: App, event: Event) -> Told:
    assert app.chapter is not None
    return Told(event, app.chapter)
