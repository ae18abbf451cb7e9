"""Two files of one person become one: the proofs of ended consents go along; of a standing yes she is asked anew."""

from visavis.common.merging import Book
from visavis.consents.models import Consent


def over(book: Book) -> None:
    """Move the proofs of what has ended: a yes given to one file is no yes of the other."""
    for row in Consent.objects.filter(user=book.former, ended_at__isnull=False).order_by("pk"):
        book.put(row, user_id=book.other)
