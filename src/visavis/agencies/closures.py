"""A door that is closed although its week says open, or open by hours of its own: by the head, told to everybody.

What stands in a closure is seen before it is said (`TOUCHES`), and moved or cancelled after (`AFTER_CLOSURE`): each app
above adds its part in `ready()`, nothing of them is imported here.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies import hours, repeats, roles, words
from visavis.agencies.hours import Spans
from visavis.agencies.models import Agency, Closure, OpenDay
from visavis.agencies.repeats import Repeat
from visavis.agencies.timetable import Stretch, Stretches, Timetable, without
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User

LONGEST = dt.timedelta(days=366)
# How far ahead it is looked for what a new week touches.
AHEAD = dt.timedelta(days=182)
# Until when a closure comes back of which nobody said an end.
FOR_EVER = dt.datetime(2999, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Closed:
    """Where a door that was open is closed from now on: what the listeners get."""

    agency: Agency
    stretches: Stretches
    """In UTC, in order; only what was open before."""
    reason: str
    by: User | None

    def meets(self, starts_at: dt.datetime, ends_at: dt.datetime) -> bool:
        """Say whether something that stands from an instant to another is touched."""
        return any(one.meets(Stretch(starts_at, ends_at)) for one in self.stretches)


STAYS_CLOSED = _("These hours would stay closed: take that closure back first, or choose other hours.")

# Whom a closure concerns; called once it is kept.
AFTER_CLOSURE: Listeners[Closed] = Listeners()
# What each app says that a closure would touch, in whole sentences, before it is said. It changes nothing.
TOUCHES: list[Callable[[Closed], list[str]]] = []


class WrongTimes(Refused):
    """The times are past, in the wrong order, too long, or meet what is there."""


def touched(closed: Closed) -> list[str]:
    """Return in sentences what a closure would touch, app by app."""
    return [line for lines in TOUCHES for line in lines(closed)] if closed.stretches else []


def lost(before: Timetable, after: Timetable, first: dt.date, last: dt.date) -> Stretches:
    """Return where a door was open and is no more, from a day to another."""
    return without(before.between(first, last), tuple(after.between(first, last)))


def closing(
    *, agency: Agency, starts_at: dt.datetime, ends_at: dt.datetime, reason: str, by: User | None
) -> Closed:
    """Return what a closure would close. Raises WrongTimes."""
    if ends_at <= starts_at:
        raise WrongTimes(_("The door opens again after it closes: check the two days and hours."))
    if ends_at <= clock.now():
        raise WrongTimes(_("This time is past. Choose one that is to come."))
    if ends_at - starts_at > LONGEST:
        raise WrongTimes(_("A closure lasts a year at most. For longer, change the week."))
    timetable, gone = agency.timetable, Stretch(starts_at.astimezone(dt.UTC), ends_at.astimezone(dt.UTC))
    opened = timetable.between(timetable.date_of(starts_at), timetable.date_of(ends_at))
    inside = (Stretch(max(one.starts_at, gone.starts_at), min(one.ends_at, gone.ends_at)) for one in opened)
    return Closed(agency, tuple(one for one in inside if one.starts_at < one.ends_at), reason, by)


def by_another_week(*, agency: Agency, opening_hours: str, by: User | None) -> Closed:
    """Return what another week would close, as far ahead as anything is agreed. Raises hours.Unreadable."""
    before, first = agency.timetable, clock.now()
    after = replace(before, week=hours.parse(opening_hours))
    days = before.date_of(first), before.date_of(first + AHEAD)
    return Closed(agency, lost(before, after, *days), str(_("The opening hours change.")), by)


def close(
    *, agency: Agency, starts_at: dt.datetime, ends_at: dt.datetime, reason: str, by: User | None
) -> Closure:
    """Close the door for a time and tell whom it concerns. Raises NotHead, WrongTimes."""
    roles.only_head(agency, by)
    if not reason.strip():
        raise WrongTimes(_("Say why the door is closed: everybody reads it."))
    closed = closing(agency=agency, starts_at=starts_at, ends_at=ends_at, reason=reason, by=by)
    with transaction.atomic():
        row = Closure.objects.create(
            agency=agency, starts_at=starts_at, ends_at=ends_at, reason=reason.strip(), by=by
        )
        _journal("closure", row, Entry.Action.CREATED, by)
        if closed.stretches:
            AFTER_CLOSURE.call(closed)
    return row


def coming_back(*, agency: Agency, repeat: Repeat, held: Stretch, reason: str, by: User | None) -> Closed:
    """Return what a closure that comes back would close within a year. Raises WrongTimes."""
    now = clock.now()
    if held.ends_at <= max(held.starts_at, now):
        raise WrongTimes(_("The last day comes before the first one, or is past. Check both."))
    first = max(held.starts_at, now)
    before = agency.timetable
    days = before.date_of(first), before.date_of(min(held.ends_at, first + LONGEST))
    if not any(repeat.between(*days)):
        raise WrongTimes(_("This closure takes no day in the year to come. Check its days."))
    after = replace(before, repeats=(*before.repeats, (repeat, replace(held, starts_at=first))))
    return Closed(agency, lost(before, after, *days), reason, by)


def keep_coming_back(
    *, agency: Agency, repeat: Repeat, held: Stretch, reason: str, by: User | None
) -> Closure:
    """Close the door on days that come back, and tell whom it concerns. Raises NotHead, WrongTimes."""
    roles.only_head(agency, by)
    if not reason.strip():
        raise WrongTimes(_("Say why the door is closed: everybody reads it."))
    closed = coming_back(agency=agency, repeat=repeat, held=held, reason=reason, by=by)
    with transaction.atomic():
        row = Closure.objects.create(
            agency=agency,
            starts_at=max(held.starts_at, clock.now()),
            ends_at=held.ends_at,
            reason=reason.strip(),
            rule=repeats.written(repeat),
            by=by,
        )
        _journal("closure", row, Entry.Action.CREATED, by)
        if closed.stretches:
            AFTER_CLOSURE.call(closed)
    return row


def opening(*, agency: Agency, day: dt.date, spans: str, reason: str, by: User | None) -> Closed:
    """Return what a day's own hours would close. Raises WrongTimes, hours.Unreadable."""
    before = agency.timetable
    today = before.date_of(clock.now())
    if not today <= day <= today + LONGEST:
        raise WrongTimes(_("Choose a day from today on, within a year."))
    days = {**before.open_days, day: hours.parse_spans(spans)}
    after = replace(before, open_days=days)
    typed = replace(after, closures=(), repeats=()).on(day)
    for row in agency.closures.all():
        held = Stretch(row.starts_at, row.ends_at)
        if not row.ended_at and not row.rule and any(held.meets(one) for one in typed):
            # A closure stands over the hours of a day: kept, they would be said to everybody, and the door be shut.
            said = words.closure_words(agency, row.starts_at, row.ends_at)
            raise WrongTimes(f"{said} {STAYS_CLOSED}")
    return Closed(agency, lost(before, after, day, day), reason, by)


def open_on(*, agency: Agency, day: dt.date, spans: str, reason: str, by: User | None) -> OpenDay:
    """Give one day hours of its own, and tell whom it closes. Raises NotHead, WrongTimes, hours.Unreadable."""
    roles.only_head(agency, by)
    closed = opening(agency=agency, day=day, spans=spans, reason=reason, by=by)
    with transaction.atomic():
        OpenDay.objects.in_force().filter(agency=agency, day=day).update(ended_at=clock.now(), ended_by=by)
        row = OpenDay.objects.create(agency=agency, day=day, spans=spans, reason=reason.strip(), by=by)
        _journal("open-day", row, Entry.Action.CREATED, by)
        if closed.stretches:
            AFTER_CLOSURE.call(closed)
    return row


def as_usual(*, row: OpenDay, by: User | None) -> tuple[Closed, Spans]:
    """Return what the usual hours of a day would close if they held again, and which these are."""
    before = row.agency.timetable
    after = replace(before, open_days={day: one for day, one in before.open_days.items() if day != row.day})
    gone = lost(before, after, row.day, row.day)
    return Closed(row.agency, gone, row.reason, by), after.spans_on(row.day)


def take_back(*, row: Closure | OpenDay, by: User) -> None:
    """Take a closure or a day's own hours back: the week holds again. What was moved stays moved. Raises NotHead."""
    roles.only_head(row.agency, by)
    closed = as_usual(row=row, by=by)[0] if isinstance(row, OpenDay) else None
    now = clock.now()
    with transaction.atomic():
        if isinstance(row, Closure) and row.starts_at < now:
            row.ends_at = now
        else:
            row.ended_at = now
        row.ended_by = by
        row.save()
        thing = "closure" if isinstance(row, Closure) else "open-day"
        _journal(thing, row, Entry.Action.DELETED, by)
        if closed is not None and closed.stretches:
            AFTER_CLOSURE.call(closed)


def _journal(thing: str, row: Closure | OpenDay, action: str, by: User | None) -> None:
    journal.record(journal.Act(action, thing, row.pk), by=by.pk if by else None)
