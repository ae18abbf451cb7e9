"""Ask for lists to be made, make them, and start again what was left: a run is a row, claimed in one statement."""

import datetime as dt
import logging
from typing import Any

from django.db.models import F, Q

from visavis.common import clock
from visavis.common.listeners import Listeners
from visavis.jobseekers import services as jobseekers
from visavis.matches.bridge import scoring
from visavis.matches.ideal import fairness as ideal_fairness
from visavis.matches.ideal import making as ideal
from visavis.matches.making import learning, ranking
from visavis.matches.models import Run
from visavis.traces import counting

log = logging.getLogger(__name__)

# A run that has not moved for this long belongs to a worker that died.
STUCK_AFTER = dt.timedelta(minutes=30)
NIGHTLY_FROM_HOUR = 3
# So often a run is begun before it is given up, and so often a night is asked for when it failed, after a while.
MOST_TRIES, MOST_NIGHTS = 3, 3
AGAIN_AFTER = dt.timedelta(minutes=10)

# How to start a run: the tasks module puts its door here, because it imports this one.
START = Listeners[int]()


# Asking ------------------------------------------------------------------------------------------


def ask_for_jobseeker(jobseeker_id: int) -> Run:
    """Have her list made anew, once, after the present transaction."""
    return _ask(Run.Scope.JOBSEEKER, jobseeker_id=jobseeker_id)


def ask_for_vacancy(vacancy_id: int) -> Run:
    """Have a vacancy's list made anew, once, after the present transaction."""
    return _ask(Run.Scope.VACANCY, vacancy_id=vacancy_id)


def ask_for_everybody() -> Run:
    """Have every list made anew."""
    return _ask(Run.Scope.EVERYBODY)


def _ask(scope: Run.Scope, **about: int) -> Run:
    where: dict[str, Any] = {"jobseeker_id": None, "vacancy_id": None, **about}
    run, _created = Run.objects.get_or_create(state=Run.State.DUE, scope=scope, **where)
    START.call(run.pk)
    return run


def sweep() -> int:
    """Start again what is due or stuck, ask for the night's run once a night; return how many were started.

    The rows are the truth: a worker killed in the middle loses nothing but time.
    """
    before = clock.now() - STUCK_AFTER
    is_still = Q(moved_at__lt=before) | Q(moved_at__isnull=True, started_at__lt=before)
    stuck = Run.objects.filter(is_still, state=Run.State.RUNNING)
    for run in stuck:
        _again(run)
    if night_run_is_due():
        ask_for_everybody()
    due = list(Run.objects.filter(state=Run.State.DUE).values_list("pk", flat=True))
    for run_id in due:
        START.call_now(run_id)
    return len(due)


def _again(run: Run) -> None:
    """Put a stuck run back, unless the same is already due, or it was begun too often."""
    same = Q(scope=run.scope, jobseeker=run.jobseeker_id, vacancy=run.vacancy_id)
    if run.tries < MOST_TRIES and not Run.objects.filter(same, state=Run.State.DUE).exists():
        run.state = Run.State.DUE
    else:
        run.state, run.ended_at = Run.State.FAILED, clock.now()
    run.save(update_fields=["state", "ended_at"])


def night_run_is_due() -> bool:
    """Say whether the night has come and nobody has asked for its run, or it failed and is worth another try."""
    local = clock.local()
    if local.hour < NIGHTLY_FROM_HOUR:
        return False
    since = local.replace(hour=NIGHTLY_FROM_HOUR, minute=0, second=0, microsecond=0)
    runs = Run.objects.filter(scope=Run.Scope.EVERYBODY, asked_at__gte=since).order_by("-pk")
    last = runs.first()
    if last is None:
        return True
    failed = runs.filter(state=Run.State.FAILED).count()
    has_waited = (last.ended_at or last.asked_at) <= clock.now() - AGAIN_AFTER
    return last.state == Run.State.FAILED and has_waited and failed < MOST_NIGHTS


# Making ------------------------------------------------------------------------------------------


def work_on(run_id: int) -> None:
    """Do one run, whoever else tries: the row is claimed in one statement. Safe to call twice."""
    claimed = Run.objects.filter(pk=run_id, state=Run.State.DUE).update(
        state=Run.State.RUNNING,
        tries=F("tries") + 1,
        started_at=clock.now(),
        moved_at=clock.now(),
        engine_version=scoring.BY_EXPERTS.engine_version,
    )
    if not claimed:
        return
    run = Run.objects.get(pk=run_id)
    try:
        _make(run)
    except Exception:
        Run.objects.filter(pk=run_id).update(state=Run.State.FAILED, ended_at=clock.now())
        log.exception("run %s failed", run_id)
        raise
    Run.objects.filter(pk=run_id).update(state=Run.State.DONE, ended_at=clock.now())


def _make(run: Run) -> None:
    def report(done: int, total: int) -> None:
        Run.objects.filter(pk=run.pk).update(done=done, total=total, moved_at=clock.now())

    if run.scope == Run.Scope.EVERYBODY:
        # A job still held has grown since yesterday.
        jobseekers.recount_months()
        counting.by_night()
        ideal.remake()
        learning.learn_by_night(run)
        ranking.rank_everybody(report)
        ideal_fairness.measure_all()
    elif run.jobseeker_id:
        ranking.rank_jobseekers([run.jobseeker_id], report)
    elif run.vacancy_id:
        ranking.rank_vacancies([run.vacancy_id], report)
