"""The tables of the case file."""

from visavis.casefiles.models.ending import Ending, EndingStep
from visavis.casefiles.models.mark import Mark
from visavis.casefiles.models.minutes import Minutes, MinutesVersion
from visavis.casefiles.models.note import Note
from visavis.casefiles.models.plan import Plan, PlanItem, PlanStep

__all__ = [
    "Ending",
    "EndingStep",
    "Mark",
    "Minutes",
    "MinutesVersion",
    "Note",
    "Plan",
    "PlanItem",
    "PlanStep",
]
