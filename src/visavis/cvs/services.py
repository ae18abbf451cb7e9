"""Keep what was read of a CV, put what is ticked into the profile, take it back."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from visavis.common import clock
from visavis.cvs.models import CvReading
from visavis.cvs.reading.document import Document
from visavis.cvs.recognising import recognised
from visavis.jobseekers import merging
from visavis.jobseekers.merging import Added, Additions
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.services import locked
from visavis.journal import services as journal
from visavis.journal.services import Act
from visavis.people.models import User

MOST_LEFT = 200
MOST_READINGS = 10


def keep(*, jobseeker: Jobseeker, document: Document, by: User) -> CvReading:
    """Understand a CV and keep that for thirty days. The profile is not touched.

    The oldest readings beyond ten, and those whose time is over, are deleted on the way.
    """
    understood, facts = recognised(document, jobseeker.user.name)
    left = [[line.page, line.number, line.text[:300]] for line in understood.left[:MOST_LEFT]]
    with transaction.atomic():
        kept = locked(jobseeker)
        CvReading.objects.over(clock.now()).delete()
        reading = CvReading.objects.create(
            jobseeker=kept,
            by=by,
            kind=document.kind,
            pages=document.pages,
            pages_read=document.pages_read,
            facts=facts,
            left=left,
            left_out=understood.left_out,
        )
        older = CvReading.objects.filter(jobseeker=kept).values_list("pk", flat=True)[MOST_READINGS:]
        CvReading.objects.filter(pk__in=list(older)).delete()
        journal.record(Act("created", "cv", reading.pk, person_id=kept.user_id), by=by.pk)
    return reading


def put(*, reading: CvReading, additions: Additions, by: User) -> Added:
    """Put what was ticked into the profile. Sent twice, or from two tabs, nothing is doubled or lost."""
    with transaction.atomic():
        kept = (
            CvReading.objects.select_for_update(of=("self",))
            .select_related("jobseeker__user")
            .get(pk=reading.pk)
        )
        added = merging.add(jobseeker=kept.jobseeker, additions=additions, by=by)
        kept.added = together(kept.added, added.plain())
        kept.added_at = clock.now()
        kept.save(update_fields=["added", "added_at"])
    reading.added, reading.added_at = kept.added, kept.added_at
    return added


def together(before: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
    """Add up what two saves of one reading put into the profile."""
    return {name: (before[name] + now[name] if before.get(name) else now[name]) for name in now}


def take_back(*, reading: CvReading, by: User) -> None:
    """Take away from the profile what this reading put there; it waits to be checked again."""
    with transaction.atomic():
        kept = (
            CvReading.objects.select_for_update(of=("self",))
            .select_related("jobseeker__user")
            .get(pk=reading.pk)
        )
        if kept.added:
            merging.take_back(jobseeker=kept.jobseeker, added=Added(**kept.added), by=by)
        kept.added, kept.added_at = {}, None
        kept.save(update_fields=["added", "added_at"])


def discard(*, reading: CvReading, by: User) -> None:
    """Delete a reading; what it put into the profile stays there."""
    with transaction.atomic():
        person, number = reading.jobseeker.user_id, reading.pk
        reading.delete()
        journal.record(Act("deleted", "cv", number, person_id=person), by=by.pk)


def over(now: dt.datetime) -> QuerySet[CvReading]:
    """Find the readings whose time is over."""
    return CvReading.objects.over(now)
