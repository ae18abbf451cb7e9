"""What changes is ranked at once, in the request that changed it, where that is quick; else by a worker.

The vacancies and the people are laid out in the process (`sides.py`). While they are not, because there
are too many to be read before somebody gets impatient, a run is asked for as ever, and they are laid out
beside for the next time.
"""

import logging
from collections.abc import Callable

from django.db.models import Max

from visavis.common.listeners import Listeners
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import large, sides
from visavis.matches.bridge.sides import PEOPLE, WORK
from visavis.matches.making import ranking
from visavis.matches.models import Match

log = logging.getLogger(__name__)

# How to ask a worker: the services put their doors here, because they import this module.
ASK_FOR_JOBSEEKER = Listeners[int]()
ASK_FOR_VACANCY = Listeners[int]()


def jobseeker_changed(jobseeker_id: int) -> None:
    """Make her list anew, unless it is already of her latest answers."""
    if not is_fresh(jobseeker_id):
        _at_once(
            lambda: ranking.rank_jobseekers([jobseeker_id]),
            jobseeker_id,
            ASK_FOR_JOBSEEKER,
            needs_people=False,
        )


def vacancy_changed(vacancy_id: int) -> None:
    """Make a vacancy's list anew, and put the vacancy in the lists of those it suits."""
    _at_once(lambda: ranking.rank_vacancies([vacancy_id]), vacancy_id, ASK_FOR_VACANCY, needs_people=True)


def answered(jobseeker_id: int) -> None:
    """Fill up her list when few openings are left to answer."""
    if WORK.is_quick():
        ranking.serve_more([jobseeker_id])


def is_fresh(jobseeker_id: int) -> bool:
    """Say whether her list was made after her last change: several changes of one act are one list."""
    changed = Jobseeker.objects.filter(pk=jobseeker_id).values_list("changed_at", flat=True).first()
    mine = Match.objects.filter(jobseeker=jobseeker_id, side=Match.Side.JOBSEEKER)
    made = mine.aggregate(made=Max("made_at"))["made"]
    return made is not None and changed is not None and made > changed


def _at_once(make: Callable[[], object], number: int, ask: Listeners[int], *, needs_people: bool) -> None:
    """Do it now if it is quick, else ask a worker; a failure is told to the log and asked of a worker."""
    if WORK.is_quick() and (not needs_people or PEOPLE.is_quick()):
        try:
            make()
        except Exception:
            log.exception("a list could not be made at once; a worker is asked")
        else:
            return
    else:
        _lay_out_beside()
    ask.call_now(number)


def _lay_out_beside() -> None:
    """Lay both sides out in a thread, for the next time."""
    large.beside(_lay_out)


def _lay_out() -> None:
    for side in (sides.WORK, sides.PEOPLE):
        side.ready()
