"""Where a text message goes: the thread she was last written in, else a new one; STOP changes how she is told.

What is counted as an answer is said back by text message, with the word that undoes it.
"""

import datetime as dt
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
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
from visavis.people import delivery, gsm, outgoing
from visavis.people.addresses import Address
from visavis.people.enums import Channel, Role
from visavis.people.models import User

BOX = "sms"
SAID = {
    Meaning.YES: _("%(text)s (answer by text message: yes)"),
    Meaning.NO: _("%(text)s (answer by text message: no)"),
    Meaning.CALL: _("%(text)s (answer by text message: call me back)"),
    Meaning.OTHER_DAY: _("%(text)s (answer by text message: another day)"),
}
STOPPED = _("The person wants no more text messages. From now on: %(channel)s.")
RESUMED = _("The person wants text messages again.")
UNDONE = _("The person says that the last answer by text message was a mistake.")
BACK = {
    Meaning.YES: _("Vis-à-vis: noted, yes. Not so? Answer MISTAKE or call %(phone)s."),
    Meaning.NO: _("Vis-à-vis: noted, no. Not so? Answer MISTAKE or call %(phone)s."),
    Meaning.CALL: _("Vis-à-vis: we call you back. Not so? Answer MISTAKE or call %(phone)s."),
    Meaning.OTHER_DAY: _("Vis-à-vis: noted, another day. Not so? Answer MISTAKE or call %(phone)s."),
    Meaning.STOP: _("Vis-à-vis: no more text messages. To have them again, answer RESUME or call %(phone)s."),
    Meaning.UNDO: _("Vis-à-vis: noted, it was a mistake. Somebody reads it today. You can call %(phone)s."),
}
RESUMED_BACK = _("Vis-à-vis: you have text messages again. To end them, answer STOP.")
# A phone that answers every message by itself would be answered for ever.
MOST_SAID_BACK, WITHIN = 3, dt.timedelta(hours=1)
SAID_BACK_LIFE = dt.timedelta(hours=6)
MOST_WORDS_OF_STOP = 2
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
    """Write what a person sent into her thread, and say back what was counted, once.

    Who asks to be called, for another day, or takes an answer back waits since now, and today is the day for it.
    """
    form = services.form_of(row.box, row.digest)
    is_new = not Message.objects.filter(form=form).exists()
    with transaction.atomic():
        heard = _heard(person, text.words)
        written = Written(
            body=heard.body,
            voice=Voice.AUTOMATIC if heard.is_done else Voice.THEIRS,
            way=Way.SMS,
            author=None if heard.is_done else person,
            form=form,
            due_on=clock.today() if heard.is_for_today else None,
        )
        if is_new and text.sender == person.phone and not _is_answered_enough(person):
            _say_back(person, heard.back)
        thread = last_thread(person)
        if thread is not None:
            return services.write(thread=thread, written=written, by=None)
        with override(settings.LANGUAGE_CODE):
            return services.begin(person=person, subject=str(SUBJECT), written=written, by=None)


@dataclass(frozen=True)
class Heard:
    """What a text message becomes: the words of the thread, and what is said back, which may be nothing."""

    body: str
    back: str | Promise = ""
    is_done: bool = False
    is_for_today: bool = False


def _heard(person: User, words: str) -> Heard:
    """Do what a text message asks for, and return what is told of it."""
    with override(settings.LANGUAGE_CODE):
        if own := next((said for ask in OWN_WORDS if (said := ask(person, words))), ""):
            return Heard(own, is_done=True)
        meaning = meaning_of(words, person.name)
        if meaning == Meaning.STOP:
            stopped = str(STOPPED) % {"channel": Channel(stop(person)).label}
            # "Stop", "stop svp": nothing else was said.
            is_all = len(words.split()) <= MOST_WORDS_OF_STOP
            body = stopped if is_all else f"{words}\n{stopped}"
            return Heard(body, BACK[meaning], is_done=is_all, is_for_today=not is_all)
        if meaning == Meaning.UNDO and resume(person):
            return Heard(str(RESUMED), RESUMED_BACK, is_done=True)
        if meaning == Meaning.UNDO:
            return Heard(str(UNDONE), BACK[meaning], is_for_today=True)
        if meaning == Meaning.WORDS:
            return Heard(words)
        is_for_today = meaning in {Meaning.CALL, Meaning.OTHER_DAY}
        return Heard(str(SAID[meaning]) % {"text": words}, BACK[meaning], is_for_today=is_for_today)


def _is_answered_enough(person: User) -> bool:
    since = clock.now() - WITHIN
    heard = Message.objects.filter(thread__person=person, way=Way.SMS, at__gt=since)
    return heard.exclude(voice=Voice.OURS).count() >= MOST_SAID_BACK


def _say_back(person: User, back: str | Promise) -> None:
    """Send one text message of what was counted; where none can be sent, the thread says it."""
    if back and person.phone:
        with override(person.language), suppress(delivery.NotSent):
            said = gsm.plain(str(back) % {"phone": settings.VISAVIS_PHONE})
            outgoing.post(Address("phone", person.phone), delivery.Mail("", said), life=SAID_BACK_LIFE)


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


def resume(person: User) -> bool:
    """Tell her by text messages again where her word ended them; say whether it did."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=person.pk)
        changes = Entry.objects.filter(thing="account", person_id=row.pk, note__startswith="channel:")
        last = changes.order_by("-pk").first()
        if last is None or last.note != f"channel:{row.channel} was sms" or row.channel == Channel.SMS:
            return False
        was, row.channel = row.channel, Channel.SMS
        row.save(update_fields=["channel"])
        act = journal.Act(
            Entry.Action.CHANGED, "account", row.pk, row.pk, note=f"channel:{row.channel} was {was}"
        )
        journal.record(act, by=row.pk)
    return True
