"""A meeting of an introduction is a time of hers like any appointment: taken while it is agreed on, and free else.

Called with each step, in its transaction, so that whatever moves an introduction moves the meeting: agreed, another
time, cancelled, ended, taken back.
"""

import datetime as dt
from typing import Any

from visavis.appointments import elsewhere
from visavis.common import clock
from visavis.introductions.enums import State
from visavis.introductions.meetings import USUAL_MINUTES
from visavis.introductions.models import Introduction


def follow(row: Any, step: Any) -> None:
    """Let the meeting stand where its introduction stands. Raises TakenThen: the act is undone."""
    if not isinstance(row, Introduction):
        return
    if row.state == State.INTERVIEW and row.meeting_at is not None and row.meeting_agreed_at is not None:
        meeting = elsewhere.agree(
            person=row.jobseeker.user,
            starts_at=row.meeting_at,
            ends_at=row.meeting_at + dt.timedelta(minutes=row.meeting_minutes or USUAL_MINUTES),
            meeting=row.meeting,
        )
        if row.meeting_id != meeting.pk:
            Introduction.objects.filter(pk=row.pk).update(meeting=meeting)
            row.meeting = meeting
    elif row.meeting is not None and not row.meeting.is_off and row.meeting.starts_at > clock.now():
        elsewhere.call_off(row.meeting)
