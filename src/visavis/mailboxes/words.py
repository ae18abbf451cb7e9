"""Find threads by the name of the person, and by whole words of what was written though it rests encrypted
(`vault/words.py`)."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from visavis.common.progress import Report
from visavis.folding import fold_words
from visavis.mailboxes.models import Message, Thread, Word
from visavis.mailboxes.models.thread import ThreadQuerySet
from visavis.people.models import NameWord
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
    """Keep the threads in which every word asked stands, or begins a part of the person's name."""
    # A letter begins half of all names.
    names = {word: whom(word) for word in fold_words(text).split() if len(word) > 1}
    if not any(names.values()):
        return written(threads, text, agencies)
    # Who may read which is asked once, of what either way finds.
    every = Thread.objects.order_by()
    ways = (named(every, names, agencies), written(every, text, agencies))
    return threads.filter(pk__in=ways[0].values("pk").union(ways[1].values("pk")))


def whom(word: str) -> set[int]:
    """Return the accounts a part of whose name begins with a folded word."""
    return set(NameWord.objects.filter(word__begins=word).values_list("user", flat=True))


def named(threads: ThreadQuerySet, names: dict[str, set[int]], agencies: list[int]) -> ThreadQuerySet:
    """Keep the threads of whom one word names at least, if the others name her too or stand in what was written.

    Small words ask nothing beside others: there are none of them but in names.
    """
    marks = {
        word: frozenset[int]().union(
            *(one for agency in agencies for one in vault.asked(word, among=among(agency)))
        )
        for word in names
    }
    asked = {word: found for word, found in marks.items() if found} or marks
    anyone = set[int]().union(*(names[word] for word in asked))
    threads = threads.filter(person__in=anyone)
    for word, found in asked.items():
        if names[word] != anyone:
            is_written = Exists(Word.objects.filter(thread=OuterRef("pk"), mark__in=found))
            threads = threads.filter(Q(person__in=names[word]) | is_written)
    return threads


def written(threads: ThreadQuerySet, text: str, agencies: list[int]) -> ThreadQuerySet:
    """Keep the threads that have every word asked; small words ask nothing, and nothing asked keeps none."""
    asked = [vault.asked(text, among=among(agency)) for agency in agencies]
    if not asked or not asked[0]:
        return threads.none()
    words = [Word.objects.filter(mark__in=frozenset[int]().union(*sets)) for sets in zip(*asked, strict=True)]
    numbers = [rows[: COMMON + 1].count() for rows in words]
    rarest = numbers.index(min(numbers))
    if not numbers[rarest]:
        # Said so, that a question of which this is a part does without it.
        return threads.none()
    if numbers[rarest] <= COMMON:
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
