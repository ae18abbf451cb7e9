"""What waits, what is in course and what happened: each app says its own, the homes and the desk fold them.

An app has a `waiting.py` with a subclass of `App`, and gives one in its `ready()`: `APPS.append(…)`.
`person` is everywhere a row of `jobseekers.Jobseeker`, at the desk with the flags of the filters. A filter says whom it
holds of by the database (`condition`), by rows in course (`holds`), or by rows that only put her under it (`noted`).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, cached_property
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone, override
from django.utils.translation import gettext_lazy

from visavis.common import clock
from visavis.common.prepared import Asked, Latest, Prepared, together
from visavis.people.days import Day, OfDay
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.ui.dates import weekday_moment

# The person of the outer query.
HERS = OuterRef("pk")
# What people said, beside what apps note under the names of their filters.
HEARD = ""

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
    is_new: bool = False


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
    # Only what its app notes can say it: it holds of nobody of whom nothing is noted.
    is_noted: bool = False
    # The colour in which its word stands beside a name, where it stands there.
    tag: str = ""


@dataclass(frozen=True)
class Said:
    """What people said: the rows, the way to who said it, and the column that says when.

    `who` leads to her file or, where rows know her account (`is_account`), to that: a join less for each of hundreds.
    """

    rows: QuerySet[Any]
    who: str
    when: str
    is_account: bool = field(default=False, kw_only=True)


@dataclass(frozen=True)
class Noted(Said):
    """Rows that put a person under a ready filter, since the first of them: all apps’ are read in one question.

    Rows that stand for several filters say which by an expression: each part of the question is asked of everybody.
    """

    slug: str | Combinable


@dataclass(frozen=True)
class Chapter:
    """A kind of what happens, by which a timeline is filtered; apps may share one."""

    slug: str
    label: Promise
    place: int


@dataclass(frozen=True)
class Happened:
    """What happened to a person, as one app keeps it: the rows, and the column that says when."""

    rows: QuerySet[Any]
    when: str = "at"


class MayWait(NamedTuple):
    """Rows for which something may wait for a jobseeker, and the way from them to her account."""

    rows: QuerySet[Any]
    who: str


class Named(NamedTuple):
    """A person as a question to the database names her: by the number of her file, and that of her account."""

    pk: int
    user_id: int


MESSAGES = Chapter("messages", gettext_lazy("Messages"), 1)
APPOINTMENTS = Chapter("appointments", gettext_lazy("Appointments"), 2)
DOCUMENTS = Chapter("documents", gettext_lazy("Documents"), 3)
PROPOSALS = Chapter("proposals", gettext_lazy("Proposals and answers"), 4)
PLAN = Chapter("plan", gettext_lazy("The plan"), 5)
MINUTES = Chapter("minutes", gettext_lazy("Minutes of meetings"), 6)
MANDATES = Chapter("mandates", gettext_lazy("Mandates"), 7)
PROFILE = Chapter("profile", gettext_lazy("The profile"), 8)
FOLLOW_UP = Chapter("follow-up", gettext_lazy("The follow-up"), 9)


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
    # What its rows in a timeline are.
    chapter: Chapter | None = None
    # Whether what `in_course` returns runs between people, or is only a fact.
    is_course = True

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        """Return what waits for somebody in one of her roles, for her home page."""
        return []

    def may_wait(self) -> Sequence[MayWait]:
        """Return the rows without which nothing of this app waits for a jobseeker; too many rows do no harm.

        An app that does not say it is asked for each person.
        """
        return ()

    def meetings_of(self, actor: User, role: Role) -> list[Meeting]:
        """Return the meetings to come of somebody in one of her roles."""
        return []

    def of_day(self, actor: User, day: Day) -> Sequence[OfDay]:
        """Return what a counsellor has to do, or did, on a day."""
        return ()

    def said_by_people(self) -> Said | None:
        """Return what people said that this app keeps."""
        return None

    def reached(self) -> Sequence[Said]:
        """Return the rows that show that a person and the service reached each other (`people/reached.py`)."""
        said = self.said_by_people()
        return () if said is None else (said,)

    def noted(self, morning: dt.datetime, tonight: dt.datetime) -> Sequence[Noted]:
        """Return which rows put people under its filters made by `noted_filter`; today begins and ends with these."""
        return ()

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Any]]:
        """Return the rows in course for some people whom the actor follows, in one query, oldest first."""
        return {}

    def to_do(self, person: Any, rows: Sequence[Any]) -> Iterable[Waiting]:
        """Return what could be done for a person, of whom these rows are in course: never asked where none are."""
        return ()

    def told(self, rows: Sequence[Any]) -> list[Course]:
        """Return rows in course in words."""
        return []

    def happened(self, person: Any) -> Happened | None:
        """Return the rows of what happened to a person, of the app's chapter; the fold asks for few of them."""
        return None

    def tell(self, rows: Iterable[Any], person: Any, actor: User) -> list[Event]:
        """Put such rows into words, one for each: for the person when she is the actor."""
        return []

    def lately(self, person: Any, most: int) -> Asked | None:
        """Return the question for the last rows of what happened to a person; nothing where none is asked."""
        if self.chapter is None:
            return None
        return self._latest.of(most), (person.pk, person.user_id)

    @cached_property
    def _latest(self) -> Latest[Any]:
        """Write once what finds the last rows of what happened."""
        return Latest(self._newest_first, unasked=2)

    def _newest_first(self, file: int, account: int) -> QuerySet[Any]:
        found = self.happened(Named(file, account))
        assert found is not None, "an app with a chapter says what happened"
        return found.rows.order_by(f"-{found.when}", "-pk")

    def home(self, request: HttpRequest, role: Role | None) -> dict[str, Any]:
        """Return what a role's home page shows of this app; of no role, what is shown whatever roles one has."""
        return {}

    def glance(self, person: Any, actor: User) -> dict[str, Any]:
        """Return what a person's page at the desk shows of this app."""
        return {}


APPS: list[App] = []


def waiting_for(actor: User, role: Role, apps: Sequence[App] | None = None) -> list[Waiting]:
    """Return what waits for somebody in one of her roles, as all apps say it, or some of them (`apps_of`)."""
    if apps is None:
        apps = apps_of([actor.pk])[actor.pk] if role == Role.JOBSEEKER else APPS
    return [one for app in apps for one in app.waiting_for(actor, role)]


def _may_wait(people: Sequence[int]) -> QuerySet[Any, Any]:
    """Find of which apps something may wait for some people: each person and the place of the app, once."""
    found: list[QuerySet[Any, Any]] = [
        one.rows.filter(**{f"{one.who}__in": people})
        .order_by()
        .values_list(one.who, Value(place, output_field=IntegerField()))
        for place, app in enumerate(APPS)
        for one in app.may_wait()
    ]
    return found[0].union(*found[1:]).order_by()


@cache
def _may_wait_by(_apps: int) -> Prepared[tuple[int, int]]:
    """Write the question once for the apps that there are."""
    return Prepared(_may_wait)


def apps_of(people: Sequence[int]) -> dict[int, list[App]]:
    """Return of which apps something may wait for each of some jobseekers, by account: one question for all."""
    if not people:
        return {}
    found = set(_may_wait_by(len(APPS))(people))
    always = {place for place, app in enumerate(APPS) if type(app).may_wait is App.may_wait}
    return {
        person: [app for place, app in enumerate(APPS) if place in always or (person, place) in found]
        for person in people
    }


def meetings_of(actor: User, role: Role) -> list[Meeting]:
    """Return the meetings to come of somebody in one of her roles, the next one first."""
    return sorted((one for app in APPS for one in app.meetings_of(actor, role)), key=lambda one: one.at)


def filters() -> list[Filter]:
    """Return the ready filters of all apps, in their order."""
    return sorted((one for app in APPS for one in app.filters), key=lambda one: one.place)


def noted_filter(slug: str, label: Promise, **more: Any) -> Filter:
    """Return a filter that holds of whom its app has noted under its name (`App.noted`), since the first row."""
    holds = lambda person, rows: slug in person.noted
    since = lambda person, rows: person.noted.get(slug)
    return Filter(slug, label, holds=holds, since=since, is_noted=True, **more)


def with_flags(people: QuerySet[Any], actor: User) -> QuerySet[Any]:
    """Say of each person what the database knows of the filters, as `is_…`; `in_course` adds the others."""
    flags = {
        flag(one.slug): ExpressionWrapper(Q(one.condition(actor)), output_field=BooleanField())
        for one in filters()
        if one.condition is not None
    }
    flagged: QuerySet[Any] = people.annotate(**flags)
    return flagged


def events(person: Any, actor: User, most: int) -> list[Event]:
    """Return what happened to a person, newest first; of each app, this many at most."""
    asked = [(app, question) for app in APPS if (question := app.lately(person, most)) is not None]
    rows = together(*(question for _app, question in asked))
    found = [
        event
        for (app, _question), some in zip(asked, rows, strict=True)
        for event in app.tell(some, person, actor)
    ]
    return sorted(found, key=lambda event: event.at, reverse=True)


def home(request: HttpRequest, role: Role | None) -> dict[str, Any]:
    """Return what a role's home page shows, as all apps say it."""
    return {name: shown for app in APPS for name, shown in app.home(request, role).items()}


def glance(person: Any, actor: User) -> dict[str, Any]:
    """Return what a person's page at the desk shows, as all apps say it."""
    return {name: shown for app in APPS for name, shown in app.glance(person, actor).items()}
