"""Find threads by whole words of what was written in them, though it rests encrypted (`vault/words.py`)."""

from django.db import transaction
from django.db.models import Exists, OuterRef

from visavis.common.progress import Report
from visavis.mailboxes.models import Message, Thread, Word
from visavis.mailboxes.models.thread import ThreadQuerySet
from visavis.vault import words as vault

# The threads of the rarest word are read, and the other words looked for in them. Where it stands in so many, the
# threads are gone through instead: no database knows by itself which is less work.
COMMON = 10_000


def among(agency_id: int) -> str:
    """Return the name of the collection: marks of one agency say nothing of another's."""
    return f"threads-{agency_id}"


def keep(thread: Thread, text: str) -> None:
    """Keep the words of a text, so that its thread is found by them."""
    marks = vault.marks(text, among=among(thread.agency_id))
    Word.objects.bulk_create([Word(thread=thread, mark=mark) for mark in marks], ignore_conflicts=True)


def find(threads: ThreadQuerySet, text: str, agencies: list[int]) -> ThreadQuerySet:
    """Keep the threads that have every word asked; small words ask nothing, and nothing asked keeps none."""
    asked = [vault.asked(text, among=among(agency)) for agency in agencies]
    if not asked or not asked[0]:
        return threads.none()
    words = [Word.objects.filter(mark__in=frozenset[int]().union(*sets)) for sets in zip(*asked, strict=True)]
    numbers = [rows[:COMMON].count() for rows in words]
    rarest = numbers.index(min(numbers))
    if numbers[rarest] < COMMON:
        threads = threads.filter(pk__in=words.pop(rarest).values("thread"))
    else:
        # Gone through, the last first, until enough have all words; a mark is of one of these agencies.
        threads = threads.filter(agency__in=agencies)
    for rows in words:
        threads = threads.filter(Exists(rows.filter(thread=OuterRef("pk"))))
    return threads


def anew(tell: Report) -> None:
    """Make the words of every thread anew: the keys were changed."""
    total = Thread.objects.count()
    for done, number in enumerate(Thread.objects.order_by("pk").values_list("pk", flat=True).iterator(), 1):
        with transaction.atomic():
            # Who writes in it meanwhile waits: his words come after.
            thread = Thread.objects.select_for_update(of=("self",)).filter(pk=number).first()
            if thread is None:
                continue
            texts = [thread.subject]
            for message in Message.objects.filter(thread=thread):
                message.thread = thread
                texts.append(message.body)
            Word.objects.filter(thread=thread).delete()
            keep(thread, " ".join(texts))
        tell(done, total)
