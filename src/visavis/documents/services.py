"""What people and the agency do with documents. The files are on the disk before the row that names them is written."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from visavis.acts import ledger as acts
from visavis.acts.ledger import Move, Moved
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.common.listeners import Listeners
from visavis.documents import files, finding, telling
from visavis.documents.drawing.kinds import MOST_BYTES, Drawn, kind_of
from visavis.documents.enums import OF_PEOPLE, Act, Kind, Side, State, Way, Why
from visavis.documents.models import Document, Expected, Original, Page, Step
from visavis.documents.models.document import BRIEFLY, kept_until
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.acting import acts_for
from visavis.people.enums import Capacity
from visavis.people.models import User
from visavis.tries import uploads
from visavis.tries.uploads import Allowance, Allowances

__all__ = ["Moved"]

MOST_FILES = 20
ALLOWED = Allowances(hers=Allowance(40, 120), for_others=Allowance(400, 2_000))
UNDO = dt.timedelta(days=1)
# Called with the number of a document that came, once its row is kept.
AFTER_SENDING = Listeners[int]()


class NotNow(acts.NotNow):
    """The act does not go with the state of the document."""

    words = _("Something happened to this document meanwhile. Here is where it stands.")


class NotTaken(Refused):
    """What was sent cannot be a document; the words say what to send instead."""


class TooMany(Refused):
    """She has sent very many files."""

    words = _("Many files came in a short time. Wait an hour, or bring the papers to the agency.")


class NotYours(Refused):
    """The actor may not decide this."""

    words = _("Only the agency decides this.")


class Ledger(acts.Ledger):
    """What one act does: its steps, and the journal, which is written last."""

    refusal = NotNow


@dataclass(frozen=True)
class Sent:
    """What is sent: the bytes of each file in order, what it is, for which request, by what way, and the form's key."""

    contents: Sequence[bytes]
    kind: Kind
    form: uuid.UUID
    title: str = ""
    expected: Expected | None = None
    way: Way = Way.WEB
    # What has to be said of how it came.
    words: str = ""


def send(*, person: User, sent: Sent, by: User) -> Document:
    """Keep a document, whole; it is looked at by the worker before anybody opens it. Raises NotTaken, TooMany.

    The same form, or the same files of the same person again, are the document that is there: but what another request
    asks for is a document of its own, which answers it.
    """
    check(sent.contents)
    digests = [digest(content, person) for content in sent.contents]
    if (known := _known(person, sent, digests)) is not None:
        return known
    allowed = ALLOWED.of(by=by.pk, person=person.pk)
    if not all(uploads.take("documents", by.pk, allowed) for _content in sent.contents):
        raise TooMany
    names = [files.keep(content, person=person.pk) for content in sent.contents]
    try:
        return _written(person, sent, by, list(zip(names, digests, strict=True)))
    except IntegrityError:
        # The same form from two tabs: one is kept.
        known = _known(person, sent, digests)
        if known is None:
            raise
        return known


def take_in(*, person: User, sent: Sent) -> Document:
    """Keep what came while nobody could be told that it will not do, as by e-mail: the worker says why not.

    The same form, or the same files of the same person again, are the document that is there.
    """
    digests = [digest(content, person) for content in sent.contents]
    if (known := _known(person, sent, digests)) is not None:
        return known
    names = [files.keep(content, person=person.pk) for content in sent.contents]
    return _written(person, sent, None, list(zip(names, digests, strict=True)))


def take_pages(*, person: User, sent: Sent, pages: Sequence[Drawn], by: User | None) -> Document:
    """Keep a document whose pages were drawn already, from paper: it is there to be checked at once. Once a form."""
    known = Document.objects.filter(person=person, form=sent.form).first()
    if known is not None:
        return known
    kept = [keep_files(one, person.pk) for one in pages]
    with acts.acting(Ledger) as ledger:
        row = _row(person, sent, by)
        ledger.step(row, Move(Act.SEND, Side.AGENCY, State.RECEIVED, by))
        keep_pages(row, pages, kept)
        ledger.step(row, Move(Act.DRAW, Side.SERVICE, State.TO_CHECK))
    return row


@dataclass(frozen=True)
class Files:
    """The files of one page: what is shown, and where the sheet was cut out of a photo, that as it was taken."""

    shown: uuid.UUID
    as_taken: uuid.UUID | None = None


def keep_files(page: Drawn, person: int) -> Files:
    """Seal and keep what was drawn of a page. Raises OSError."""
    taken = page.as_taken
    return Files(
        files.keep(page.jpeg, person=person), files.keep(taken.jpeg, person=person) if taken else None
    )


def keep_pages(row: Document, pages: Sequence[Drawn], kept: Sequence[Files]) -> None:
    """Write the rows of pages whose files are on the disk."""
    Page.objects.bulk_create(
        [
            Page(
                document=row,
                number=number,
                file=names.shown,
                width=one.width,
                height=one.height,
                as_taken=names.as_taken,
                taken_width=one.as_taken.width if one.as_taken else 0,
                taken_height=one.as_taken.height if one.as_taken else 0,
                is_dark=one.is_dark,
                is_blurred=one.is_blurred,
            )
            for number, (one, names) in enumerate(zip(pages, kept, strict=True), 1)
        ]
    )


def check(contents: Sequence[bytes]) -> None:
    """Say at once what cannot be taken. Raises NotTaken."""
    if not contents or not all(contents):
        raise NotTaken(_("The file is empty. Choose it again."))
    if len(contents) > MOST_FILES:
        raise NotTaken(_("Send twenty photos at most at once."))
    if any(len(content) > MOST_BYTES for content in contents):
        raise NotTaken(_("A file is larger than 15 MB. Send photos one by one, or a smaller scan."))
    if any(kind_of(content) is None for content in contents):
        raise NotTaken(Why.KIND.label)


def digest(content: bytes, person: User) -> str:
    """Return what a file of a person is known again by: hers only, so that nobody learns what others sent."""
    return salted_hmac(f"visavis.documents.{person.pk}", content, algorithm="sha256").hexdigest()


def _known(person: User, sent: Sent, digests: Sequence[str]) -> Document | None:
    """Return the document that came by this form, or that holds these files in this order, for the same request."""
    mine = Document.objects.filter(person=person)
    if (same := mine.filter(form=sent.form).first()) is not None:
        return same
    usable = mine.filter(state__in=[State.RECEIVED, State.TO_CHECK, State.CHECKED])
    if sent.expected is not None:
        usable = usable.filter(expected=sent.expected)
    for one in usable.filter(originals__number=1, originals__digest=digests[0]):
        if list(one.originals.order_by("number").values_list("digest", flat=True)) == list(digests):
            return one
    return None


def _written(person: User, sent: Sent, by: User | None, kept: list[tuple[uuid.UUID, str]]) -> Document:
    """Write the rows that name the files, and have them looked at after the commit."""
    side = Side.PERSON if by is None or by.pk == person.pk else Side.AGENCY
    with acts.acting(Ledger) as ledger:
        row = _row(person, sent, by)
        ledger.step(row, Move(Act.SEND, side, State.RECEIVED, by))
        Original.objects.bulk_create(
            [
                Original(
                    document=row, number=number, file=name, digest=mark, size=len(sent.contents[number - 1])
                )
                for number, (name, mark) in enumerate(kept, 1)
            ]
        )
        AFTER_SENDING.call(row.pk)
    return row


def _row(person: User, sent: Sent, by: User | None) -> Document:
    return Document(
        person=person,
        expected=sent.expected,
        kind=sent.kind,
        title=sent.title or (sent.expected.named if sent.expected else str(sent.kind.label)),
        way=sent.way,
        words=sent.words,
        by=by,
        until=kept_until(sent.kind),
        form=sent.form,
    )


def may_decide(actor: User, person: User) -> bool:
    """Say whether the actor checks documents of this person: her counsellor, who stands in, her counter."""
    return (
        actor.pk != person.pk and acts_for(actor, person, Capacity.COUNSELLOR, Capacity.COUNTER) is not None
    )


def decide(
    *, document: Document, act: Act, by: User, why: str = "", words: str = "", seen: int | None = None
) -> None:
    """Check a document, or say why it is not accepted; she is told. Raises NotYours, NotNow, Moved."""
    if not may_decide(by, document.person):
        raise NotYours
    target = {Act.CHECK: State.CHECKED, Act.REFUSE: State.REFUSED}[act]
    if act is Act.REFUSE and why not in OF_PEOPLE:
        raise NotNow
    with acts.acting(Ledger) as ledger:
        row = acts.read_anew(Document.objects.select_related("person"), document.pk, seen)
        changes = {"why": why, "words": words} if act is Act.REFUSE else {}
        ledger.step(row, Move(act, Side.AGENCY, target, by), until=kept_until(row.kind), **changes)
        telling.tell(row, act)


def correct(*, document: Document, kind: Kind, by: User, seen: int | None = None) -> None:
    """Say what a document really is: how long it is kept follows, and she is told. Raises NotYours, NotNow, Moved.

    Words read on what is an identity document are forgotten: these are not read.
    """
    if not may_decide(by, document.person):
        raise NotYours
    with acts.acting(Ledger) as ledger:
        row = acts.read_anew(Document.objects.select_related("person"), document.pk, seen)
        if not row.is_open or row.kind == kind:
            raise NotNow
        act = journal.Act(
            Entry.Action.CHANGED, row.THING, row.pk, row.person_id, note=f"kind:{row.kind}>{kind}"
        )
        if row.title in labels(Kind(row.kind)):
            with override(row.person.language):
                row.title = str(kind.label)
        row.kind, row.until, row.told_of = kind, kept_until(kind), None
        row.version += 1
        row.save(update_fields=["kind", "title", "until", "told_of", "version"])
        if kind in BRIEFLY:
            finding.forget(row)
        telling.tell_kept(row)
        ledger.note(act, by)


def labels(kind: Kind) -> set[str]:
    """Return what a document without a name of its own is called, in every language of the site."""
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(str(kind.label))
    return found


def withdraw(*, document: Document, by: User) -> None:
    """Take a document back before it was checked: nobody opens it any more. Raises NotNow, NotYours."""
    if acts_for(by, document.person, Capacity.HERSELF, Capacity.COUNSELLOR, Capacity.COUNTER) is None:
        raise NotYours
    side = Side.PERSON if by.pk == document.person_id else Side.AGENCY
    with acts.acting(Ledger) as ledger:
        row = acts.read_anew(Document.objects.all(), document.pk)
        ledger.step(row, Move(Act.WITHDRAW, side, State.WITHDRAWN, by), until=clock.today())


def take_out(*, document: Document, by: User) -> None:
    """Take a document out of a box in which it was put by mistake, before it was checked. Raises NotNow."""
    with acts.acting(Ledger) as ledger:
        row = acts.read_anew(Document.objects.all(), document.pk)
        ledger.step(row, Move(Act.WITHDRAW, Side.AGENCY, State.WITHDRAWN, by), until=clock.today())


def can_undo(document: Document, by: User) -> Step | None:
    """Return the decision that may still be taken back, for a day."""
    step = document.last_act()
    is_decision = step is not None and step.act in {Act.CHECK, Act.REFUSE}
    return step if is_decision and step.is_within(UNDO) and may_decide(by, document.person) else None


def undo(*, document: Document, by: User) -> None:
    """Take the last decision back. Raises NotNow."""
    with acts.acting(Ledger) as ledger:
        row = acts.read_anew(Document.objects.select_related("person"), document.pk)
        step = can_undo(row, by)
        if step is None:
            raise NotNow
        ledger.take_back(row, step, by)


@dataclass(frozen=True)
class Asked:
    """What is asked of a person."""

    kind: Kind
    why: str
    until: dt.date
    form: uuid.UUID
    title: str = ""


def ask(*, person: User, asked: Asked, by: User) -> Expected:
    """Ask a person for a document; she is told by her channel. The same form asks once. Raises NotYours."""
    if not may_decide(by, person):
        raise NotYours
    known = Expected.objects.filter(form=asked.form, person=person).first()
    if known is not None:
        return known
    with transaction.atomic():
        row = Expected.objects.create(
            person=person,
            kind=asked.kind,
            title=asked.title,
            why=asked.why,
            until=asked.until,
            by=by,
            form=asked.form,
        )
        telling.tell_expected(row, by)
    return row


def end(*, expected: Expected, by: User) -> None:
    """Ask for it no longer. Raises NotYours."""
    if not may_decide(by, expected.person):
        raise NotYours
    Expected.objects.filter(pk=expected.pk, ended_at__isnull=True).update(ended_at=clock.now())
