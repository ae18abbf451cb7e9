"""A thread in words: whose each message is, how it came, who opened it, and whether she was told."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.documents.enums import State, Why
from visavis.documents.models import Document
from visavis.mailboxes import telling
from visavis.mailboxes.enums import Mark, Voice, Way
from visavis.mailboxes.models import Message, Thread
from visavis.news.models import News
from visavis.people.acting import by_whose_hand
from visavis.people.models import User
from visavis.ui.dates import moment

TOLD = {
    News.State.WAITING: gettext_lazy("The person is being told that a message is there."),
    News.State.TO_TELL: gettext_lazy("To be told by phone, letter or at the counter."),
    News.State.FAILED: gettext_lazy(
        "The person could not be told: do it by phone, letter or at the counter."
    ),
    News.State.UNKNOWN: gettext_lazy(
        "Nobody knows whether the person was told: do it by phone, letter or at the counter."
    ),
}


@dataclass(frozen=True)
class Piece:
    """One thing that hangs on a message, by its place; without an address it cannot be opened here."""

    name: str
    size: int
    url: str = ""
    words: str = ""
    """Why it cannot be opened."""
    document_url: str = ""
    """The page of the document that it became, for who may open it."""


@dataclass(frozen=True)
class Said:
    """One message as somebody reads it."""

    message: Message
    who: str
    is_own: bool
    how: str
    """How it came, where that is not the site."""
    state: str
    """Who opened it, or whether she was told."""
    marks: list[str]
    """What has to be said of who sent it, to who answers."""
    pieces: list[Piece]


def said(thread: Thread, messages: Sequence[Message], reader: User) -> list[Said]:
    """Return a thread's messages in words."""
    is_hers = reader.pk == thread.person_id
    news = list(News.objects.filter(thing=telling.THING, thing_id=thread.pk).order_by("at", "pk"))
    hands = by_whose_hand([_thing(one, thread) for one in messages if one.voice == Voice.THEIRS])
    return [
        _said(one, thread, reader, news, is_hers=is_hers, hand=hands.get(_thing(one, thread), ""))
        for one in messages
    ]


def _thing(message: Message, thread: Thread) -> tuple[str, str]:
    """Return as what the journal knows that a message was written: the first began its thread."""
    return ("thread", str(thread.pk)) if message.number == 1 else ("message", str(message.pk))


def _said(
    message: Message, thread: Thread, reader: User, news: Sequence[News], *, is_hers: bool, hand: str
) -> Said:
    mine = Voice.THEIRS if is_hers else Voice.OURS
    state = ""
    if message.voice == mine or (message.voice == Voice.AUTOMATIC and not is_hers):
        state = _opened(message) if is_hers else _reached(message, thread, news)
    marks = [] if is_hers else [str(Mark(one).label) for one in message.marks]
    return Said(
        message,
        _who(message, thread),
        message.voice == mine,
        hand or _how(message),
        state,
        marks,
        pieces(message, reader),
    )


def pieces(message: Message, reader: User) -> list[Piece]:
    """Return what hangs on a message: by e-mail each is a document, on paper it was drawn before it hung here."""
    forms = [piece[3] for piece in message.pieces if len(piece) > 3]
    there = {one.form.hex: one for one in Document.objects.filter(form__in=forms)} if forms else {}
    opens = (
        set(Document.objects.visible_to(reader).filter(form__in=there).values_list("pk", flat=True))
        if there
        else set()
    )
    is_paper = message.way == Way.PAPER
    is_gone = is_paper and bool(message.pieces) and not message.incoming.exists()
    found = []
    for place, (name, _kind, size, *form) in enumerate(message.pieces, 1):
        document = there.get(form[0]) if form else None
        if document is None:
            words = _("is kept no longer") if is_gone or form else ""
            url = _url(message, place) if is_paper and not is_gone else ""
            found.append(Piece(name, size, url, words))
        else:
            url = _url(message, place) if document.is_open else ""
            page = document.url if document.pk in opens and document.state != State.WITHDRAWN else ""
            found.append(Piece(name, size, url, _why_not(document), page))
    return found


def _why_not(document: Document) -> str:
    """Say why a document cannot be opened; nothing where it can."""
    if document.state == State.RECEIVED:
        return _("is being looked at")
    if document.state == State.WITHDRAWN:
        return _("was taken back")
    return str(Why(document.why).label) if document.state == State.UNSAFE else ""


def _url(message: Message, place: int) -> str:
    where = {"thread_id": message.thread_id, "number": message.number, "place": place}
    return reverse("mailboxes:piece", kwargs=where)


def _who(message: Message, thread: Thread) -> str:
    if message.voice == Voice.AUTOMATIC:
        return _("Automatic message")
    if message.voice == Voice.THEIRS:
        return thread.person.name
    return message.author.name if message.author else _("The agency")


def _how(message: Message) -> str:
    if message.way == Way.WEB:
        return ""
    how = str(message.get_way_display())
    if message.noted_by is not None:
        return _("%(how)s, written down by %(name)s") % {"how": how, "name": message.noted_by.name}
    return how


def _opened(message: Message) -> str:
    """Return by whom of the service her message was opened, and when."""
    openings = list(message.openings.all())
    if not openings:
        return _("Nobody has opened it yet.")
    said = [_("%(name)s, %(at)s") % {"name": one.user.name, "at": moment(one.at)} for one in openings]
    return _("Opened by %(who)s.") % {"who": " · ".join(said)}


def _reached(message: Message, thread: Thread, news: Sequence[News]) -> str:
    """Return whether she has opened a message, else whether she was told of it."""
    hers = [one for one in message.openings.all() if one.user_id == thread.person_id]
    if hers:
        return _("Read by the person, %(at)s.") % {"at": moment(hers[0].at)}
    row = _news_of(message.at, news)
    if row is None:
        return ""
    if row.told_at is not None:
        words = {"how": row.get_channel_display(), "at": moment(row.told_at)}
        return _("Not read yet. The person was told on %(at)s (%(how)s).") % words
    return str(TOLD[News.State(row.state)])


def _news_of(at: dt.datetime, news: Sequence[News]) -> News | None:
    """Return the news that tells of a message: the first after it, or the one that still waited when it came."""
    for row in news:
        if row.at >= at or row.told_at is None or row.told_at >= at:
            return row
    return None
