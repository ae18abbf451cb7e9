"""What is kept of who did and read what."""

import datetime as dt

from visavis.common import clock
from visavis.common.keeping import Erased, Kept, Rows
from visavis.journal.models import Entry

# A little more than the months that the database keeps a row for: it refuses before.
MONTHS = dt.timedelta(days=367)


def forget() -> int:
    return Entry.objects.filter(at__lt=clock.now() - MONTHS).delete()[0]


KEPT = [
    Kept(
        what="journal",
        until="twelve months",
        why="who read and changed what of whom",
        law="GDPR art. 32; CNIL recommendation on logging, 2021",
        how="the database refuses to delete before; the night's run, or `visavis forget`, deletes after",
        erased=Erased.BY_TIME,
        tables=(Rows(Entry, "person_id"),),
        forget={"journal": forget},
    )
]
