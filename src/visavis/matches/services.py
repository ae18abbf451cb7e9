"""Make the lists, keep them fresh, and keep what people say of them."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.inserted import insert
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.matches.bridge import scoring
from visavis.matches.making import freshness
from visavis.matches.models import Match, Opinion, Showing
from visavis.people.models import User
from visavis.vacancies.models import Vacancy


class NotThisReason(Refused):
    """A reason goes with a no, and only with a no."""


# Opinions ----------------------------------------------------------------------------------------


def say(*, jobseeker: Jobseeker, vacancy: Vacancy, kind: str, reason: str = "", by: User) -> Opinion:
    """Keep what she says of a vacancy, in place of what she said before; the act is in the journal."""
    if reason and kind != Opinion.Kind.NOT_FOR_ME:
        raise NotThisReason(_("A reason is only asked when an opening is not for you."))
    with transaction.atomic():
        opinion, _created = Opinion.objects.update_or_create(
            jobseeker=jobseeker,
            vacancy=vacancy,
            defaults={"kind": kind, "reason": reason, "said_by": by, "said_at": clock.now()},
        )
        _note(Entry.Action.CHANGED, jobseeker, vacancy, f"{kind} {reason}".strip(), by)
        transaction.on_commit(partial(freshness.answered, jobseeker.pk), robust=True)
    return opinion


def unsay(*, jobseeker: Jobseeker, vacancy: Vacancy, by: User) -> None:
    """Take back what she said; nothing happens when she had said nothing."""
    with transaction.atomic():
        deleted, _rows = Opinion.objects.filter(jobseeker=jobseeker, vacancy=vacancy).delete()
        if deleted:
            _note(Entry.Action.DELETED, jobseeker, vacancy, "", by)


def _note(action: str, jobseeker: Jobseeker, vacancy: Vacancy, note: str, by: User) -> None:
    act = journal.Act(action, "opinion", vacancy.pk, person_id=jobseeker.user_id, note=note)
    journal.record(act, by=by.pk)


# The log of rankings shown -------------------------------------------------------------------------


def log_showing(
    *,
    page: str,
    matches: Iterable[Match],
    by: User,
    jobseeker: Jobseeker | None = None,
    vacancy: Vacancy | None = None,
) -> None:
    """Write down what list was shown to whom, from what: no list is shown without it."""
    rows = list(matches)
    showing = Showing(
        actor_id=by.pk,
        page=page,
        jobseeker_id=jobseeker.pk if jobseeker else None,
        vacancy_id=vacancy.pk if vacancy else None,
        engine_version=rows[0].engine_version if rows else scoring.BY_EXPERTS.engine_version,
        inputs={
            "jobseeker_version": jobseeker.version if jobseeker else None,
            "vacancy_version": vacancy.version if vacancy else None,
            "edition": rows[0].edition_id if rows else None,
            "made_at": max((row.made_at for row in rows), default=clock.now()).isoformat(),
        },
        shown=[
            [other.pk, row.rank, round(row.score, 4), other.version]
            for row in rows
            for other in [row.vacancy if jobseeker else row.jobseeker]
        ],
    )
    insert(showing)
