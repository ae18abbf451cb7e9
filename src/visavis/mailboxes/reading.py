"""Open a thread: in the journal, and told to who wrote. The first unread shown is not the same for both sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from visavis.journal import services as journal
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message, Opening, Thread
from visavis.people.models import User

# An automatic answer to her is no answer of anybody: opening it opens nothing of hers, and the reverse.
READ_BY_HER = (Voice.OURS, Voice.AUTOMATIC)
READ_BY_US = (Voice.THEIRS,)


@dataclass(frozen=True)
class Read:
    """A thread as somebody reads it: its messages, and the one on which the page begins."""

    messages: list[Message]
    first: Message | None


def voices_for(thread: Thread, reader: User) -> tuple[Voice, ...]:
    """Return the voices whose messages the reader opens: those written to her or to him."""
    return READ_BY_HER if reader.pk == thread.person_id else READ_BY_US


def read(thread: Thread, *, by: User) -> Read:
    """Return what is written, and keep who opened what for the first time. Raises what guards of the journal raise."""
    is_hers = by.pk == thread.person_id
    journal.read("thread", thread.pk, by=by.pk, person_id=thread.person_id)
    rows = Message.objects.filter(thread=thread).select_related("author", "noted_by")
    rows = rows.read_by_person() if is_hers else rows
    messages = list(rows.prefetch_related("openings__user").order_by("number"))
    for message in messages:
        message.thread = thread
    unread = [one for one in messages if one.voice in voices_for(thread, by) and not _is_opened(one, by)]
    Opening.objects.bulk_create([Opening(message=one, user=by) for one in unread], ignore_conflicts=True)
    return Read(messages, _first(unread, is_hers=is_hers))


def _first(unread: Sequence[Message], *, is_hers: bool) -> Message | None:
    """Return the oldest unread for the person, who reads on; the newest for who answers."""
    if not unread:
        return None
    return unread[0] if is_hers else unread[-1]


def _is_opened(message: Message, by: User) -> bool:
    return any(one.user_id == by.pk for one in message.openings.all())
