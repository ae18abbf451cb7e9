"""What is past its time: documents, what was taken back, requests that ended."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator

from cryptography.exceptions import InvalidTag
from django.db.models import F, Q, QuerySet
from django.utils.text import slugify

from visavis.common.keeping import File
from visavis.documents import files, going
from visavis.documents.enums import State
from visavis.documents.models import Document, Expected, Original, Partial

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


def files_of(person: int) -> Iterator[File]:
    """Give the files of a person's documents as they came: those of which pages were drawn, so none that was unsafe."""
    drawn = Document.objects.filter(person=person, pages__isnull=False).values("pk")
    for one in (
        Original.objects.filter(document__in=drawn).select_related("document").order_by("document", "number")
    ):
        title = slugify(one.document.title.rpartition(".")[0] or one.document.title)
        name = f"documents/{one.document_id}-{one.number}-{title}".rstrip("-")
        yield File(name, _read(one.file, person))


def _read(name: uuid.UUID, person: int) -> Callable[[], bytes | None]:
    def read() -> bytes | None:
        try:
            return files.content(name, person=person)
        except (files.Lost, files.Away, InvalidTag):
            return None

    return read
