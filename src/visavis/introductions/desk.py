"""What a counsellor reads of the introductions of the people he follows: what waits, and what is in course."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.introductions import limits
from visavis.introductions.enums import BOTH_SAID_YES, OPEN, State
from visavis.introductions.models import FollowUp, Introduction
from visavis.introductions.stories import hire_of
from visavis.news.models import News
from visavis.people.waiting import HERS, Course, Filter, Urgency, Waiting, flag, where
from visavis.ui.dates import day, moment

NEAR = dt.timedelta(days=2)
WEEK = dt.timedelta(days=7)
PLACE = 20
TAGS = {State.PROPOSED: "wait", State.PUT: "wait", State.AGREED: "good", State.INTERVIEW: "good"}


@dataclass(frozen=True)
class Kind:
    """One kind of thing that waits: which introductions, what to do for the first, and how the filter is called.

    `since` is the column that says since when; without a `label` there is no filter, without a `sentence`
    nothing to do.
    """

    slug: str
    holds: Callable[[], Q]
    since: str
    label: Any = ""
    urgency: Urgency = Urgency.AWAITED
    sentence: Any = ""
    button: Any = ""
    is_hot: bool = False
    is_to_come: bool = False

    def rows(self) -> QuerySet[Introduction]:
        """Find such introductions of one person of the outer query."""
        return Introduction.objects.filter(self.holds(), jobseeker=HERS)

    def filter(self) -> Filter:
        return where(
            self.slug,
            self.label,
            self.rows,
            self.since,
            PLACE,
            is_hot=self.is_hot,
            is_to_come=self.is_to_come,
        )


def due() -> QuerySet[FollowUp]:
    """Return the questions whose day has come and that nobody has answered."""
    return FollowUp.objects.filter(answered_at__isnull=True, due_on__lte=clock.today())


KINDS = (
    Kind(
        "last-day", lambda: Q(state=State.PROPOSED, answer_by__lte=clock.today() + NEAR), "opened_at",
        _("Proposal whose last day is near"), Urgency.NEAR,
        _("Ask for an answer to “%(title)s”: the last day is %(day)s."), _("See the proposal"), is_hot=True,
    ),
    Kind(
        "to-answer", lambda: Q(state=State.PROPOSED), "opened_at",
        _("Proposal waiting for the person"), Urgency.AWAITED,
        _("“%(title)s” is proposed: the answer may come until %(day)s."), _("See the proposal"),
    ),
    Kind(
        "at-employer", lambda: Q(state__in=[State.WANTED, State.PUT]), "jobseeker_yes_at",
        _("Waiting for the employer"),
    ),
    Kind(
        "to-meet", lambda: Q(state__in=BOTH_SAID_YES, meeting_at__range=(clock.now(), clock.now() + WEEK)),
        "meeting_at", _("Meets an employer this week"), Urgency.SOON,
        _("Prepare the meeting of %(when)s (%(title)s)."), _("See the meeting"), is_to_come=True,
    ),
    Kind(
        "has-met", lambda: Q(state__in=BOTH_SAID_YES, meeting_at__lt=clock.now(), hire__isnull=True),
        "meeting_at", _("Meeting passed, no news"), Urgency.PASSED,
        _("The time to meet has passed (%(title)s): ask how it went."), _("Note how it went"), is_hot=True,
    ),
    Kind(
        "hire-declared",
        lambda: Q(hire__isnull=False, hire__confirmed_at__isnull=True, hire__disputed_at__isnull=True),
        "hire__declared_at", _("Hire declared, not confirmed"), Urgency.TO_CONFIRM,
        _("A hire is declared (%(title)s): ask the other side, then confirm it."), _("Confirm the hire"),
        is_hot=True,
    ),
    Kind(
        "hire-disputed",
        lambda: Q(hire__confirmed_at__isnull=True, hire__disputed_at__isnull=False),
        "hire__disputed_at", _("Hire disputed"), Urgency.TO_SETTLE,
        _("The two sides do not say the same of the hire (%(title)s): call both."), _("See both answers"),
        is_hot=True,
    ),
    Kind(
        "is-due", lambda: Q(Exists(due().filter(hire__introduction=OuterRef("pk")))), "",
        urgency=Urgency.DUE,
        sentence=_("Ask whether the person is still in the job (%(title)s)."), button=_("Note the answer"),
    ),
    Kind(
        "is-silent", lambda: Q(state=State.PUT, put_at__lt=clock.now() - limits.REMIND_AFTER), "put_at",
        urgency=Urgency.LATE,
        sentence=ngettext_lazy(
            "The employer has not answered for %(days)s day (%(title)s): call.",
            "The employer has not answered for %(days)s days (%(title)s): call.",
            "days",
        ),
        button=_("See the introduction"),
    ),
)  # fmt: skip
FILTERS = (
    *(kind.filter() for kind in KINDS if kind.label),
    where(
        "still-there",
        _("Hired: is the person still there?"),
        lambda: due().filter(hire__introduction__jobseeker=HERS),
        "due_on",
        PLACE,
    ),
)


def in_course(people: Iterable[int]) -> dict[int, list[Introduction]]:
    """Return what is in course or left to do for some people, in one query, oldest first, with what holds."""
    months = due().filter(hire__introduction=OuterRef("pk")).order_by("months").values("months")[:1]
    untold = News.objects.untold().filter(
        thing=Introduction.THING, thing_id=OuterRef("pk"), user=OuterRef("jobseeker__user")
    )
    holds = {flag(kind.slug): ExpressionWrapper(kind.holds(), output_field=BooleanField()) for kind in KINDS}
    rows = Introduction.objects.filter(jobseeker__in=list(people)).with_card()
    left = Q(state__in=OPEN) | Q(due_months__isnull=False) | Q(Exists(untold.order_by()))
    found: dict[int, list[Introduction]] = {}
    for row in rows.annotate(due_months=Subquery(months), **holds).filter(left).order_by("changed_at", "pk"):
        found.setdefault(row.jobseeker_id, []).append(row)
    return found


def to_do(rows: Sequence[Any]) -> Iterator[Waiting]:
    """Return what could be done for a person, of each kind the first."""
    for kind in KINDS:
        row = next((row for row in rows if kind.sentence and getattr(row, flag(kind.slug))), None)
        if row is not None:
            text, button = str(kind.sentence % words_of(row)), str(kind.button)
            url = question_of(row) if kind.urgency == Urgency.DUE else row.url
            yield Waiting(text, url, kind.urgency, label=button, is_hot=kind.is_hot)


def question_of(row: Any) -> str:
    """Return the page of the question after a hire that is due."""
    kept = {"introduction_id": row.pk, "months": row.due_months}
    return reverse("introductions:still_there", kwargs=kept)


def words_of(row: Introduction) -> dict[str, Any]:
    """Return what a sentence may name."""
    return {
        "title": row.vacancy.title,
        "day": day(row.answer_by),
        "when": moment(row.meeting_at),
        "days": (clock.now() - row.put_at).days if row.put_at else 0,
    }


def told(rows: Sequence[Introduction]) -> list[Course]:
    """Return introductions in course in words, the latest change first."""
    return [
        Course(
            row.vacancy.title,
            row.vacancy.employer.name if row.vacancy.employer else "",
            str(row.get_state_display()),
            TAGS.get(State(row.state), "info"),
            detail(row),
            row.url,
        )
        for row in reversed(rows)
    ]


def detail(row: Introduction) -> str:
    """Say since when it stands so, or until when an answer may come."""
    hire = hire_of(row)
    if hire is not None and hire.disputed_at:
        return gettext("The two sides do not say the same of the hire.")
    if hire is not None and hire.is_pending:
        return gettext("Hire declared on %(day)s, not confirmed.") % {"day": day(hire.declared_at)}
    if row.state == State.PROPOSED and row.answer_by:
        return gettext("Answer until %(day)s.") % {"day": day(row.answer_by)}
    if row.state in BOTH_SAID_YES and row.meeting_at:
        words = gettext("Meeting: %(when)s") if row.meeting_agreed_at else gettext("Time proposed: %(when)s")
        return words % {"when": moment(row.meeting_at)}
    return gettext("Since %(day)s.") % {"day": day(row.changed_at)}
