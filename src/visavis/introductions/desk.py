"""What a counsellor reads of the introductions of the people he follows: what waits, and what is in course."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import DateField, F, IntegerField, Q, QuerySet, Value
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.addresses import address
from visavis.common.prepared import Prepared
from visavis.introductions import limits
from visavis.introductions.enums import BOTH_SAID_YES, State
from visavis.introductions.models import FollowUp, Introduction
from visavis.introductions.models.hire import left_to_answer
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.waiting import Course, Filter, Moment, Urgency, Waiting
from visavis.ui.dates import day, moment

NEAR = dt.timedelta(days=2)
WEEK = dt.timedelta(days=7)
PLACE = 20
TAGS = {State.PROPOSED: "wait", State.PUT: "wait", State.AGREED: "good", State.INTERVIEW: "good"}


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits: which introductions, what to do for each, and how the filter is called.

    `holds` asks a row of `in_course`; `since` is what it says of since when, `due` of the day on which to
    act; without a `label` there is no filter, without a `sentence` nothing to do.
    """

    slug: str
    holds: Callable[[Any], bool]
    since: str
    due: Callable[[Any], Moment | None] = lambda row: None
    label: Any = ""
    urgency: Urgency = Urgency.AWAITED
    sentence: Any = None
    button: Any = ""
    is_hot: bool = False
    is_to_come: bool = False

    def filter(self) -> Filter:
        """Return the filter that finds whom such a row concerns."""
        is_so, when = self.holds, attrgetter(self.since)
        return Filter(
            self.slug,
            self.label,
            holds=lambda person, rows: any(map(is_so, rows)),
            since=lambda person, rows: min((when(row) for row in rows if is_so(row)), default=None),
            place=PLACE,
            is_hot=self.is_hot,
            is_to_come=self.is_to_come,
            is_of_rows=True,
        )


def due(on: dt.date | None = None) -> QuerySet[FollowUp]:
    """Return the questions whose day has come and that nobody has answered."""
    return left_to_answer(on or clock.today())


def is_proposed(row: Any) -> bool:
    return bool(row.state == State.PROPOSED)


def meets(row: Any) -> bool:
    """Say whether both said yes and a time to meet was said."""
    return row.state in BOTH_SAID_YES and row.meeting_at is not None


def is_unconfirmed(row: Any) -> bool:
    """Say whether a hire is declared, and nobody of the other side has confirmed it."""
    return row.declared_at is not None and row.confirmed_at is None


KINDS = (
    Kind(
        "last-day", lambda row: is_proposed(row) and bool(row.answer_by) and row.answer_by <= clock.today() + NEAR,
        "opened_at", attrgetter("answer_by"), _("Proposal whose last day is near"), Urgency.NEAR,
        _("Ask for an answer to “%(title)s”: the last day is %(day)s."), _("Ask for an answer"), is_hot=True,
    ),
    Kind(
        "to-answer", lambda row: is_proposed(row),
        "opened_at", attrgetter("answer_by"), _("Proposal waiting for the person"), Urgency.AWAITED,
        _("“%(title)s” is proposed: the answer may come until %(day)s."), _("See the proposal"),
    ),
    Kind(
        "at-employer", lambda row: row.state in {State.WANTED, State.PUT}, "jobseeker_yes_at",
        label=_("Waiting for the employer"),
    ),
    Kind(
        "to-meet", lambda row: meets(row) and clock.now() <= row.meeting_at <= clock.now() + WEEK,
        "meeting_at", attrgetter("meeting_at"), _("Meets an employer this week"), Urgency.SOON,
        _("Prepare the meeting of %(when)s (%(title)s)."), _("Prepare the meeting"), is_to_come=True,
    ),
    Kind(
        "has-met", lambda row: meets(row) and row.meeting_at < clock.now() and not row.declared_at,
        "meeting_at", attrgetter("meeting_at"), _("Meeting passed, no news"), Urgency.PASSED,
        _("The time to meet has passed (%(title)s): ask how it went."), _("Ask how it went"), is_hot=True,
    ),
    Kind(
        "hire-declared", lambda row: is_unconfirmed(row) and not row.disputed_at,
        "declared_at", attrgetter("declared_at"), _("Hire declared, not confirmed"), Urgency.TO_CONFIRM,
        _("A hire is declared (%(title)s): ask the other side, then confirm it."), _("Confirm the hire"),
        is_hot=True,
    ),
    Kind(
        "hire-disputed", lambda row: is_unconfirmed(row) and bool(row.disputed_at),
        "disputed_at", attrgetter("disputed_at"), _("Hire disputed"), Urgency.TO_SETTLE,
        _("The two sides do not say the same of the hire (%(title)s): call both."), _("See both answers"),
        is_hot=True,
    ),
    Kind(
        "still-there", lambda row: row.due_months is not None,
        "due_on", attrgetter("due_on"), _("Hired: is the person still there?"), Urgency.DUE,
        _("Ask whether the person is still in the job (%(title)s)."), _("Still in the job?"),
    ),
    Kind(
        "is-silent", lambda row: row.state == State.PUT and row.put_at < clock.now() - limits.REMIND_AFTER,
        "put_at", lambda row: row.put_at + limits.REMIND_AFTER, urgency=Urgency.LATE,
        sentence=ngettext_lazy(
            "The employer has not answered for %(days)s day (%(title)s): call.",
            "The employer has not answered for %(days)s days (%(title)s): call.",
            "days",
        ),
        button=_("Call the employer"),
    ),
)  # fmt: skip
FILTERS = tuple(kind.filter() for kind in KINDS if kind.label)
# Known once: to ask a sentence whether it is empty puts it into the reader's language.
TO_DO = tuple(kind for kind in KINDS if kind.sentence is not None)
# What is read of each, and under which name.
READ = {
    "title": F("vacancy__title"),
    "employer": F("vacancy__employer__name"),
    "declared_at": F("hire__declared_at"),
    "disputed_at": F("hire__disputed_at"),
    "confirmed_at": F("hire__confirmed_at"),
}
COLUMNS = (
    "pk", "jobseeker_id", "state", "answer_by", "opened_at", "jobseeker_yes_at", "put_at", "meeting_at",
    "meeting_agreed_at", "changed_at", "due_months", "due_on", *READ,
)  # fmt: skip


def in_course(people: Sequence[Any]) -> dict[int, list[Any]]:
    """Return what is in course or left to do for some people, oldest first, in two simple questions.

    A row has the `COLUMNS` as attributes: a caseload has hundreds, and a page words a few dozen of them.
    """
    numbers = [person.pk for person in people]
    if not numbers:
        return {}
    left = LEFT(numbers, [person.user_id for person in people])
    # The earliest question of each comes last, and stays.
    asked = {row: (months, day) for row, months, day in sorted(left, key=_latest_first) if months is not None}
    found: dict[int, list[Any]] = {}
    for row in IN_COURSE(numbers, [row for row, _months, _day in left] or [0]):
        if row.pk in asked:
            months, day = asked[row.pk]
            row = row._replace(due_months=months, due_on=day)
        found.setdefault(row.jobseeker_id, []).append(row)
    return found


def _latest_first(one: tuple[int, int | None, Any]) -> int:
    return -(one[1] or 0)


def _left(people: Sequence[int], accounts: Sequence[int]) -> QuerySet[Any, Any]:
    """Find what is left to do where nothing is in course: questions after a hire, and what nobody has told yet."""
    questions = due().filter(hire__introduction__jobseeker__in=people).order_by()
    about_these = News.objects.untold().filter(thing=Introduction.THING, role=Role.JOBSEEKER)
    untold = (
        about_these.filter(user__in=accounts)
        .order_by()
        .annotate(months=Value(None, IntegerField()), due_on=Value(None, DateField()))
        .values_list("thing_id", "months", "due_on")
    )
    rows = questions.values_list("hire__introduction", "months", "due_on")
    return rows.union(untold, all=True).order_by()


LEFT: Prepared[Any] = Prepared(_left)


def _in_course(people: Sequence[int], left: Sequence[int]) -> QuerySet[Introduction, Any]:
    """Find what is in course, by the index of what has not ended, and what is left to do of the rest."""
    rows = Introduction.objects.filter(jobseeker__in=people).order_by()
    rows = rows.annotate(due_months=Value(None, IntegerField()), due_on=Value(None, DateField()), **READ)
    is_open = Q(closed_at__isnull=True)
    found, ended = (
        some.values_list(*COLUMNS, named=True)
        for some in (rows.filter(is_open), rows.filter(~is_open, pk__in=left))
    )
    return found.union(ended, all=True).order_by("changed_at", "pk")


IN_COURSE: Prepared[Any] = Prepared(_in_course)


def to_do(rows: Sequence[Any]) -> Iterator[Waiting]:
    """Return what could be done for a person, kind by kind."""
    for kind in TO_DO:
        for row in rows:
            if kind.holds(row):
                url = question_of(row) if kind.urgency == Urgency.DUE else page_of(row)
                yield Waiting(
                    said(kind, row),
                    url,
                    kind.urgency,
                    label=kind.button,
                    is_hot=kind.is_hot,
                    due=kind.due(row),
                )


def _said(kind: Kind, row: Any) -> str:
    return str(kind.sentence % words_of(row))


said = lazy(_said, str)
"""Says what to do; only what a page shows is worded."""


def page_of(row: Any) -> str:
    return address("introductions:page", introduction_id=row.pk)


def question_of(row: Any) -> str:
    """Return the page of the question after a hire that is due."""
    return address("introductions:still_there", introduction_id=row.pk, months=row.due_months)


def words_of(row: Any) -> dict[str, Any]:
    """Return what a sentence may name."""
    return {
        "title": row.title,
        "day": day(row.answer_by),
        "when": moment(row.meeting_at),
        "days": (clock.now() - row.put_at).days if row.put_at else 0,
    }


def told(rows: Sequence[Any]) -> list[Course]:
    """Return introductions in course in words, the latest change first."""
    return [
        Course(
            row.title,
            row.employer or "",
            str(State(row.state).label),
            TAGS.get(State(row.state), "info"),
            detail(row),
            page_of(row),
        )
        for row in reversed(rows)
    ]


def detail(row: Any) -> str:
    """Say since when it stands so, or until when an answer may come."""
    if row.disputed_at:
        return gettext("The two sides do not say the same of the hire.")
    if row.declared_at and not row.confirmed_at:
        return gettext("Hire declared on %(day)s, not confirmed.") % {"day": day(row.declared_at)}
    if row.state == State.PROPOSED and row.answer_by:
        return gettext("Answer until %(day)s.") % {"day": day(row.answer_by)}
    if row.state in BOTH_SAID_YES and row.meeting_at:
        words = gettext("Meeting: %(when)s") if row.meeting_agreed_at else gettext("Time proposed: %(when)s")
        return words % {"when": moment(row.meeting_at)}
    return gettext("Since %(day)s.") % {"day": day(row.changed_at)}
