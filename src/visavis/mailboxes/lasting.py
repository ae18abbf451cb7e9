"""Why an account stays that nobody signs in to: she writes or speaks to us by other ways, or waits for our answer."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message, Thread


def said_since(since: dt.datetime) -> Q:
    """Say of a user that she said something since a moment, by whatever way, or that we owe her an answer."""
    hers = Thread.objects.filter(person=OuterRef("pk"))
    said = Message.objects.filter(thread__person=OuterRef("pk"), voice=Voice.THEIRS, at__gte=since)
    return Q(Exists(said)) | Q(Exists(hers.filter(ours_since__isnull=False)))
