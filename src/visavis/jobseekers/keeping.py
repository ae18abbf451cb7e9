"""What is kept of a profile."""

from visavis.common.keeping import PUBLIC_TASK, Erased, Kept, Rows
from visavis.jobseekers.models import (
    ApprovedInterest,
    Experience,
    Jobseeker,
    Qualification,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)

ANSWERS = (WantedOccupation, Experience, Qualification, SkillHeld, SpokenLanguageHeld, ApprovedInterest)

KEPT = [
    Kept(
        what="profile",
        until="while the file is open, two years after",
        why="service, then proof",
        law=PUBLIC_TASK,
        how="to come with the case file",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(Jobseeker, "user"), *(Rows(model, "jobseeker__user") for model in ANSWERS)),
    ),
    Kept(
        what="cards being sorted (what a person likes, a little, not)",
        until="in the session of whoever sorts, until sign-out or `VISAVIS_SESSION_HOURS`; in no table",
        why="to draw and choose before anything is kept (`docs/decisions/2026-11-25-card-sort.md`)",
        law=PUBLIC_TASK,
        how="with the session, or at once by “Forget this sorting”",
        erased=Erased.NEVER,
    ),
]
