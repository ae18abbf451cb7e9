"""Keep what somebody has begun to write, until it is sent or a month is over."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from visavis.common import clock
from visavis.mailboxes.models import Draft, Thread
from visavis.people.models import User

KEPT = dt.timedelta(days=30)


def keep(*, thread: Thread, body: str, by: User) -> Draft | None:
    """Keep one draft a thread and author, the last; nothing written throws it away."""
    with transaction.atomic():
        Draft.objects.filter(thread=thread, author=by).delete()
        if not body.strip():
            return None
        draft = Draft(thread=thread, author=by, body=body, at=clock.now())
        draft.save(force_insert=True)
    return draft


def of(thread: Thread, author: User) -> str:
    """Return what somebody has begun to write, empty when nothing is."""
    draft = Draft.objects.filter(thread=thread, author=author).first()
    if draft is None:
        return ""
    draft.thread = thread
    return str(draft.body)


def over(now: dt.datetime) -> QuerySet[Draft]:
    """Find what was begun a month ago."""
    return Draft.objects.filter(at__lt=now - KEPT)
