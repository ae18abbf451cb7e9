"""Two files of one person become one: mails as they came rest by the key of whose they are now."""

from visavis.common.merging import Book
from visavis.mailboxes.models import Incoming


def mails(book: Book) -> None:
    """Seal anew the mails of threads that are the other's now."""
    rows = Incoming.objects.filter(sealed_for=book.former, message__thread__person=book.other)
    for row in rows.order_by("pk"):
        anew = Incoming(pk=row.pk)
        anew.seal(row.raw(), person=book.other)
        book.put(row, sealed=anew.sealed, sealed_for=anew.sealed_for)
