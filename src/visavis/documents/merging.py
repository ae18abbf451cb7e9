"""Two files of one person become one: files and words of documents rest by the key of whose they are now."""

import uuid
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag

from visavis.common.merging import Book, held_before
from visavis.documents import files, finding
from visavis.documents.models import Document, Original, Page, Word

COLUMNS = ((Original, "file"), (Page, "file"), (Page, "as_taken"))


def by_the_other_key(book: Book) -> None:
    """Keep anew what rests by the former key, under another name: what is there stays until nobody names it."""
    for document in Document.objects.filter(pk__in=book.moved(Document), person=book.other).order_by("pk"):
        for model, column in COLUMNS:
            rows = model._base_manager.filter(document=document, **{f"{column}__isnull": False})
            for row in rows.order_by("pk"):
                _keep_anew(book, row, column)
        _words_anew(document)


def _keep_anew(book: Book, row: Original | Page, column: str) -> None:
    name: uuid.UUID = getattr(row, column)
    try:
        files.content(name, person=book.other)
    except InvalidTag:
        content = files.content(name, person=book.former)
        book.put(row, **{column: files.keep(content, person=book.other)})
    except files.Lost:
        # It was not there before either.
        return


def _words_anew(document: Document) -> None:
    """Mark the words of a document among those of whose it is."""
    rows = Word.objects.filter(document=document)
    if rows.exists():
        pages = Page.objects.filter(document=document, is_read=True).select_related("document")
        rows.delete()
        finding.keep(document, " ".join([document.title, *(page.words for page in pages)]))


def held(names: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of some files a document named before a merge that may still be undone."""
    asked = [str(name) for name in names]
    columns = [f"{model._meta.label}.{column}" for model, column in COLUMNS]
    return {uuid.UUID(one) for column in columns for one in held_before(column, asked)}
