"""What a jobseeker says of herself."""

from visavis.jobseekers.models.answers import (
    ApprovedInterest,
    Experience,
    Qualification,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)
from visavis.jobseekers.models.jobseeker import Jobseeker

__all__ = [
    "ApprovedInterest",
    "Experience",
    "Jobseeker",
    "Qualification",
    "SkillHeld",
    "SpokenLanguageHeld",
    "WantedOccupation",
]
