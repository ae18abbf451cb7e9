"""What waits, what is in course and what happened: each app says its own, the homes and the desk fold them.

An app has a `waiting.py` with a subclass of `App`, and gives one in its `ready()`: `APPS.append(…)`.
`person` is everywhere a row of `jobseekers.Jobseeker`, at the desk with the flags of the filters.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache
from typing import Any

from django.db.models import (
    BooleanField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce, Greatest
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, localtime, override

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui.dates import weekday_moment

# The person of the outer query.
HERS = OuterRef("pk")

type Moment = dt.datetime | dt.date
type Since = Callable[[Any, Sequence[Any]], Moment | None]


class Urgency(IntEnum):
    """What comes first, of what could be done for a person on the same day."""

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
    """One thing that waits: what, where it is done or answered, how urgent, and how long is left, in words.

    `label` is the act in two or three words, `due` the day on which it is to be done: a day that is past
    says since when it is.
    """

    text: str | Promise
    url: str | Promise = ""
    urgency: Urgency = Urgency.AWAITED
    title: str = ""
    label: str | Promise = ""
    left: str = ""
    is_hot: bool = False
    due: Moment | None = None

    @property
    def comes(self) -> tuple[dt.date, Urgency, dt.datetime]:
        """Say how near it is: by its day, today when that is past; what has no day, or asks nothing of us, is last."""
        if self.due is None or self.urgency == Urgency.AWAITED:
            return dt.date.max, self.urgency, NEVER
        moment = moment_of(self.due)
        return max(localtime(moment).date(), clock.today()), self.urgency, moment


@dataclass(frozen=True)
class Meeting:
    """A time to meet that is agreed."""

    at: dt.datetime
    title: str
    who: str
    place: str
    url: str
    zone: dt.tzinfo | None = None
    """The clock on the wall where one meets; the site's if none is given."""

    @property
    def when(self) -> str:
        """Return day and hour by that clock."""
        with override(self.zone or get_current_timezone()):
            return weekday_moment(self.at)


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

    Either the database says it of a person (`condition`), or the rows that the app has in course for her
    (`holds`). `since` says since when she waits, of a person of whom it holds.
    """

    slug: str
    label: Promise
    condition: Callable[[User], Any] | None = None
    holds: Callable[[Any, Sequence[Any]], bool] | None = None
    since: Since | None = None
    # Where it stands among the filters of all apps.
    place: int = 0
    is_hot: bool = False
    # What is to come on a day keeps nobody waiting.
    is_to_come: bool = False
    to_do: Callable[[Any], Waiting] | None = None
    # Only rows in course can say it: it holds of nobody who has none.
    is_of_rows: bool = False


@dataclass(frozen=True)
class Said:
    """What people said: the rows, the way to who said it, and the column that says when."""

    rows: QuerySet[Any]
    who: str
    when: str


NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


def moment_of(when: Moment) -> dt.datetime:
    """Return a moment; of a day, where it begins."""
    if isinstance(when, dt.datetime):
        return when
    return clock.start_of(when)


@cache
def flag(slug: str) -> str:
    """Return the name under which a person or a row keeps whether something holds."""
    return "is_" + slug.replace("-", "_")


class App:
    """What one app says. Each answer is nothing, until an app gives another."""

    filters: Sequence[Filter] = ()
    # Whether what `in_course` returns runs between people, or is only a fact.
    is_course = True

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return what waits for somebody in one of her roles, for her home page."""
        return []

    def meetings_of(self, actor: User, role: Role) -> list[Meeting]:
        """Return the meetings to come of somebody in one of her roles."""
        return []

    def said_by_people(self) -> Said | None:
        """Return what people said that this app keeps."""
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

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        """Return what a role's home page shows of this app; of no role, what is shown whatever roles one has."""
        return {}

    def glance(self, person: Any, actor: User) -> dict[str, Any]:
        """Return what a person's page at the desk shows of this app."""
        return {}


APPS: list[App] = []


def waiting_for(actor: User, role: Role) -> list[Waiting]:
    """Return what waits for somebody in one of her roles, as all apps say it."""
    return [one for app in APPS for one in app.waiting_for(actor, role)]


def meetings_of(actor: User, role: Role) -> list[Meeting]:
    """Return the meetings to come of somebody in one of her roles, the next one first."""
    return sorted((one for app in APPS for one in app.meetings_of(actor, role)), key=lambda one: one.at)


def filters() -> list[Filter]:
    """Return the ready filters of all apps, in their order."""
    return sorted((one for app in APPS for one in app.filters), key=lambda one: one.place)


def with_flags(people: QuerySet[Any], actor: User, *, are_many: bool = False) -> QuerySet[Any]:
    """Say of each person what the database knows of the filters, as `is_…`, and when she was last heard.

    `in_course` adds the other filters, so that a person carries them all. Of many, `note_heard` says the latter.
    """
    flags = {
        flag(one.slug): ExpressionWrapper(Q(one.condition(actor)), output_field=BooleanField())
        for one in filters()
        if one.condition is not None
    }
    flagged: QuerySet[Any] = people.annotate(**flags)
    return flagged if are_many else flagged.annotate(heard_at=heard_at())


def heard_at() -> Greatest:
    """Return when she last changed her profile, or said something that an app keeps."""
    last = [
        one.rows.filter(**{one.who: HERS}).order_by(f"-{one.when}").values(one.when)[:1] for one in _said()
    ]
    said = [Coalesce(Subquery(rows), "changed_at") for rows in last]
    return Greatest("changed_at", *said, output_field=DateTimeField())


def _said() -> list[Said]:
    return [said for app in APPS if (said := app.said_by_people()) is not None]


def _last_said(people: Sequence[int]) -> QuerySet[Any, Any]:
    """Find when some people last said something that an app keeps: a row a person and an app."""
    found: list[QuerySet[Any, Any]] = [
        one.rows.filter(**{f"{one.who}__in": people})
        .order_by()
        .values(person=F(one.who))
        .annotate(last=Max(one.when))
        .values_list("person", "last")
        for one in _said()
    ]
    return found[0].union(*found[1:], all=True)


@cache
def _last_said_of(_apps: int) -> Prepared[tuple[int, dt.datetime]]:
    """Write the question once for the apps that there are."""
    return Prepared(_last_said)


def note_heard(people: Sequence[Any]) -> None:
    """Note on each of many people when she was last heard: one question, and none a person."""
    by_number = {person.pk: person for person in people}
    for person in people:
        person.heard_at = person.changed_at
    if by_number and (apps := len(_said())):
        for number, last in _last_said_of(apps)(list(by_number)):
            by_number[number].heard_at = max(by_number[number].heard_at, last)


def events(person: Any, actor: User, most: int) -> list[Event]:
    """Return what happened to a person, newest first; of each app, this many at most."""
    found = [event for app in APPS for event in app.events(person, actor, most)]
    return sorted(found, key=lambda event: event.at, reverse=True)


def home(request: HttpRequest, role: Role | None) -> dict[str, Any]:
    """Return what a role's home page shows, as all apps say it."""
    return {name: shown for app in APPS for name, shown in app.home(request, role).items()}


def glance(person: Any, actor: User) -> dict[str, Any]:
    """Return what a person's page at the desk shows, as all apps say it."""
    return {name: shown for app in APPS for name, shown in app.glance(person, actor).items()}


@dataclass(frozen=True)
class InCourse:
    """What each app has in course for some people."""

    rows: list[tuple[App, dict[int, list[Any]]]]
    # What keeps each waiting: the filter's name, what says since when, and the rows it is said of.
    waits: dict[int, list[tuple[str, Since, Sequence[Any]]]]
    filters: list[Filter] = field(default_factory=filters)

    def nearest(self, person: Any) -> list[Waiting]:
        """Return what could be done for a person, the nearest day first; of one address the first only."""
        found = [one for app, rows in self.rows for one in app.to_do(person, rows.get(person.pk, ()))]
        found += [one.to_do(person) for one in self.filters if one.to_do and getattr(person, flag(one.slug))]
        found.sort(key=lambda one: one.comes)
        return list({str(one.url) or one.urgency: one for one in reversed(found)}.values())[::-1]

    def first(self, person: Any) -> Waiting | None:
        """Return what to do first for a person."""
        found = [one for app, rows in self.rows for one in app.to_do(person, rows.get(person.pk, ()))]
        found += [one.to_do(person) for one in self.filters if one.to_do and getattr(person, flag(one.slug))]
        return min(found, key=lambda one: one.comes, default=None)

    def since(self, person: Any, *among: str) -> dt.datetime | None:
        """Return since when the oldest thing waits for a person: of some filters, or of all."""
        moments = [
            when
            for slug, since, hers in self.waits.get(person.pk, ())
            if not among or slug in among
            if (when := since(person, hers)) is not None
        ]
        return min(map(moment_of, moments), default=None)

    def holds(self, person: Any) -> bool:
        """Say whether anything is in course for a person."""
        return any(app.is_course and rows.get(person.pk) for app, rows in self.rows)

    def told(self, person: Any) -> list[Course]:
        """Return what is in course for a person, in words."""
        return [one for app, rows in self.rows for one in app.told(rows.get(person.pk, ()))]


def in_course(actor: User, people: Sequence[Any]) -> InCourse:
    """Return what is in course for some people whom the actor follows, who then carry the flags of all filters."""
    found = [(app, app.in_course(actor, people)) for app in APPS]
    by_number = {person.pk: person for person in people}
    waits: dict[int, list[tuple[str, Since, Sequence[Any]]]] = {}
    for app, rows in found:
        of_rows = [one for one in app.filters if one.is_of_rows]
        of_all = [one for one in app.filters if not one.is_of_rows]
        nobody = {flag(one.slug): False for one in of_rows}
        for number, person in by_number.items():
            hers = rows.get(number, ())
            flags = vars(person)
            flags.update(nobody)
            for one in [*of_all, *of_rows] if hers else of_all:
                if one.holds is not None:
                    flags[flag(one.slug)] = one.holds(person, hers)
                if one.since and not one.is_to_come and flags[flag(one.slug)]:
                    waits.setdefault(number, []).append((one.slug, one.since, hers))
    return InCourse(found, waits)
