"""Agencies, what departs from their week, who is away from them, who is invited, and what is handed over."""

from visavis.agencies.models.agency import Agency
from visavis.agencies.models.handover import Handover, HandoverStep
from visavis.agencies.models.team import Absence, Invitation
from visavis.agencies.models.times import Closure, OpenDay, WeekChange

__all__ = [
    "Absence",
    "Agency",
    "Closure",
    "Handover",
    "HandoverStep",
    "Invitation",
    "OpenDay",
    "WeekChange",
]
