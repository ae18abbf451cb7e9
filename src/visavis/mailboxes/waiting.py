"""What letterboxes say to the homes and the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.mailboxes import signs
from visavis.mailboxes.enums import Box, Mark, Voice
from visavis.mailboxes.models import Message, Opening, Thread
from visavis.mailboxes.models.thread import Answered, of_nobody_at_work
from visavis.mailboxes.reading import READ_BY_HER
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.waiting import (
    MESSAGES,
    App,
    Course,
    Event,
    Filter,
    Happened,
    MayWait,
    Said,
    Urgency,
    Waiting,
)
from visavis.ui.dates import day

PLACE, AWAITED = 15, 25
# A message so marked does not show that she has read anything.
NOT_HERS = (Mark.AUTOMATIC, Mark.FORGED)
UNREAD = Prepared(
    lambda user: (
        unread().filter(thread__person=user).order_by("thread", "number").values_list("thread", flat=True)
    )
)
IN_BOX = Prepared(
    lambda agencies, holders: (
        Thread.objects.waiting_for_us()
        .filter(agency__in=agencies, holder__in=holders)
        .order_by()
        .values_list("pk", flat=True)
    )
)
OLDEST = Prepared(
    lambda agencies, holders: (
        Thread.objects.waiting_for_us()
        .filter(agency__in=agencies, holder__in=holders)
        .order_by("ours_since", "pk")
        .values_list("ours_since", flat=True)[:1]
    )
)
WITH_TEAM = Prepared(
    lambda agencies, at_work: (
        Thread.objects.waiting_for_us()
        .filter(of_nobody_at_work(at_work), agency__in=agencies)
        .order_by()
        .values_list("pk", flat=True)
    )
)
IN_COURSE = Prepared(
    lambda users: Thread.objects.open().filter(person__in=users).order_by("ours_since", "theirs_since", "pk")
)


def unread() -> QuerySet[Message]:
    """Keep what is written to people and was not opened by whom it is for."""
    opened = Opening.objects.filter(message=OuterRef("pk"), user=OuterRef("thread__person")).order_by()
    return Message.objects.filter(~Exists(opened), voice__in=READ_BY_HER)


def waits(thread: Thread) -> bool:
    return thread.ours_since is not None


class Letterboxes(App):
    """What is written and not answered."""

    chapter = MESSAGES
    filters = (
        Filter(
            "wrote",
            gettext_lazy("Wrote to us, without an answer yet"),
            holds=lambda person, rows: any(map(waits, rows)),
            since=lambda person, rows: min((row.ours_since for row in rows if waits(row)), default=None),
            place=PLACE,
            is_hot=True,
            is_of_rows=True,
        ),
        Filter(
            "awaited",
            gettext_lazy("Has not answered us yet"),
            holds=lambda person, rows: any(row.theirs_since for row in rows),
            since=lambda person, rows: min(
                (row.theirs_since for row in rows if row.theirs_since), default=None
            ),
            place=AWAITED,
            is_of_rows=True,
        ),
    )

    def waiting_for(self, actor: User, role: Role) -> list[Waiting]:
        if role == Role.JOBSEEKER:
            return _for_her(actor)
        if role == Role.COUNSELLOR:
            return _for_counsellor(actor)
        if role == Role.HEAD:
            return [
                Waiting(words, address("operations:service"), label=_("See"))
                for words in signs.silent_words()
            ]
        return []

    def may_wait(self) -> Sequence[MayWait]:
        return [MayWait(unread(), "thread__person")]

    def said_by_people(self) -> Said:
        return Said(Message.objects.filter(voice=Voice.THEIRS), "thread__person", "at", is_account=True)

    def reached(self) -> Sequence[Said]:
        """What she wrote or said, and what she opened of what was written to her."""
        opened = Opening.objects.filter(user=F("message__thread__person"))
        written = Message.objects.filter(voice=Voice.THEIRS).annotate(marked=Cast("marks", TextField()))
        for mark in NOT_HERS:
            written = written.exclude(marked__contains=mark.value)
        return [
            Said(written, "thread__person", "at", is_account=True),
            Said(opened, "user", "at", is_account=True),
        ]

    def in_course(self, actor: User, people: Sequence[Any]) -> dict[int, list[Thread]]:
        numbers = {person.user_id: person.pk for person in people}
        found: dict[int, list[Thread]] = {}
        for row in IN_COURSE([*numbers]) if numbers else ():
            found.setdefault(numbers[row.person_id], []).append(row)
        return found

    def to_do(self, person: Any, rows: Sequence[Thread]) -> Iterable[Waiting]:
        for row in filter(waits, rows):
            yield Waiting(
                _("Answer what the person wrote."),
                row.url,
                Urgency.TO_CONFIRM,
                label=_("Answer the message"),
                is_hot=row.is_late,
                due=row.due_on,
            )

    def told(self, rows: Sequence[Thread]) -> list[Course]:
        return [_course(row) for row in rows]

    def happened(self, person: Any) -> Happened:
        written = Message.objects.filter(thread__person=person.user_id, voice__in=(Voice.THEIRS, Voice.OURS))
        return Happened(written.select_related("thread", "author"))

    def tell(self, rows: Iterable[Message], person: Any, actor: User) -> list[Event]:
        say = _her_sentence if actor.pk == person.user_id else _sentence
        return [Event(row.at, say(row), row.thread.url) for row in rows]


def _for_her(actor: User) -> list[Waiting]:
    """Return what is written to her and not read, the oldest thread first."""
    unread = list(UNREAD(actor.pk))
    if not unread:
        return []
    words = ngettext("You have %(n)s message to read.", "You have %(n)s messages to read.", len(unread))
    one = len(set(unread)) == 1
    url = (
        reverse("mailboxes:thread", kwargs={"thread_id": unread[0]}) + "#new"
        if one
        else reverse("mailboxes:mine")
    )
    return [Waiting(words % {"n": len(unread)}, url, label=_("Read"))]


def _for_counsellor(actor: User) -> list[Waiting]:
    """Return how much waits in the letterbox, and how much with the team: as many as its lists show."""
    answered = Answered(actor)
    if not answered.agencies:
        return []
    found = []
    if mine := IN_BOX.count(answered.agencies, answered.holders):
        oldest = OLDEST.first(answered.agencies, answered.holders)
        words = ngettext(
            "%(n)s message waits for your answer, since %(day)s.",
            "%(n)s messages wait for your answer, the oldest since %(day)s.",
            mine,
        )
        said = words % {"n": mine, "day": day(oldest)}
        found.append(Waiting(said, reverse("mailboxes:box"), label=_("Answer")))
    # Nobody at work is nobody's number: a sequence is never empty.
    if team := WITH_TEAM.count(answered.agencies, answered.at_work or [0]):
        words = ngettext("%(n)s message waits for the team.", "%(n)s messages wait for the team.", team)
        found.append(
            Waiting(words % {"n": team}, f"{reverse('mailboxes:box')}?box={Box.TEAM}", label=_("See"))
        )
    return found


def _course(row: Thread) -> Course:
    state, kind, detail = _("In course"), "info", ""
    if row.ours_since is not None:
        state, kind = _("Waiting for us"), "wait"
        detail = _("since %(day)s") % {"day": day(row.ours_since)}
    elif row.theirs_since is not None:
        state = _("Waiting for the person")
        detail = _("since %(day)s") % {"day": day(row.theirs_since)}
    return Course(row.subject, _("Messages"), state, kind, detail, row.url)


def _her_sentence(row: Message) -> str:
    if row.voice == Voice.THEIRS:
        return _("You wrote (%(how)s).") % {"how": row.get_way_display()}
    return _("%(name)s wrote to you.") % {"name": row.author.name if row.author else _("The agency")}


def _sentence(row: Message) -> str:
    if row.voice == Voice.THEIRS:
        return _("The person wrote (%(how)s).") % {"how": row.get_way_display()}
    name = row.author.name if row.author else _("The agency")
    return _("%(name)s wrote to the person.") % {"name": name}
