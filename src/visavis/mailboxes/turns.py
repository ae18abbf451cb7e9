"""Whose turn it is in a thread: pure rules, as a table that a test reads.

| what happens | waiting for us since | waiting for the person since |
|---|---|---|
| she writes | unchanged when she waits already, else now | nothing |
| we write, and expect an answer | nothing | now |
| we write, and expect none | nothing | nothing |
| a note, an automatic message | unchanged | unchanged |
| we say that it is done | nothing | nothing |

The rule of the first row is that of NAV's veilarbdialog: who writes three times has waited since the first.
"""

import datetime as dt
from dataclasses import dataclass

from visavis.mailboxes.enums import Voice


@dataclass(frozen=True)
class Turn:
    """Since when the service lets the person wait, and since when the person lets the service wait."""

    ours_since: dt.datetime | None = None
    theirs_since: dt.datetime | None = None


def after(turn: Turn, voice: Voice, at: dt.datetime, *, expects_answer: bool = False) -> Turn:
    """Return whose turn it is once a message of one side is there."""
    if voice == Voice.THEIRS:
        return Turn(ours_since=turn.ours_since or at)
    if voice == Voice.OURS:
        return Turn(theirs_since=at if expects_answer else None)
    return turn
