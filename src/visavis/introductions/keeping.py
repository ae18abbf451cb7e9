"""What is kept of introductions and hires."""

from visavis.common.keeping import PUBLIC_TASK, Erased, Kept, Rows
from visavis.introductions import telling
from visavis.introductions.models import FollowUp, Hire, Introduction, Step

KEPT = [
    Kept(
        what="introductions, steps, hires, follow-ups",
        until="as the profile",
        why="service; what was said stays proved",
        law=PUBLIC_TASK,
        how="deleted with the file",
        erased=Erased.WITH_ACCOUNT,
        tables=(
            Rows(Introduction, "jobseeker__user"),
            Rows(Step, "introduction__jobseeker__user"),
            Rows(Hire, "introduction__jobseeker__user"),
            Rows(FollowUp, "hire__introduction__jobseeker__user"),
        ),
        forget={"news of introductions that are gone": telling.forget},
    )
]
