"""A letter on paper, scanned: a message of hers on which its pages hang; and taken back when it was filed wrongly."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from django.db import transaction
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes import services
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.mailboxes.services import Written
from visavis.people.models import User
from visavis.vault.numbers import drawn

BOX = "paper"


class Answered(Refused):
    """Somebody wrote in the thread since, or opened the message as hers."""

    words = _("Somebody wrote in this thread since. Speak with the counsellor of the person.")


@dataclass(frozen=True)
class Put:
    """A message that paper became, and whose turn it was in its thread before."""

    message: Message
    before: dict[str, Any]


def put(
    *, person: User, pdfs: Sequence[bytes], pages: int, key: str, thread: Thread | None, by: User | None
) -> Put:
    """Write what came on paper into her thread, or into a new one, once a key; its pages hang on it as PDF."""
    with override(person.language):
        subject = gettext("Letter on paper")
        body = ngettext(
            "A letter came on paper, %(n)s page. It hangs on this message.",
            "A letter came on paper, %(n)s pages. It hangs on this message.",
            pages,
        ) % {"n": pages}
        name = gettext("letter")
    names = [f"{name}-{number}.pdf" for number in range(1, len(pdfs) + 1)]
    written = Written(
        body=body,
        voice=Voice.THEIRS,
        way=Way.PAPER,
        author=person,
        pieces=tuple((name, "application/pdf", len(pdf)) for name, pdf in zip(names, pdfs, strict=True)),
        form=services.form_of(BOX, key),
    )
    with transaction.atomic():
        before = _turn(thread)
        if thread is not None:
            message = services.write(thread=thread, written=written, by=by)
        else:
            message = services.begin(person=person, subject=subject, written=written, by=by)
        if not Incoming.objects.filter(box=BOX, digest=key).exists():
            _keep(message, _mail(body, names, pdfs), key)
    return Put(message, before)


def _mail(body: str, names: Sequence[str], pdfs: Sequence[bytes]) -> bytes:
    """Put pages together as mail, as whatever hangs on a message is kept."""
    mail = EmailMessage()
    mail.set_content(body)
    for name, pdf in zip(names, pdfs, strict=True):
        mail.add_attachment(pdf, "application", "pdf", filename=name)
    return mail.as_bytes()


def _keep(message: Message, raw: bytes, key: str) -> None:
    row = Incoming(
        pk=drawn(Incoming),
        box=BOX,
        numbering=0,
        number=0,
        digest=key,
        size=len(raw),
        state=Incoming.State.FILED,
        message=message,
    )
    row.seal(raw, person=message.thread.person_id)
    row.save(force_insert=True)


def _turn(thread: Thread | None) -> dict[str, Any]:
    if thread is None:
        return {}
    row = Thread.objects.get(pk=thread.pk)
    said = {name: getattr(row, name) for name in TURN}
    return {name: value.isoformat() if value else None for name, value in said.items()}


TURN = ("ours_since", "theirs_since", "due_on", "snoozed_until", "done_at", "last_at")


def take_back(*, message: Message, before: dict[str, Any], by: User) -> None:
    """Take a letter out of a letterbox in which it does not belong, as if it had never been there. Raises Answered."""
    with transaction.atomic():
        thread = Thread.objects.select_for_update().get(pk=message.thread_id)
        if thread.last_number != message.number:
            raise Answered
        act = journal.Act(Entry.Action.DELETED, "message", message.pk, thread.person_id, note="not-hers")
        journal.record(act, by=by.pk)
        if message.number == 1:
            thread.delete()
            return
        message.delete()
        for name in TURN:
            said = before.get(name)
            read = parse_date if name in {"due_on", "snoozed_until"} else parse_datetime
            setattr(thread, name, read(said) if said else None)
        thread.last_at = thread.last_at or thread.begun_at
        thread.save(update_fields=[*TURN])
