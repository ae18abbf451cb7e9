"""Why nothing reaches somebody, and whether that is new: reckoned from what is known, without the database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from visavis.unreached.enums import Cause, Outcome

# Closed so, nobody is listed again before she was heard from.
FINAL = frozenset({Outcome.MOVED, Outcome.DECEASED})
# Closed so, there is another way than before: what was tried earlier counts no more.
OTHER_WAY = frozenset({Outcome.NEW_ADDRESS, Outcome.WRONG_NUMBER})


class Fate(Enum):
    """What became of one thing that was to be told."""

    WAITS = "waits"  # nobody has told it, nothing has left
    WENT = "went"  # it left; whether it was read nobody knows
    CAME_BACK = "came-back"  # it surely did not arrive


@dataclass(frozen=True)
class Tried:
    """One thing that was to be told: when, by which channel, and how far it came."""

    at: dt.datetime
    channel: str
    fate: Fate


@dataclass(frozen=True)
class Known:
    """What is known of a person whom nothing has reached since an instant; `tried` is what came after it."""

    since: dt.datetime
    is_looking: bool
    has_a_way: bool
    tried: Sequence[Tried] = ()


@dataclass(frozen=True)
class Closed:
    """How somebody closed it the last time."""

    at: dt.datetime
    outcome: Outcome
    cause: Cause
    channel: str = ""


@dataclass(frozen=True)
class Found:
    """Why nothing got through; the channel where that is what fails."""

    cause: Cause
    channel: str = ""


def begins(last: dt.datetime, closed: Closed | None) -> dt.datetime:
    """Return since when nothing has reached her, who was last reached then: anew once there is another way."""
    return max(last, closed.at) if closed is not None and closed.outcome in OTHER_WAY else last


def why(known: Known) -> Found | None:
    """Return the one cause that holds for sure; None of whom nothing waits and who does not look for work."""
    went = [one for one in known.tried if one.fate is not Fate.WAITS]
    if not known.is_looking and not known.tried:
        return None
    if not known.has_a_way:
        return Found(Cause.NO_WAY)
    if went and all(one.fate is Fate.CAME_BACK for one in went):
        return Found(Cause.FAILED, max(went, key=lambda one: one.at).channel)
    if went:
        return Found(Cause.UNANSWERED) if known.is_looking else None
    return Found(Cause.UNTOLD) if known.tried else Found(Cause.NOTHING)


def is_new(found: Found, known: Known, last: dt.datetime, closed: Closed | None) -> bool:
    """Say whether somebody has to look at it: it was never closed, or there is a reason that was not there then."""
    if closed is None or closed.outcome == Outcome.REACHED or last > closed.at:
        return True
    if closed.outcome in FINAL:
        return False
    # The weeks began anew when there was another way: that they have passed again is the reason.
    if closed.outcome in OTHER_WAY:
        return True
    if found != Found(closed.cause, closed.channel):
        return True
    return any(one.at > closed.at for one in known.tried)
