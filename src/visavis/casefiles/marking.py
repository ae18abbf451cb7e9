"""Mark a file with a colour and a day on which to be reminded; it is in the journal, and goes with the file."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from visavis.casefiles.enums import Colour
from visavis.casefiles.models import Mark
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.people.models import User


@dataclass(frozen=True)
class Wanted:
    """What a mark is to say; without a colour and a day it is taken away."""

    colour: Colour | None = None
    remind_on: dt.date | None = None
    words: str = ""


def put(*, person: User, wanted: Wanted, by: User) -> Mark | None:
    """Mark a file, change its mark, or take it away."""
    with transaction.atomic():
        # One after the other: two who mark at once make one mark.
        User.objects.select_for_update().get(pk=person.pk)
        row = Mark.objects.filter(person=person).first()
        if wanted.colour is None and wanted.remind_on is None:
            if row is not None:
                record(Act(Entry.Action.DELETED, "mark", row.pk, person.pk), by=by.pk)
                row.delete()
            return None
        action = Entry.Action.CHANGED if row else Entry.Action.CREATED
        row = row or Mark(person=person)
        row.by, row.at = by, clock.now()
        row.colour, row.words = wanted.colour or "", wanted.words
        row.remind(wanted.remind_on)
        row.save()
        record(Act(action, "mark", row.pk, person.pk), by=by.pk)
    return row
