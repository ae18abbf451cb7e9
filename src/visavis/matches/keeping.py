"""What is kept of lists, of what people say of them, and of what is learned from answers."""

import datetime as dt

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from visavis.common import clock
from visavis.common.keeping import NOBODY, PUBLIC_TASK, Erased, Kept, Rows
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import (
    Correction,
    Edition,
    FamilyProfile,
    Ground,
    IdealProfile,
    LineAudit,
    Match,
    MatchList,
    Opinion,
    Price,
    Run,
    ScoreModel,
    Showing,
)

# A little more than the months that the database keeps a row for: it refuses before.
SHOWINGS = dt.timedelta(days=367)
RUNS = dt.timedelta(days=31)
# What became of a job: long enough to see why one failed.
TASKS = dt.timedelta(days=7)
# Bytes that say what the places of a list and the profile say in words.
PACKED = frozenset({"packed", "told", "facts", "holders"})


def showings_of(user_id: int) -> Q:
    """Find the lists of a person that were shown, by the number that the log keeps."""
    return Q(jobseeker_id__in=Jobseeker.objects.filter(user=user_id).values("pk"))


def forget_showings() -> int:
    return Showing.objects.filter(at__lt=clock.now() - SHOWINGS).delete()[0]


def forget_runs() -> int:
    ended = Run.objects.filter(state__in=[Run.State.DONE, Run.State.FAILED])
    return ended.filter(asked_at__lt=clock.now() - RUNS).delete()[0]


def forget_tasks() -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - TASKS).delete()[0]


KEPT = [
    Kept(
        what="opinions",
        until="while the file is open, two years after",
        why="service, then proof",
        law=PUBLIC_TASK,
        how="deleted with the file",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(Opinion, "jobseeker__user"),),
    ),
    Kept(
        what="lists, prices of a night",
        until="until the next night's",
        why="service",
        law=PUBLIC_TASK,
        how="served together from one instant, then deleted by the run; one person's list also by each change",
        erased=Erased.WITH_ACCOUNT,
        tables=(
            Rows(Match, "jobseeker__user", secret=PACKED),
            Rows(MatchList, "jobseeker__user", secret=PACKED),
            Rows(Edition),
            Rows(Ground),
            Rows(Price),
        ),
    ),
    Kept(
        what="runs of the lists",
        until="a month",
        why="to see what went wrong",
        law=PUBLIC_TASK,
        how="the night's run, or `visavis forget`",
        erased=Erased.WITH_ACCOUNT,
        tables=(Rows(Run, "jobseeker__user"),),
        forget={"runs": forget_runs},
    ),
    Kept(
        what="what became of jobs",
        until="a week",
        why="to see what went wrong",
        law=NOBODY,
        how="the night's run, or `visavis forget`",
        erased=Erased.NEVER,
        tables=(Rows(DBTaskResult),),
        forget={"tasks": forget_tasks},
    ),
    Kept(
        what="rankings shown",
        until="twelve months",
        why="to read again what was shown to whom",
        law="AI Act, art. 12 and 26(6): six months at least",
        how="the database refuses to delete before six; the night's run, or `visavis forget`, deletes after twelve",
        erased=Erased.BY_TIME,
        tables=(Rows(Showing, showings_of),),
        forget={"showings": forget_showings},
    ),
    Kept(
        what="corrections of ideal profiles",
        until="as long as the service",
        why="a correction has its author and its reason",
        law=PUBLIC_TASK,
        how="never deleted; the author is forgotten with his account",
        erased=Erased.FORGETS_AUTHOR,
        tables=(Rows(Correction, "by"),),
    ),
    Kept(
        what="ideal profiles, what families of occupations say",
        until="as long as the service",
        why="versions hold counts of ten people or more, no person",
        law=NOBODY,
        how="never deleted",
        erased=Erased.NEVER,
        tables=(Rows(IdealProfile), Rows(FamilyProfile)),
    ),
    Kept(
        what="what lines of profiles do to groups",
        until="until measured anew",
        why="groups of ten people or more, nobody’s group; the file of groups is read and not kept",
        law=NOBODY,
        how="replaced by the next measure: weekly by place, by `visavis audit_profiles FILE` for others",
        erased=Erased.NEVER,
        tables=(Rows(LineAudit),),
    ),
    Kept(
        what="what the score learned",
        until="as long as the service",
        why="versions hold weights and counts of at least 200 answers of one side, no person",
        law=NOBODY,
        how="never deleted",
        erased=Erased.NEVER,
        tables=(Rows(ScoreModel),),
    ),
]
