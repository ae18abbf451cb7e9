"""What is deleted when its time is over: docs/operations.md, retention."""

import datetime as dt

from django.contrib.sessions.models import Session

from visavis.common import clock
from visavis.common.forgetting import ALSO
from visavis.journal.models import Entry
from visavis.matches.models import Run, Showing

# A little more than the months that the database keeps a row for: it refuses before.
JOURNAL = dt.timedelta(days=367)
SHOWINGS = dt.timedelta(days=367)
RUNS = dt.timedelta(days=31)


def forget() -> dict[str, int]:
    """Delete what is past its time; return how many rows of each. Safe to run at any moment, and again."""
    now = clock.now()
    old = {
        "journal": Entry.objects.filter(at__lt=now - JOURNAL),
        "showings": Showing.objects.filter(at__lt=now - SHOWINGS),
        "runs": Run.objects.filter(asked_at__lt=now - RUNS, state__in=[Run.State.DONE, Run.State.FAILED]),
        "sessions": Session.objects.filter(expire_date__lt=now),
    }
    done = {name: rows.delete()[0] for name, rows in old.items()}
    return done | {name: delete() for name, delete in ALSO.items()}
