"""Begin a thread, write in it, note what was said; each with what it changes for who waits, in one transaction.

A message that this module returned is kept: it is neither lost nor doubled, whatever is sent again (`form`).
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.jobseekers.assigning import nearest_agency
from visavis.jobseekers.models import Jobseeker
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes import delays, telling, turns, words
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.models import Broadcast, Draft, Message, Thread
from visavis.people.enums import Role
from visavis.people.models import User

SPACE = uuid.UUID("2d0a0ff2-6f0c-4f7e-9d5b-0d6a2d3f5c11")


class Empty(Refused):
    """There is nothing to send."""

    words = _("Write your message, then send it.")


class NoAgency(Refused):
    """The service has no agency that could answer."""

    words = _("No agency can answer yet. Please call us.")


class SentElsewhere(Refused):
    """The form was sent for another thread."""

    words = _("This form was used already. Open the page again, then send your message.")


@dataclass(frozen=True, kw_only=True)
class Written:
    """What is to be kept: whose words, how they came, and what is expected then."""

    body: str
    voice: Voice
    way: Way = Way.WEB
    author: User | None = None
    noted_by: User | None = None
    quoted: str = ""
    marks: tuple[str, ...] = ()
    pieces: tuple[tuple[str | int, ...], ...] = ()
    form: uuid.UUID | None = None
    expects_answer: bool = False
    due_on: dt.date | None = None
    broadcast: Broadcast | None = None


def begin(*, person: User, subject: str, written: Written, by: User | None) -> Message:
    """Begin a thread with its first message; the same form sent twice begins one. Raises Empty, NoAgency."""
    check(written)
    kept = Jobseeker.objects.select_related("agency", "counsellor").filter(user=person).first()
    agency = agency_for(kept)
    try:
        with transaction.atomic():
            author = written.author if written.voice == Voice.OURS else None
            thread = Thread(
                person=person, agency=agency, holder=holder_for(kept, author), subject=subject.strip()
            )
            thread.save(force_insert=True)
            message = _add(thread, written)
            act = journal.Act(Entry.Action.CREATED, "thread", thread.pk, person.pk, note=written.way)
            journal.record(act, by=by.pk if by else None)
    except IntegrityError:
        return _sent_before(written, person)
    return message


def write(*, thread: Thread, written: Written, by: User | None) -> Message:
    """Add a message to a thread; the same form sent twice adds one. Raises Empty, SentElsewhere."""
    check(written)
    try:
        with transaction.atomic():
            row = (
                Thread.objects.select_for_update(of=("self",))
                .select_related("person", "agency")
                .get(pk=thread.pk)
            )
            message = _add(row, written)
            act = journal.Act(Entry.Action.CREATED, "message", message.pk, row.person_id, note=written.voice)
            journal.record(act, by=by.pk if by else None)
    except IntegrityError:
        return _sent_before(written, thread.person, thread)
    return message


def form_of(box: str, digest: str) -> uuid.UUID:
    """Return the mark under which something that came in is written once, however often it is filed."""
    return uuid.uuid5(SPACE, f"{box}|{digest}")


def check(written: Written) -> None:
    if not written.body.strip():
        raise Empty


def agency_for(jobseeker: Jobseeker | None) -> Agency:
    """Return who answers a person: her agency, the nearest, else the first. Raises NoAgency."""
    found = None
    if jobseeker is not None:
        found = jobseeker.agency or nearest_agency(jobseeker)
    found = found or Agency.objects.order_by("pk").first()
    if found is None:
        raise NoAgency
    return found


def holder_for(jobseeker: Jobseeker | None, author: User | None) -> User | None:
    """Return in whose letterbox a new thread lies: her counsellor's, else of who writes to her, else the team's."""
    if jobseeker is not None and jobseeker.counsellor_id is not None:
        return jobseeker.counsellor
    return author if author and author.has_role(Role.COUNSELLOR) else None


def _add(thread: Thread, written: Written) -> Message:
    """Write a message at the end of a thread whose row is held, and what follows from it."""
    now = clock.now()
    thread.last_number += 1
    message = Message(
        thread=thread,
        number=thread.last_number,
        voice=written.voice,
        way=written.way,
        author=written.author,
        noted_by=written.noted_by,
        body=written.body.strip(),
        quoted=written.quoted,
        marks=list(written.marks),
        pieces=[list(piece) for piece in written.pieces],
        form=written.form or uuid.uuid4(),
        broadcast=written.broadcast,
        at=now,
    )
    message.save(force_insert=True)
    _turn(thread, written, now)
    thread.save(
        update_fields=["last_number", "last_at", "ours_since", "theirs_since", "due_on", "snoozed_until", "done_at",
                       "holder", "returned_at"]
    )  # fmt: skip
    words.keep(thread, f"{thread.subject} {message.body}" if message.number == 1 else message.body)
    if written.author is not None:
        Draft.objects.filter(thread=thread, author=written.noted_by or written.author).delete()
    if written.voice in (Voice.OURS, Voice.AUTOMATIC) and written.way == Way.WEB:
        telling.tell(thread)
    return message


def _turn(thread: Thread, written: Written, now: dt.datetime) -> None:
    """Change who waits since when; a note or an automatic message changes nothing of it."""
    if written.voice not in (Voice.THEIRS, Voice.OURS):
        return
    thread.last_at, thread.done_at, thread.snoozed_until = now, None, None
    waited = thread.ours_since is not None
    turn = turns.after(thread.turn, written.voice, now, expects_answer=written.expects_answer)
    due_on = written.due_on
    if written.voice == Voice.THEIRS:
        due_on = written.due_on or (thread.due_on if waited else delays.answer_by(thread.agency))
    elif thread.holder_id is None and written.author is not None:
        thread.holder, thread.returned_at = written.author, None
    thread.wait(turn, due_on=due_on)


def _sent_before(written: Written, person: User, thread: Thread | None = None) -> Message:
    """Return what the same form has sent already; of nobody else."""
    found = (
        Message.objects.filter(form=str(written.form), thread__person=person).select_related("thread").first()
    )
    if found is None or (thread is not None and found.thread_id != thread.pk):
        raise SentElsewhere
    return found
