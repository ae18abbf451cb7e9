"""Whose turn it is: the table of turns.py, row by row."""

import datetime as dt

from visavis.mailboxes.enums import Voice
from visavis.mailboxes.turns import Turn, after

MONDAY = dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC)
TUESDAY = MONDAY + dt.timedelta(days=1)
NOBODY, US, THEM = Turn(), Turn(ours_since=MONDAY), Turn(theirs_since=MONDAY)


def test_who_waits_after_a_message() -> None:
    for before, voice, expects, then in (
        (NOBODY, Voice.THEIRS, False, Turn(ours_since=TUESDAY)), (US, Voice.THEIRS, False, US),
        (THEM, Voice.THEIRS, False, Turn(ours_since=TUESDAY)), (US, Voice.OURS, False, NOBODY),
        (US, Voice.OURS, True, Turn(theirs_since=TUESDAY)), (NOBODY, Voice.OURS, False, NOBODY),
        (THEM, Voice.OURS, True, Turn(theirs_since=TUESDAY)), (US, Voice.NOTE, False, US),
        (THEM, Voice.NOTE, True, THEM), (US, Voice.AUTOMATIC, True, US),
        (NOBODY, Voice.AUTOMATIC, False, NOBODY),
    ):  # fmt: skip
        assert after(before, voice, TUESDAY, expects_answer=expects) == then
