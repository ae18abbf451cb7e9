"""Find documents by whole words of their pages, though they rest sealed (`vault/words.py`).

Marks are keyed for each person, so that no word of hers is known again as a word of somebody else's.
"""

from itertools import batched

from django.db import transaction
from django.db.models import Q, QuerySet

from visavis.common.progress import Report
from visavis.documents.enums import State
from visavis.documents.models import Document, Page, Word
from visavis.people.acting import people_of
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.vault import words as vault

# Of so many people at once the marks are asked.
PEOPLE_AT_ONCE, MOST_PEOPLE, MOST_FOUND = 400, 5_000, 50
OPEN = (State.TO_CHECK, State.CHECKED, State.REFUSED)


def among(person_id: int) -> str:
    """Return the name of the collection: marks of one person say nothing of another's."""
    return f"documents-{person_id}"


def keep(document: Document, text: str) -> None:
    """Keep the words of a text, so that its document is found by them."""
    marks = vault.marks(text, among=among(document.person_id))
    Word.objects.bulk_create([Word(document=document, mark=mark) for mark in marks], ignore_conflicts=True)


def forget(document: Document) -> None:
    """Forget the words of a document: it is found by none, and none is kept."""
    Word.objects.filter(document=document).delete()
    for page in document.pages.filter(is_read=True):
        page.document, page.words, page.is_read = document, "", False
        page.save(update_fields=["words", "is_read"])


def found(actor: User, text: str) -> QuerySet[Document]:
    """Return the documents, of the people whom a counsellor follows or stands in for, that have every word asked."""
    people = people_of(actor, Capacity.COUNSELLOR)
    mine = Document.objects.visible_to(actor).filter(person__in=people, state__in=OPEN).exclude(person=actor)
    persons = list(mine.order_by().values_list("person", flat=True).distinct()[:MOST_PEOPLE])
    numbers: set[int] = set()
    for some in batched(persons, PEOPLE_AT_ONCE, strict=False):
        numbers |= _of(some, text)
    return mine.filter(pk__in=sorted(numbers)[-1_000:]).select_related("person").order_by("-at", "-pk")


def _of(people: tuple[int, ...], text: str) -> set[int]:
    """Return the documents of some people that have every word."""
    asked = [vault.asked(text, among=among(person)) for person in people]
    words = [frozenset[int]().union(*sets) for sets in zip(*asked, strict=True)]
    if not words:
        return set()
    rows = Word.objects.filter(document__person__in=people).order_by()
    found = [set(rows.filter(mark__in=marks).values_list("document", flat=True)) for marks in words]
    return set.intersection(*found)


def anew(tell: Report) -> None:
    """Make the words of every document anew: the keys were changed."""
    rows = Document.objects.filter(Q(pk__in=Word.objects.values("document"))).order_by("pk")
    total = rows.count()
    for done, document in enumerate(rows.iterator(), 1):
        with transaction.atomic():
            pages = Page.objects.filter(document=document, is_read=True)
            text = " ".join([document.title, *(page.words for page in pages.select_related("document"))])
            Word.objects.filter(document=document).delete()
            keep(document, text)
        tell(done, total)
