"""Where a text message goes: the thread she was last written in, else a new one; STOP changes how she is told."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from visavis.common import clock
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes import services
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.mailboxes.services import Written
from visavis.mailboxes.texts.understanding import Meaning, meaning_of
from visavis.people.enums import Channel, Role
from visavis.people.models import User

BOX = "sms"
SAID = {
    Meaning.YES: _("%(text)s (answer by text message: yes)"),
    Meaning.NO: _("%(text)s (answer by text message: no)"),
    Meaning.CALL: _("%(text)s (answer by text message: call me back)"),
}
STOPPED = _("The person wants no more text messages. From now on: %(channel)s.")
SUBJECT = _("Text message")

# An app above that understands a word of its own does what it says, and returns what the thread says of it; "" else.
OWN_WORDS: list[Callable[[User, str], str]] = []


@dataclass(frozen=True)
class Text:
    """One text message: from which number, in E.164, and its words."""

    sender: str
    words: str


def read(raw: bytes) -> Text:
    """Read what was kept of a text message."""
    kept = json.loads(raw)
    return Text(kept["from"], kept["text"])


def sender_of(text: Text) -> User | None:
    """Return the jobseeker whose number a message is sent from."""
    found = User.objects.filter(phone=text.sender, is_active=True).first()
    return found if found is not None and found.has_role(Role.JOBSEEKER) else None


def put(row: Incoming, text: Text, person: User) -> Message:
    """Write what a person sent into her thread; who asks to be called waits since now, and today is its day."""
    meaning = meaning_of(text.words)
    with override(settings.LANGUAGE_CODE):
        own = next((said for ask in OWN_WORDS if (said := ask(person, text.words))), "")
        if own:
            body = own
        elif meaning == Meaning.STOP:
            channel = stop(person)
            body = str(STOPPED) % {"channel": Channel(channel).label}
        else:
            body = str(SAID[meaning]) % {"text": text.words} if meaning in SAID else text.words
        subject = str(SUBJECT)
    written = Written(
        body=body,
        voice=Voice.AUTOMATIC if own or meaning == Meaning.STOP else Voice.THEIRS,
        way=Way.SMS,
        author=None if own or meaning == Meaning.STOP else person,
        form=services.form_of(row.box, row.digest),
        due_on=clock.today() if meaning == Meaning.CALL else None,
    )
    thread = last_thread(person)
    if thread is not None:
        return services.write(thread=thread, written=written, by=None)
    return services.begin(person=person, subject=subject, written=written, by=None)


def last_thread(person: User) -> Thread | None:
    """Return the open thread in which she was last written, for a text message names none."""
    threads = Thread.objects.open().filter(person=person)
    written = threads.filter(messages__voice=Voice.OURS).order_by("-messages__at")
    return written.first() or threads.order_by("-last_at").first()


def stop(person: User) -> str:
    """Tell her no more by text messages, but by her next channel: never nothing. Returns which."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=person.pk)
        if row.channel == Channel.SMS:
            row.channel = Channel.WEB if row.email else Channel.PHONE
            row.save(update_fields=["channel"])
            act = journal.Act(
                Entry.Action.CHANGED, "account", row.pk, row.pk, note=f"channel:{row.channel} was sms"
            )
            journal.record(act, by=row.pk)
    return str(row.channel)
