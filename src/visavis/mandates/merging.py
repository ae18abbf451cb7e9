"""Two files of one person become one: mandates that are over go along, those that hold open nothing any more."""

from visavis.common.merging import Book
from visavis.mandates.enums import State
from visavis.mandates.models import Mandate


def over(book: Book) -> None:
    """Move the mandates that nobody acts under any more, with what was done under them."""
    living = (State.OFFERED, State.GIVEN)
    for row in Mandate.objects.filter(person=book.former).exclude(state__in=living).order_by("pk"):
        book.put(row, person_id=book.other)
