"""What is kept of lists, of what people say of them, and of what is learned from answers."""

import datetime as dt

from django.db.models import Q
from django_tasks_db.models import DBTaskResult

from visavis.common import clock
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


def forget_showings() -> int:
    return Showing.objects.filter(at__lt=clock.now() - SHOWINGS).delete()[0]


def forget_runs() -> int:
    ended = Run.objects.filter(state__in=[Run.State.DONE, Run.State.FAILED])
    return ended.filter(asked_at__lt=clock.now() - RUNS).delete()[0]


def forget_tasks() -> int:
    return DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - TASKS).delete()[0]
