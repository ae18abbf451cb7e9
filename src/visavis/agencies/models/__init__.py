"""Agencies, who is away from them, who is invited, and what is handed over."""

from visavis.agencies.models.agency import Agency
from visavis.agencies.models.handover import Handover, HandoverStep
from visavis.agencies.models.team import Absence, Invitation

__all__ = ["Absence", "Agency", "Handover", "HandoverStep", "Invitation"]
