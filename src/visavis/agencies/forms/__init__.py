"""What the head of an agency fills in, and who comes to work there."""

from visavis.agencies.forms.door import DoorForm
from visavis.agencies.forms.repeats import FORMS, RepeatForm
from visavis.agencies.forms.team import AbsenceForm, HandoverForm, InviteForm, JoinForm, RoleForm
from visavis.agencies.forms.times import ClosureForm, OpenDayForm
from visavis.agencies.forms.week import WeekForm, minute_of

__all__ = [
    "FORMS",
    "AbsenceForm",
    "ClosureForm",
    "DoorForm",
    "HandoverForm",
    "InviteForm",
    "JoinForm",
    "OpenDayForm",
    "RepeatForm",
    "RoleForm",
    "WeekForm",
    "minute_of",
]
