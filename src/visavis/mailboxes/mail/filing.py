"""Where an e-mail that came in belongs: the thread whose address it has, the person who sends it, or a tray to sort.

What cannot be read, and what our mail server has not checked yet, is held and looked at again; after two days it is
delivered all the same, with a mark. Nothing is thrown away: what a machine sent is kept and shown as such.
"""

import datetime as dt
import logging
import re

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from visavis.common import clock
from visavis.mailboxes import services
from visavis.mailboxes.enums import Mark, Voice, Way
from visavis.mailboxes.mail import addresses, answering, bounces, hanging, machines
from visavis.mailboxes.mail.bounces import Fate
from visavis.mailboxes.mail.folding import folded
from visavis.mailboxes.mail.machines import Kind, Verdict
from visavis.mailboxes.mail.parsing import Mail, parse
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.mailboxes.services import Written
from visavis.mailboxes.telling import THING
from visavis.mailboxes.texts import filing as texts
from visavis.news import services as news
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.vault import keys

log = logging.getLogger(__name__)

HELD_FOR = dt.timedelta(hours=48)
AT_A_TIME = 200
NO_SUBJECT = "(…)"
NEWS, MOST_NAMED = re.compile(rb"news-\d{1,18}-\d{14}(?=@)"), 20
BOUNCED = {Fate.FAILED: "bounce", Fate.LATE: "late", Fate.ARRIVED: "machine"}


def file_what_waits() -> int:
    """File what came in and is not filed yet; return how much was. One that fails stops no other."""
    numbers = list(Incoming.objects.to_file().order_by("at", "pk").values_list("pk", flat=True)[:AT_A_TIME])
    return sum(file(number) for number in numbers)


def file(number: int) -> bool:
    """File one message, once whoever else tries; say whether it is filed now. What fails is held."""
    try:
        with transaction.atomic():
            row = Incoming.objects.select_for_update().to_file().filter(pk=number).first()
            if row is None:
                return False
            _file(row)
            return row.state not in (Incoming.State.RECEIVED, Incoming.State.HELD)
    except Exception as error:  # noqa: BLE001  (whatever is wrong with one message)
        log.warning("mail %s could not be filed: %s", number, type(error).__name__)
        hold(number)
        return False


def hold(number: int) -> None:
    """Keep a message for another try; after two days somebody reads it as it is."""
    row = Incoming.objects.to_file().filter(pk=number).first()
    if row is None:
        return
    row.tries += 1
    is_over = clock.now() - row.at > HELD_FOR
    row.state = Incoming.State.TO_SORT if is_over else Incoming.State.HELD
    row.why = "unreadable"
    row.save(update_fields=["tries", "state", "why"])


def _file(row: Incoming) -> None:
    raw = row.raw()
    if not raw:
        raise LookupError("the key of a message is not there")
    if row.box == texts.BOX:
        _by_text(row, texts.read(raw))
        return
    mail = parse(raw)
    kind = machines.kind_of(mail)
    is_late = clock.now() - row.at > HELD_FOR
    found = machines.verdict(mail, settings.VISAVIS_MAIL_AUTHORITY)
    if found == Verdict.WAITING and not is_late:
        row.state, row.why, row.tries = Incoming.State.HELD, "unchecked", row.tries + 1
        row.save(update_fields=["state", "why", "tries"])
        return
    thread = thread_of(mail)
    if kind == Kind.BOUNCE:
        _bounced(row, mail, raw)
    elif kind != Kind.PERSON:
        _by_machine(row, mail, thread)
    else:
        _by_person(row, mail, thread, marks_of(mail, thread, found))


def thread_of(mail: Mail) -> Thread | None:
    """Return the thread whose address a message is sent to."""
    for address in mail.to:
        number = addresses.thread_of(address)
        if number is not None:
            return Thread.objects.select_related("person", "agency").filter(pk=number).first()
    return None


def marks_of(mail: Mail, thread: Thread | None, verdict: Verdict) -> list[str]:
    """Return what has to be said of who sent a message."""
    marks = []
    if verdict == Verdict.FAIL:
        marks.append(Mark.FORGED)
    elif verdict != Verdict.PASSED:
        marks.append(Mark.UNCHECKED)
    if thread is not None and mail.sender != (thread.person.email or ""):
        marks.append(Mark.OTHER_ADDRESS)
    if machines.looks_automatic(mail):
        marks.append(Mark.AUTOMATIC)
    return [str(one) for one in marks]


def _bounced(row: Incoming, mail: Mail, raw: bytes) -> None:
    """What we sent did not arrive: its news has to be told otherwise. What is late changes nothing."""
    fate = bounces.fate_of(mail)
    if fate == Fate.FAILED and (last := _news_of(mail, raw)) is not None:
        news.came_back(last)
    _done(row, Incoming.State.MACHINE, BOUNCED[fate])


def _news_of(mail: Mail, raw: bytes) -> News | None:
    """Return the news that came back: the last of the thread to whose address it did, else by what it encloses."""
    sent = News.objects.filter(state=News.State.SENT)
    for address in [*mail.to, *addresses.named_in(raw)]:
        if (number := addresses.thread_of(address)) is not None:
            return sent.filter(thing=THING, thing_id=number).order_by("-at").first()
    named = (news.numbered(one.decode()) for one in NEWS.findall(raw)[:MOST_NAMED])
    return next((row for row in named if row is not None and row.state == News.State.SENT), None)


def _by_machine(row: Incoming, mail: Mail, thread: Thread | None) -> None:
    """Show an automatic answer in its thread, where it makes nobody wait and marks nothing read; keep the others."""
    if thread is None:
        _done(row, Incoming.State.MACHINE, "machine")
        return
    written = Written(
        body=mail.text or mail.subject or NO_SUBJECT,
        voice=Voice.AUTOMATIC,
        way=Way.MAIL,
        form=services.form_of(row.box, row.digest),
    )
    filed(row, services.write(thread=thread, written=written, by=None))


def _by_person(row: Incoming, mail: Mail, thread: Thread | None, marks: list[str]) -> None:
    person = thread.person if thread is not None else sender_of(mail)
    if row.size > settings.VISAVIS_MAIL_LARGEST:
        answering.answer(mail, "too-large")
        marks.append(str(Mark.TOO_LARGE))
    if person is None or (thread is None and str(Mark.FORGED) in marks):
        answering.answer(mail, "arrived")
        _done(row, Incoming.State.TO_SORT, "forged" if str(Mark.FORGED) in marks else "unknown")
        return
    filed(row, put(row, mail, person, thread, marks))
    answering.answer(mail, "arrived")


def _by_text(row: Incoming, text: texts.Text) -> None:
    person = texts.sender_of(text)
    if person is None:
        _done(row, Incoming.State.TO_SORT, "unknown")
    else:
        filed(row, texts.put(row, text, person))


def shown(row: Incoming) -> Mail:
    """Return what came in as somebody reads it who sorts it: an e-mail, or a text message."""
    raw = row.raw()
    if row.box != texts.BOX:
        return parse(raw)
    text = texts.read(raw)
    return Mail(sender=text.sender, subject=str(texts.SUBJECT), text=text.words)


def give(row: Incoming, person: User) -> Message:
    """Write what came in as what a person sent, as somebody said who sorted it."""
    mail = shown(row)
    if row.box == texts.BOX:
        return texts.put(row, texts.Text(mail.sender, mail.text), person)
    marks = [str(Mark.OTHER_ADDRESS)] if mail.sender != (person.email or "") else []
    return put(row, mail, person, None, marks)


def put(row: Incoming, mail: Mail, person: User, thread: Thread | None, marks: list[str]) -> Message:
    """Write what a person sent into her thread, or into a new one."""
    body, quoted = folded(mail.text)
    if mail.is_sealed:
        marks = [*marks, str(Mark.SEALED)]
    if not all(hanging.is_taken(part) for part in mail.parts):
        marks = [*marks, str(Mark.NOT_TAKEN)]
    pieces = hanging.keep(person, mail, f"{row.box}|{row.digest}", marks)
    written = Written(
        body=body.strip() or mail.subject or NO_SUBJECT,
        quoted=quoted,
        voice=Voice.THEIRS,
        way=Way.MAIL,
        author=person,
        marks=tuple(marks),
        pieces=pieces,
        form=services.form_of(row.box, row.digest),
    )
    if thread is not None:
        return services.write(thread=thread, written=written, by=None)
    return services.begin(person=person, subject=(mail.subject or NO_SUBJECT)[:120], written=written, by=None)


def sender_of(mail: Mail) -> User | None:
    """Return the jobseeker whose address a message is sent from."""
    if not mail.sender:
        return None
    found = User.objects.filter(email=mail.sender, is_active=True).first()
    return found if found is not None and found.has_role(Role.JOBSEEKER) else None


def filed(row: Incoming, message: Message) -> None:
    """Note where a message was put; from now on only the key of whose it is opens it, in old backups too."""
    row.message = message
    row.seal(row.raw(), person=message.thread.person_id)
    _done(row, Incoming.State.FILED, "")
    keys.erase(row.own_key)


def _done(row: Incoming, state: Incoming.State, why: str) -> None:
    row.state, row.why = state, why
    row.save(update_fields=["state", "why", "message", "sealed", "sealed_for"])


def over(now: dt.datetime) -> QuerySet[Incoming]:
    """Find messages as they came half a year ago; what was read of them stays, and what nobody has sorted too."""
    waiting = [Incoming.State.RECEIVED, Incoming.State.HELD, Incoming.State.TO_SORT]
    # Not the messages themselves: hundreds of them would not go into memory.
    rows = Incoming.objects.defer("sealed")
    return rows.exclude(state__in=waiting).filter(at__lt=now - Incoming.KEPT)


def forget(row: Incoming) -> int:
    """Delete a message as it came, with the key of its own where nobody was known whose it is."""
    keys.erase(row.own_key)
    return row.delete()[1].get(Incoming._meta.label, 0)
