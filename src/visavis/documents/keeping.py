"""What is past its time: documents, what was taken back, requests that ended."""

import datetime as dt

from django.db.models import F, Q, QuerySet

from visavis.documents import going
from visavis.documents.enums import State
from visavis.documents.models import Document, Expected, Partial

# What was taken back or could not be opened is looked at no more.
SHORTLY = dt.timedelta(days=7)
ENDED = dt.timedelta(days=365)


def over(now: dt.datetime) -> QuerySet[Document]:
    """Find the documents whose day has come, and was told; their files go with the rows, the sweep deletes them."""
    useless = Q(state__in=[State.WITHDRAWN, State.UNSAFE], changed_at__lt=now - SHORTLY)
    told = Q(kind__in=going.BRIEFLY) | Q(told_of=F("until"))
    return Document.objects.filter(useless | (told & Q(until__lt=now.date())))


def requests_over(now: dt.datetime) -> QuerySet[Expected]:
    """Find the requests of a year ago."""
    return Expected.objects.filter(until__lt=now.date() - ENDED)


def partials_over(now: dt.datetime) -> QuerySet[Partial]:
    """Find the files whose next part did not come for a day; the sweep deletes what was there of them."""
    return Partial.objects.filter(until__lte=now)
