"""Tell people thirty days before that a document of theirs will be deleted; before that was told, none is.

Identity documents are not told of: they are kept for thirty days in all, which stands where they are given.
"""

import datetime as dt
from itertools import groupby

from django.db import transaction
from django.db.models import F, Q, QuerySet

from visavis.common import clock
from visavis.documents import telling
from visavis.documents.enums import Kind, State
from visavis.documents.models import Document

NOTICE = dt.timedelta(days=30)
BRIEFLY = (Kind.IDENTITY,)
PEOPLE_AT_A_TIME = 50


def due() -> QuerySet[Document]:
    """Return the documents that go within thirty days, of which nobody was told yet."""
    untold = Q(told_of__isnull=True) | ~Q(told_of=F("until"))
    rows = Document.objects.exclude(state__in=[State.WITHDRAWN, State.UNSAFE]).exclude(kind__in=BRIEFLY)
    return rows.filter(untold, until__lte=clock.today() + NOTICE)


def tell() -> int:
    """Tell who is due, once a person; a document that would go earlier is kept for thirty days from now."""
    people = list(due().order_by("person").values_list("person", flat=True).distinct()[:PEOPLE_AT_A_TIME])
    rows = due().filter(person__in=people).select_related("person").order_by("person", "until", "pk")
    for _person, some in groupby(rows, key=lambda row: row.person_id):
        _tell(list(some))
    return len(people)


def _tell(rows: list[Document]) -> None:
    least = clock.today() + NOTICE
    with transaction.atomic():
        for row in rows:
            until = max(row.until, least)
            Document.objects.filter(pk=row.pk).update(until=until, told_of=until)
        telling.tell_going(rows[0])
