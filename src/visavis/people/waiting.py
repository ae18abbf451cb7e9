"""What waits, what is in course and what happened: each app says its own, the homes and the desk fold them.

An app has a `waiting.py` with a subclass of `App`, and gives one in its `ready()`: `APPS.append(…)`.
`person` is everywhere a row of `jobseekers.Jobseeker`, at the desk with the flags of the filters.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Greatest
from django.utils.functional import Promise

from visavis.people.enums import Role
from visavis.people.models import User

# The person of the outer query.
HERS = OuterRef("pk")


class Urgency(IntEnum):
    """What comes first, of all that could be done for a person."""

    TO_SETTLE = 1  # two sides do not say the same
    TO_CONFIRM = 2  # one waits for the other’s word
    UNTOLD = 3
    PASSED = 4  # a meeting, and nobody has said how it went
    DUE = 5  # a question whose day has come
    NEAR = 6  # the last day to answer
    SOON = 7  # a meeting
    NOT_LOOKING = 8
    UNKNOWN = 9  # too little is known to find anything
    LATE = 10  # somebody else lets her wait
    STUCK = 11  # nothing suits
    AWAITED = 12  # her own answer may still come
    SILENT = 13


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what, where it is done or answered, how urgent, and how long is left, in words."""

    text: str
    url: str = ""
    urgency: Urgency = Urgency.AWAITED
    title: str = ""
    label: str = ""
    left: str = ""
    is_hot: bool = False


@dataclass(frozen=True)
class Meeting:
    """A time to meet that is agreed."""

    at: dt.datetime
    title: str
    who: str
    place: str
    url: str


@dataclass(frozen=True)
class Course:
    """One thing in course for a person: with whom, where it stands, since when or until when."""

    title: str
    who: str
    state: str
    kind: str
    detail: str
    url: str


@dataclass(frozen=True)
class Event:
    """One thing that happened, in a sentence."""

    at: dt.datetime
    sentence: str
    url: str = ""
    was_undone: bool = False


@dataclass(frozen=True)
class Filter:
    """One ready filter of a caseload, and what to do for a person of whom it holds.

    `since` finds, for one person of the outer query, since when she waits.
    """

    slug: str
    label: Promise
    condition: Callable[[User], Any]
    since: Callable[[], QuerySet[Any]] | None = None
    # Where it stands among the filters of all apps.
    place: int = 0
    is_hot: bool = False
    # What the person of the list says of `since`: since that day, or on that day.
    is_to_come: bool = False
    to_do: Callable[[Any], Waiting] | None = None


def flag(slug: str) -> str:
    """Return the name under which a query keeps whether something holds."""
    return "is_" + slug.replace("-", "_")


def where(
    slug: str, label: Promise, rows: Callable[[], QuerySet[Any]], column: str, place: int, **kind: Any
) -> Filter:
    """Filter by whether a person has such rows; she waits since the earliest of a column of theirs."""
    return Filter(
        slug,
        label,
        lambda actor: Exists(rows().order_by()),
        lambda: rows().order_by(column).values(column)[:1],
        place,
        **kind,
    )


class App:
    """What one app says. Each answer is nothing, until an app gives another."""

    filters: Sequence[Filter] = ()

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return what waits for somebody in one of her roles, for her home page."""
        return []

    def meetings_of(self, actor: User) -> list[Meeting]:
        """Return her meetings to come."""
        return []

    def said_by_her(self) -> tuple[QuerySet[Any], str] | None:
        """Return what the person of the outer query said, and the column that says when."""
        return None

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Any]]:
        """Return the rows in course for some people whom the actor follows, in one query, oldest first."""
        return {}

    def to_do(self, person: Any, rows: Sequence[Any]) -> Iterable[Waiting]:
        """Return what could be done for a person, of whom these rows are in course."""
        return ()

    def told(self, rows: Sequence[Any]) -> list[Course]:
        """Return rows in course in words."""
        return []

    def events(self, person: Any, actor: User, most: int) -> list[Event]:
        """Return what happened to a person lately, in any order."""
        return []


APPS: list[App] = []


def waiting_for(actor: User, role: Role) -> list[Waiting]:
    """Return what waits for somebody in one of her roles, as all apps say it."""
    return [one for app in APPS for one in app.waiting_for(actor, role)]


def meetings_of(actor: User) -> list[Meeting]:
    """Return her meetings to come, the next one first."""
    return sorted((one for app in APPS for one in app.meetings_of(actor)), key=lambda one: one.at)


def filters() -> list[Filter]:
    """Return the ready filters of all apps, in their order."""
    return sorted((one for app in APPS for one in app.filters), key=lambda one: one.place)


def with_flags(people: QuerySet[Any], actor: User) -> QuerySet[Any]:
    """Say of each person which filters hold, as `is_…`, and when she was last heard, as `heard_at`."""
    flags = {
        flag(one.slug): ExpressionWrapper(Q(one.condition(actor)), output_field=BooleanField())
        for one in filters()
    }
    flagged: QuerySet[Any] = people.annotate(heard_at=heard_at(), **flags)
    return flagged


def said_since(moment: dt.datetime) -> Q:
    """Say whether she changed her profile, or said something that an app keeps, since a moment."""
    found = Q(changed_at__gte=moment)
    for rows, column in _said():
        found |= Q(Exists(rows.filter(**{f"{column}__gte": moment}).order_by()))
    return found


def heard_at() -> Greatest:
    """Return when she last changed her profile, or said something that an app keeps."""
    last = [rows.order_by(f"-{column}").values(column)[:1] for rows, column in _said()]
    said = [Coalesce(Subquery(rows), "changed_at") for rows in last]
    return Greatest("changed_at", *said, output_field=DateTimeField())


def _said() -> list[tuple[QuerySet[Any], str]]:
    return [said for app in APPS if (said := app.said_by_her()) is not None]


def events(person: Any, actor: User, most: int) -> list[Event]:
    """Return what happened to a person, newest first; of each app, this many at most."""
    found = [event for app in APPS for event in app.events(person, actor, most)]
    return sorted(found, key=lambda event: event.at, reverse=True)


@dataclass(frozen=True)
class InCourse:
    """What each app has in course for some people."""

    rows: list[tuple[App, dict[int, list[Any]]]]

    def first(self, person: Any) -> Waiting | None:
        """Return what to do first for a person, who carries the flags of the filters."""
        found = [one for app, rows in self.rows for one in app.to_do(person, rows.get(person.pk, []))]
        holds = [one for one in filters() if one.to_do and getattr(person, flag(one.slug))]
        found += [one.to_do(person) for one in holds if one.to_do]
        return min(found, key=lambda one: one.urgency, default=None)

    def holds(self, person: Any) -> bool:
        """Say whether anything is in course for a person."""
        return any(rows.get(person.pk) for _app, rows in self.rows)

    def told(self, person: Any) -> list[Course]:
        """Return what is in course for a person, in words."""
        return [one for app, rows in self.rows for one in app.told(rows.get(person.pk, []))]


def in_course(actor: User, people: Sequence[Any]) -> InCourse:
    """Return what is in course for some people whom the actor follows."""
    return InCourse([(app, app.in_course(actor, people)) for app in APPS])
