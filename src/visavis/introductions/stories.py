"""Where an introduction stands, as both sides read it: one situation, whose turn it is, until when.

Everything is derived from the row, so that nobody is told another story than the other side.
"""

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import prefetch_related_objects
from django.utils import timezone

from visavis.common import clock
from visavis.introductions import limits
from visavis.introductions.enums import BOTH_SAID_YES, Side, State
from visavis.introductions.models import Hire, Introduction

J, E, C = Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR


class Situation(StrEnum):
    """A state, told apart by whose word is awaited."""

    PROPOSED = "proposed"
    ASKED = "asked"
    WANTED = "wanted"
    PUT = "put"
    AGREED = "agreed"
    DELAYED = "delayed"
    TIME_OF_JOBSEEKER = "time-of-jobseeker"
    TIME_OF_EMPLOYER = "time-of-employer"
    TIME_PASSED = "time-passed"
    OTHER_OF_JOBSEEKER = "other-of-jobseeker"
    OTHER_OF_EMPLOYER = "other-of-employer"
    MEETING_OFF = "meeting-off"
    TO_MEET = "to-meet"
    MET = "met"
    HIRE_OF_JOBSEEKER = "hire-of-jobseeker"
    HIRE_OF_EMPLOYER = "hire-of-employer"
    HIRE_OF_COUNSELLOR = "hire-of-counsellor"
    DISPUTED = "disputed"
    HIRED = "hired"
    LEFT = "left"
    NOT_HIRED = "not-hired"
    DECLINED_BY_JOBSEEKER = "declined-by-jobseeker"
    DECLINED_BY_EMPLOYER = "declined-by-employer"
    EXPIRED = "expired"
    WITHDRAWN_BY_JOBSEEKER = "withdrawn-by-jobseeker"
    WITHDRAWN_BY_EMPLOYER = "withdrawn-by-employer"
    WITHDRAWN_BY_COUNSELLOR = "withdrawn-by-counsellor"
    CLOSED = "withdrawn-by-service"


S = Situation

# Whose word is awaited; where two are named, either goes on. What is not here waits for nobody.
TURNS: dict[Situation, frozenset[Side]] = {
    S.PROPOSED: frozenset({J}),
    S.ASKED: frozenset({J}),
    S.PUT: frozenset({E}),
    S.AGREED: frozenset({J, E}),
    S.DELAYED: frozenset({J, E}),
    S.TIME_OF_JOBSEEKER: frozenset({E}),
    S.TIME_OF_EMPLOYER: frozenset({J}),
    S.TIME_PASSED: frozenset({J, E}),
    S.OTHER_OF_JOBSEEKER: frozenset({E}),
    S.OTHER_OF_EMPLOYER: frozenset({J}),
    S.MEETING_OFF: frozenset({J, E}),
    S.MET: frozenset({J, E}),
    S.HIRE_OF_JOBSEEKER: frozenset({E}),
    S.HIRE_OF_EMPLOYER: frozenset({J}),
    S.HIRE_OF_COUNSELLOR: frozenset({J, E}),
    S.DISPUTED: frozenset({C}),
}


class Group(StrEnum):
    """Where a reader finds it in a list."""

    YOUR_TURN = "your-turn"
    WAITING = "waiting"
    TO_MEET = "to-meet"
    ENDED = "ended"


def situation_of(row: Introduction) -> Situation:
    """Return where an introduction stands now."""
    if row.state in BOTH_SAID_YES:
        return _between_two(row)
    if row.state in (State.DECLINED, State.WITHDRAWN):
        return Situation(f"{row.state}-by-{row.closed_by}")
    if row.state == State.PROPOSED and row.origin == E:
        return S.ASKED
    return S.LEFT if has_left(row) else Situation(row.state)


def _between_two(row: Introduction) -> Situation:
    """Tell apart what follows both yes: a hire that is said, a time, nothing yet."""
    if row.delayed_since is not None:
        return S.DELAYED
    hire = hire_of(row)
    if hire is not None and hire.is_pending:
        return Situation(f"hire-of-{hire.declared_side}")
    # What was done after the hire was disputed says more than the dispute.
    if hire is not None and hire.disputed_at is not None and hire.disputed_at >= row.changed_at:
        return S.DISPUTED
    if row.meeting_at is None:
        return _without_a_time(row)
    has_passed = not row.times_left()
    if row.state == State.INTERVIEW:
        return S.MET if has_passed else S.TO_MEET
    if has_passed:
        return S.TIME_PASSED
    return S.TIME_OF_JOBSEEKER if row.meeting_by == J else S.TIME_OF_EMPLOYER


def _without_a_time(row: Introduction) -> Situation:
    """Tell apart what follows both yes where no time stands: a meeting was cancelled, another time is asked for."""
    if row.meeting_off:
        return S.MEETING_OFF
    if row.meeting_wish:
        return S.OTHER_OF_JOBSEEKER if row.meeting_by == J else S.OTHER_OF_EMPLOYER
    return S.AGREED


def hire_of(row: Introduction) -> Hire | None:
    """Return the hire said of an introduction, if any."""
    found: Hire | None = getattr(row, "hire", None)
    return found


def has_left(row: Introduction) -> bool:
    """Say whether somebody who was hired is known to be gone."""
    hire = hire_of(row) if row.state == State.HIRED else None
    return hire is not None and any(question.is_gone for question in hire.follow_ups.all())


def with_what_followed(rows: Iterable[Introduction]) -> list[Introduction]:
    """Fetch at once for a list whether the people hired are still there."""
    found = list(rows)
    hires = [hire for row in found if row.state == State.HIRED and (hire := hire_of(row))]
    prefetch_related_objects(hires, "follow_ups")
    return found


def turn_of(situation: Situation) -> frozenset[Side]:
    """Return whose word is awaited."""
    return TURNS.get(situation, frozenset())


def until(row: Introduction) -> dt.date | None:
    """Return the day after which silence ends it, as the sweep counts it."""
    if row.state == State.PROPOSED:
        return row.answer_by
    if row.state == State.WANTED:
        return _day(row.jobseeker_yes_at, limits.EMPLOYER_SILENCE)
    if row.state == State.PUT:
        return _day(row.put_at, limits.EMPLOYER_SILENCE)
    if row.delayed_since is not None:
        return _day(max(row.delayed_since, clock.now() - limits.DELAY), limits.DELAY)
    if row.state in BOTH_SAID_YES:
        return _day(max(filter(None, (row.changed_at, row.meeting_at))), limits.NO_NEWS)
    return None


def _day(since: dt.datetime | None, silence: dt.timedelta) -> dt.date | None:
    return timezone.localdate(since + silence) if since is not None else None


def group_of(situation: Situation, is_open: bool, reader: Side) -> Group:
    """Say where a reader finds it in a list."""
    if not is_open:
        return Group.ENDED
    if situation == S.TO_MEET:
        return Group.TO_MEET
    return Group.YOUR_TURN if reader in turn_of(situation) else Group.WAITING
