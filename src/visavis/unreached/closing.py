"""Note what became of it: reached, another address, moved away …, or try again on a day."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.people.models import User
from visavis.unreached.enums import Outcome, Way
from visavis.unreached.looking import THING
from visavis.unreached.models import Attempt, Unreached


class ClosedAlready(Refused):
    """Somebody else has closed it meanwhile, or the person was heard from."""

    words = _("This was closed meanwhile. Below stands by whom and how.")


@dataclass(frozen=True)
class Noted:
    """What somebody noted; `again_on` only where it is tried again."""

    outcome: Outcome
    way: Way | None = None
    words: str = ""
    again_on: dt.date | None = None


def note(*, unreached: Unreached, noted: Noted, form: uuid.UUID, by: User) -> Attempt:
    """Keep what became of it, once a form, with who and when; all but “later” closes it. Raises ClosedAlready."""
    with transaction.atomic():
        # One after the other: of two who close at once the second reads how it was closed.
        row = Unreached.objects.select_for_update().get(pk=unreached.pk)
        there = Attempt.objects.filter(form=form, unreached=row, by=by).first()
        if there is not None:
            return there
        if row.closed_at is not None:
            raise ClosedAlready
        kept = Attempt.objects.create(
            unreached=row,
            outcome=noted.outcome,
            way=noted.way or "",
            words=noted.words,
            again_on=noted.again_on,
            form=form,
            by=by,
        )
        if noted.outcome == Outcome.LATER:
            row.rests_until = noted.again_on
        else:
            row.closed_at, row.outcome, row.rests_until = kept.at, noted.outcome, None
        row.save(update_fields=["closed_at", "outcome", "rests_until"])
        record(Act(Entry.Action.CHANGED, THING, row.pk, row.person_id, note=noted.outcome), by=by.pk)
    return kept
