"""What a side can do now: the table's acts, without those that would make no sense here."""

from visavis.common import clock
from visavis.introductions import meetings, permissions
from visavis.introductions.enums import Act, Side, State
from visavis.introductions.models import Introduction
from visavis.introductions.steps import IN_A_DELAY
from visavis.introductions.stories import Situation, hire_of, situation_of
from visavis.introductions.table import TABLE
from visavis.people.models import User

# The yes first, the no last.
ORDER = (
    Act.SECOND,
    Act.CONFIRM, Act.ACCEPT, Act.AGREE, Act.TAKE_TIME, Act.OTHER_TIME, Act.SET_TIME, Act.CANCEL, Act.DECLARE,
    Act.DISPUTE, Act.DECLINE, Act.REFUSE, Act.NOT_HIRE, Act.WITHDRAW,
)  # fmt: skip
# What ends it is never open before it is asked for.
NOES = frozenset({Act.DECLINE, Act.REFUSE, Act.NOT_HIRE, Act.WITHDRAW})
# Said in one tap; the others ask something first.
ONE_TAP = frozenset({Act.SECOND, Act.CONFIRM, Act.ACCEPT, Act.AGREE, Act.TAKE_TIME, Act.DISPUTE, Act.UNDO})


def offered(row: Introduction, side: Side, by: User) -> list[Act]:
    """Return what a side can do now, in the order of the page."""
    may = set(TABLE.acts_of(side, State(row.state)))
    order = sorted(ORDER, key=lambda act: act != Act.DECLARE) if _have_met(row) else ORDER
    return [act for act in order if act in may and _makes_sense(row, act, side, by)]


def _have_met(row: Introduction) -> bool:
    """Say whether the time to meet has passed: how it went is asked first, another time after it."""
    return row.meeting_at is not None and row.meeting_at <= clock.now()


def is_one_tap(row: Introduction, side: Side, act: Act) -> bool:
    """Say whether an act asks nothing: of several times one is chosen first, and an employer says where to come."""
    if act == Act.TAKE_TIME:
        return len(row.times_left()) < 2 and not meetings.asked_of_taker(row, side)
    return act in ONE_TAP


def _makes_sense(row: Introduction, act: Act, side: Side, by: User) -> bool:
    if row.delayed_since is not None:
        return act in IN_A_DELAY and (act != Act.SECOND or permissions.may_second(by, row))
    if act == Act.SECOND or (act == Act.REFUSE and row.state == State.AGREED):
        return False
    if act in (Act.DECLARE, Act.CONFIRM, Act.DISPUTE):
        return _of_a_hire(row, act, side, by)
    if act in (Act.TAKE_TIME, Act.OTHER_TIME):
        return row.meeting_by != side and bool(row.times_left())
    if act == Act.CANCEL:
        return row.meeting_at is not None and row.meeting_at > clock.now()
    if act == Act.WITHDRAW:
        # After a meeting one says how it went; before, one takes back what one wished.
        return row.origin == side if row.state == State.PROPOSED else row.state != State.INTERVIEW
    if act == Act.NOT_HIRE and side == Side.JOBSEEKER:
        return row.state == State.INTERVIEW
    return not (act == Act.SET_TIME and _is_hire_said(row))


def _of_a_hire(row: Introduction, act: Act, side: Side, by: User) -> bool:
    hire = hire_of(row)
    is_pending = hire is not None and hire.is_pending
    if act == Act.DECLARE:
        return not is_pending
    if hire is None or not is_pending or hire.declared_side == side:
        return False
    return act == Act.DISPUTE or hire.declared_by_id != by.pk


def _is_hire_said(row: Introduction) -> bool:
    return situation_of(row) in (
        Situation.HIRE_OF_JOBSEEKER,
        Situation.HIRE_OF_EMPLOYER,
        Situation.HIRE_OF_COUNSELLOR,
    )
