"""What is past its time: minutes that nobody has shared in half a year, notes of two years ago."""

import datetime as dt

from django.db.models import QuerySet

from visavis.casefiles.models import Minutes, Note

KEPT = dt.timedelta(days=183)
NOTES_KEPT = dt.timedelta(days=731)


def unshared(now: dt.datetime) -> QuerySet[Minutes]:
    """Find drafts that were never shared."""
    return Minutes.objects.filter(shared_number=0, saved_at__lt=now - KEPT)


def old_notes(now: dt.datetime) -> QuerySet[Note]:
    """Find notes for colleagues of which nobody needs to know any more."""
    return Note.objects.filter(at__lt=now - NOTES_KEPT)
