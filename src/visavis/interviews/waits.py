"""Who is received before whom, and when one's turn comes: reckoned from a counsellor's day, no database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

# A conversation past its hour is thought to end so soon; nobody is told a minute that is past.
SOON = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One interview of a counsellor's day: its time, whether it runs, and whether the person is there."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    runs: bool = False
    waits: bool = False

    @property
    def length(self) -> dt.timedelta:
        return self.ends_at - self.starts_at


@dataclass(frozen=True, slots=True)
class Wait:
    """What somebody who waits is told: how many are received before her, and when her turn comes."""

    ahead: int
    at: dt.datetime
    minutes: int
    is_later: bool
    """The turn comes after the hour that was agreed."""
    is_alone: bool
    """The hour is past, nobody is before her, and nobody has let her in."""


def wait(mine: Conversation, others: Iterable[Conversation], now: dt.datetime) -> Wait:
    """Reckon a wait: whoever is in the room, or waits with an earlier hour, is before; who has not come is not."""
    running = [one for one in others if one.runs]
    before = [one for one in others if one.waits and not one.runs and one.starts_at < mine.starts_at]
    at = max([now, *(max(one.ends_at, now + SOON) for one in running)])
    for one in sorted(before, key=lambda one: one.starts_at):
        at = max(at, one.starts_at) + one.length
    at = max(at, mine.starts_at)
    minutes = max(0, -(-int((at - now).total_seconds()) // 60))
    ahead = len(running) + len(before)
    is_later = bool(ahead) and at > mine.starts_at
    return Wait(ahead, at, minutes, is_later, is_alone=not ahead and now > mine.starts_at)
