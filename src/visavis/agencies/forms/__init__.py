"""What the head of an agency fills in, and who comes to work there."""

from visavis.agencies.forms.team import AbsenceForm, HandoverForm, InviteForm, JoinForm, RoleForm
from visavis.agencies.forms.week import WeekForm, minute_of

__all__ = ["AbsenceForm", "HandoverForm", "InviteForm", "JoinForm", "RoleForm", "WeekForm", "minute_of"]
