"""What is kept of lists, of what people say of them, and of what is learned from answers."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult

from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Run, Showing

# A little more than the months that the database keeps a row for: it refuses before.
SHOWINGS = dt.timedelta(days=367)
RUNS = dt.timedelta(days=31)
# What became of a job: long enough to see why one failed.
TASKS = dt.timedelta(days=7)


def showings_of(user_id: int) -> Q:
    """Find the lists of a person that were shown, by the number that the log keeps."""
    return Q(jobseeker_id__in=Jobseeker.objects.filter(user=user_id).values("pk"))


def showings(now: dt.datetime) -> QuerySet[Showing]:
    """Find the rankings shown that no law keeps any more."""
    return Showing.objects.filter(at__lt=now - SHOWINGS)


def runs(now: dt.datetime) -> QuerySet[Run]:
    """Find the runs that ended a month ago."""
    ended = Run.objects.filter(state__in=[Run.State.DONE, Run.State.FAILED])
    return ended.filter(asked_at__lt=now - RUNS)


def tasks(now: dt.datetime) -> "QuerySet[DBTaskResult[..., Any]]":
    """Find what became of the jobs of more than a week ago."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=now - TASKS)
