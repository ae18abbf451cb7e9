"""A person's list is made anew in the request that changed her answers; what a vacancy changes, by a worker.

The vacancies are laid out in the process (`in_memory.py`). While they are not, a worker is asked for her list as well.
"""

import logging
from contextlib import suppress

from django.db.models import Max

from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge.in_memory import NotLaidOut
from visavis.matches.making import ranking, runs
from visavis.matches.models import Match

log = logging.getLogger(__name__)


def jobseeker_changed(jobseeker_id: int) -> None:
    """Make her list anew, unless it is already of her latest answers."""
    if is_fresh(jobseeker_id):
        return
    try:
        ranking.rank_jobseekers([jobseeker_id])
    except Exception as error:
        if not isinstance(error, NotLaidOut):
            log.exception("a list could not be made at once; a worker is asked")
        runs.ask_for_jobseeker(jobseeker_id)


def answered(jobseeker_id: int) -> None:
    """Fill up her list when few openings are left to answer.

    While the vacancies are being laid out her list stays: her next answer or the night fills it up. A worker
    would make it anew, and what she put aside a moment ago would stand last when she takes that back.
    """
    with suppress(NotLaidOut):
        ranking.serve_more([jobseeker_id])


def is_fresh(jobseeker_id: int) -> bool:
    """Say whether her list was made after her last change: several changes of one act are one list."""
    changed = Jobseeker.objects.filter(pk=jobseeker_id).values_list("changed_at", flat=True).first()
    mine = Match.objects.filter(jobseeker=jobseeker_id, side=Match.Whose.JOBSEEKER)
    made = mine.aggregate(made=Max("made_at"))["made"]
    return made is not None and changed is not None and made > changed
