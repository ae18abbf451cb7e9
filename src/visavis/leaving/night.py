"""What is past its time goes, and the journal says how many rows of what: by night, or by `visavis forget`."""

from collections.abc import Iterator

from visavis.common import keeping
from visavis.common.keeping import Forgotten
from visavis.journal.models import Entry
from visavis.journal.services import Act, record


def forgetting() -> Iterator[Forgotten]:
    """Delete what is past its time, some rows at once; each some is counted in the journal."""
    for some in keeping.forgetting():
        if some.rows:
            record(Act(Entry.Action.DELETED, "retention", some.word, note=str(some.rows)), by=None)
        yield some
