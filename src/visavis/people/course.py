"""What is in course for the people of a caseload, folded from what all apps say: read for hundreds at once."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.db.models import CharField, F, IntegerField, Max, Min, QuerySet, Value
from django.db.models.expressions import Combinable
from django.utils.timezone import localtime

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.people import waiting
from visavis.people.models import User
from visavis.people.waiting import (
    HEARD,
    App,
    Course,
    Filter,
    Since,
    Urgency,
    Waiting,
    filters,
    flag,
    moment_of,
)

NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
type Nearness = tuple[dt.date, Urgency, dt.datetime]


def nearness() -> Callable[[Waiting], Nearness]:
    """Return what says how near a thing is: by its day, today when that is past; what has no day is last, and what asks
    nothing of us. The day is read from the clock once for all things that are compared.
    """
    today = clock.today()
    tonight = clock.start_of(today + dt.timedelta(days=1))

    def near(one: Waiting) -> Nearness:
        if one.due is None or one.urgency == Urgency.AWAITED:
            return dt.date.max, one.urgency, NEVER
        moment = moment_of(one.due)
        return today if moment < tonight else localtime(moment).date(), one.urgency, moment

    return near


def named(what: str | Combinable) -> Any:
    """Return the word for what is noted as a database says it."""
    return Value(what, output_field=CharField()) if isinstance(what, str) else what


def _heard_and_noted(
    people: Sequence[int], accounts: Sequence[int], morning: dt.datetime, tonight: dt.datetime
) -> QuerySet[Any, Any]:
    """Find when some people last said something, and since when what apps note holds: a row a person and a thing."""
    heard = [
        (said, Max(said.when), named(HEARD))
        for app in waiting.APPS
        if (said := app.said_by_people()) is not None
    ]
    noted = [
        (one, Min(one.when), named(one.slug)) for app in waiting.APPS for one in app.noted(morning, tonight)
    ]
    found: list[QuerySet[Any, Any]] = [
        one.rows.filter(**{f"{one.who}__in": accounts if one.is_account else people})
        .order_by()
        .values(whom=F(one.who), what=what)
        .annotate(
            moment=when,
            of_account=Value(int(one.is_account), output_field=IntegerField()),
        )
        .values_list("whom", "moment", "what", "of_account")
        for one, when, what in [*heard, *noted]
    ]
    return found[0].union(*found[1:], all=True)


@cache
def _heard_and_noted_by(_apps: int) -> Prepared[tuple[int, dt.datetime, str, int]]:
    """Write the question once for the apps that there are."""
    return Prepared(_heard_and_noted)


def note(people: Sequence[Any]) -> None:
    """Note on each of some people when she was last heard, and what apps note of her: one question for all."""
    by_number = {person.pk: person for person in people}
    by_account = {person.user_id: person for person in people}
    for person in people:
        person.heard_at, person.noted = person.changed_at, {}
    if not by_number or not waiting.APPS:
        return
    today = clock.today()
    morning, tonight = clock.start_of(today), clock.start_of(today + dt.timedelta(days=1))
    asked = _heard_and_noted_by(len(waiting.APPS))
    for number, moment, what, of_account in asked(list(by_number), list(by_account), morning, tonight):
        person = by_account[number] if of_account else by_number[number]
        if what == HEARD:
            person.heard_at = max(person.heard_at, moment)
        else:
            person.noted[what] = moment


@dataclass(frozen=True)
class InCourse:
    """What each app has in course for some people."""

    rows: list[tuple[App, dict[int, list[Any]]]]
    # What keeps each waiting: the filter's name, what says since when, and the rows it is said of.
    waits: dict[int, list[tuple[str, Since, Sequence[Any]]]]
    # Of whom each filter holds, by its name.
    held: dict[str, set[int]] = field(default_factory=dict)
    filters: list[Filter] = field(default_factory=filters)

    @cached_property
    def near(self) -> Callable[[Waiting], Nearness]:
        """Say how near a thing to do is."""
        return nearness()

    @cached_property
    def _asked(
        self,
    ) -> tuple[list[tuple[App, dict[int, list[Any]]]], list[tuple[str, Callable[[Any], Waiting]]]]:
        """Return which apps say what to do of rows, and which filters of a flag: the others are not asked."""
        apps = [(app, rows) for app, rows in self.rows if rows and type(app).to_do is not App.to_do]
        return apps, [(flag(one.slug), one.to_do) for one in self.filters if one.to_do is not None]

    def _to_do(self, person: Any) -> list[Waiting]:
        apps, marks = self._asked
        number, flags = person.pk, vars(person)
        found = [one for app, rows in apps if (hers := rows.get(number)) for one in app.to_do(person, hers)]
        found += [to_do(person) for name, to_do in marks if flags[name]]
        return found

    def nearest(self, person: Any) -> list[Waiting]:
        """Return what could be done for a person, the nearest day first; of one address the first only."""
        found = sorted(self._to_do(person), key=self.near)
        return list({str(one.url) or one.urgency: one for one in reversed(found)}.values())[::-1]

    def first(self, person: Any) -> Waiting | None:
        """Return what to do first for a person."""
        return min(self._to_do(person), key=self.near, default=None)

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
    note(people)
    found = [(app, app.in_course(actor, people)) for app in waiting.APPS]
    by_number = {person.pk: person for person in people}
    noted: dict[str, list[int]] = {}
    nobody = {flag(one.slug): False for one in filters() if one.is_of_rows or one.is_noted}
    for person in people:
        vars(person).update(nobody)
        for slug in person.noted:
            noted.setdefault(slug, []).append(person.pk)
    waits: dict[int, list[tuple[str, Since, Sequence[Any]]]] = {}
    held: dict[str, set[int]] = {}
    for app, rows in found:
        for one in app.filters:
            name, holds, waited_for = flag(one.slug), one.holds, one.since if not one.is_to_come else None
            held[one.slug] = whom = set[int]()
            for number in _asked_of(one, rows, noted, by_number):
                person, hers = by_number[number], rows.get(number, ())
                if holds is not None:
                    vars(person)[name] = is_so = holds(person, hers)
                    if not is_so:
                        continue
                whom.add(number)
                if waited_for:
                    waits.setdefault(number, []).append((one.slug, waited_for, hers))
    return InCourse(found, waits, held)


def _asked_of(
    one: Filter, rows: Mapping[int, Sequence[Any]], noted: Mapping[str, list[int]], people: Mapping[int, Any]
) -> Iterable[int]:
    """Return of whom a filter is asked: of hundreds few have rows, or are noted, and only those can be meant."""
    if one.is_noted:
        return noted.get(one.slug, ())
    if one.is_of_rows:
        return [number for number, hers in rows.items() if hers and number in people]
    if one.holds is None:
        # The database has said of whom it holds.
        name = flag(one.slug)
        return [number for number, person in people.items() if vars(person)[name]]
    return people
