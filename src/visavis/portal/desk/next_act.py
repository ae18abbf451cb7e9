"""What to do next for a person: one sentence and one button, computed from what is known."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.common import clock
from visavis.introductions import limits
from visavis.introductions.enums import BOTH_SAID_YES, OPEN, State
from visavis.introductions.models import FollowUp, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.portal.desk.conditions import NEAR_DAYS, SILENT_WEEKS, WEEK
from visavis.portal.desk.people import followed, person_url


@dataclass(frozen=True)
class NextAct:
    """One sentence, and the button that does it."""

    sentence: str
    label: str = ""
    url: str = ""
    is_hot: bool = False


@dataclass(frozen=True)
class Situation:
    """A person with her flags, and her introductions in course or with something left to do."""

    person: Any
    rows: list[Any] = field(default_factory=list)

    def first(self, holds: Callable[[Any], bool]) -> Any:
        return next((row for row in self.rows if holds(row)), None)


def in_course(actor: User, people: Iterable[int]) -> dict[int, list[Introduction]]:
    """Return what is in course or left to do for some people, in one query, oldest first."""
    due = FollowUp.objects.filter(
        hire__introduction=OuterRef("pk"), due_on__lte=clock.today(), answered_at__isnull=True
    )
    untold = News.objects.untold().filter(
        thing=Introduction.THING, thing_id=OuterRef("pk"), user=OuterRef("jobseeker__user")
    )
    rows = (
        Introduction.objects.filter(jobseeker__in=followed(actor).filter(pk__in=list(people)))
        .with_card()
        .annotate(
            due_months=Subquery(due.order_by("months").values("months")[:1]),
            untold=Subquery(untold.order_by("at").values("kind")[:1]),
        )
        .order_by("changed_at", "pk")
    )
    found: dict[int, list[Introduction]] = {}
    left = Q(state__in=OPEN) | Q(due_months__isnull=False) | Q(untold__isnull=False)
    for row in rows.filter(left):
        found.setdefault(row.jobseeker_id, []).append(row)
    return found


def hire_of(row: Introduction) -> Any:
    return getattr(row, "hire", None)


def to(row: Introduction, sentence: str, label: str, *, is_hot: bool = False) -> NextAct:
    """Return an act done on the page of an introduction."""
    words = {"title": row.vacancy.title}
    return NextAct(sentence % words, label, row.url, is_hot)


def day(moment: dt.datetime | dt.date) -> str:
    local = localtime(moment) if isinstance(moment, dt.datetime) else moment
    return date_format(local, "DATE_FORMAT")


def disputed(found: Situation) -> NextAct | None:
    row = found.first(lambda one: bool(hire_of(one) and hire_of(one).disputed_at))
    sentence = _("The two sides do not say the same of the hire (%(title)s): call both.")
    return row and to(row, sentence, _("See both answers"), is_hot=True)


def declared(found: Situation) -> NextAct | None:
    row = found.first(lambda one: bool(hire_of(one) and hire_of(one).is_pending))
    sentence = _("A hire is declared (%(title)s): ask the other side, then confirm it.")
    return row and to(row, sentence, _("Confirm the hire"), is_hot=True)


def untold(found: Situation) -> NextAct | None:
    row = found.first(lambda one: bool(one.untold))
    if row is None:
        return None
    sentences = {
        Channel.PHONE: _("Call the person to tell what is new (%(title)s)."),
        Channel.POST: _("Write to the person to tell what is new (%(title)s)."),
    }
    at_counter = _("Tell the person at the counter what is new (%(title)s).")
    sentence = sentences.get(Channel(found.person.user.channel), at_counter)
    words = {"title": row.vacancy.title}
    return NextAct(sentence % words, _("See what to tell"), reverse("news:to_tell"), is_hot=True)


def met(found: Situation) -> NextAct | None:
    def has_met(row: Introduction) -> bool:
        return row.state in BOTH_SAID_YES and bool(row.meeting_at and row.meeting_at < clock.now())

    row = found.first(has_met)
    sentence = _("The time to meet has passed (%(title)s): ask how it went.")
    return row and to(row, sentence, _("Note how it went"), is_hot=True)


def still_there(found: Situation) -> NextAct | None:
    row = found.first(lambda one: one.due_months is not None)
    if row is None:
        return None
    arguments = {"introduction_id": row.pk, "months": row.due_months}
    sentence = _("Ask whether the person is still in the job (%(title)s).") % {"title": row.vacancy.title}
    return NextAct(sentence, _("Note the answer"), reverse("introductions:still_there", kwargs=arguments))


def last_day(found: Situation) -> NextAct | None:
    limit = clock.today() + dt.timedelta(days=NEAR_DAYS)
    row = found.first(
        lambda one: one.state == State.PROPOSED and bool(one.answer_by and one.answer_by <= limit)
    )
    if row is None:
        return None
    sentence = _("Ask for an answer to “%(title)s”: the last day is %(day)s.") % {
        "title": row.vacancy.title,
        "day": day(row.answer_by),
    }
    return NextAct(sentence, _("See the proposal"), row.url, is_hot=True)


def unknown(found: Situation) -> NextAct | None:
    if not found.person.is_unknown:
        return None
    question = "wanted" if found.person.commune_id else "place"
    url = reverse(
        "jobseekers:person_question", kwargs={"jobseeker_id": found.person.pk, "question": question}
    )
    sentence = _("Complete the profile together: where the person lives, and the work wanted.")
    return NextAct(sentence, _("Complete the profile"), url)


def no_opening(found: Situation) -> NextAct | None:
    if not found.person.is_no_opening:
        return None
    url = reverse("matches:more_of", kwargs={"jobseeker_id": found.person.pk})
    return NextAct(
        _("No opening suits: see what one change would open."), _("What would open more doors"), url
    )


def silent_employer(found: Situation) -> NextAct | None:
    limit = clock.now() - limits.REMIND_AFTER
    row = found.first(lambda one: one.state == State.PUT and bool(one.put_at and one.put_at < limit))
    if row is None:
        return None
    days = (clock.now() - row.put_at).days
    sentence = ngettext(
        "The employer has not answered for %(days)s day (%(title)s): call.",
        "The employer has not answered for %(days)s days (%(title)s): call.",
        days,
    )
    words = {"days": days, "title": row.vacancy.title}
    return NextAct(sentence % words, _("See the introduction"), row.url)


def meeting(found: Situation) -> NextAct | None:
    now = clock.now()
    row = found.first(lambda one: bool(one.meeting_at and now <= one.meeting_at <= now + WEEK))
    if row is None:
        return None
    when = date_format(localtime(row.meeting_at), "DATETIME_FORMAT")
    sentence = _("Prepare the meeting of %(when)s (%(title)s).") % {"when": when, "title": row.vacancy.title}
    return NextAct(sentence, _("See the meeting"), row.url)


def silence(found: Situation) -> NextAct | None:
    if not found.person.is_silent:
        return None
    sentence = ngettext(
        "Nothing was said for %(weeks)s week: ask for news.",
        "Nothing was said for %(weeks)s weeks: ask for news.",
        SILENT_WEEKS,
    ) % {"weeks": SILENT_WEEKS}
    return NextAct(sentence, _("See how to reach the person"), person_url(found.person, "#reach"))


def waiting(found: Situation) -> NextAct | None:
    row = found.first(lambda one: one.state == State.PROPOSED)
    if row is None or row.answer_by is None:
        return None
    sentence = _("“%(title)s” is proposed: the answer may come until %(day)s.") % {
        "title": row.vacancy.title,
        "day": day(row.answer_by),
    }
    return NextAct(sentence, _("See the proposal"), row.url)


def not_looking(found: Situation) -> NextAct | None:
    return None if found.person.is_looking else NextAct(_("Not looking for work at present: nothing to do."))


def propose(found: Situation) -> NextAct | None:
    url = reverse("portal:desk_propose_to", kwargs={"jobseeker_id": found.person.pk})
    if found.rows:
        return NextAct(_("All is in course. More openings can be proposed."), _("Propose openings"), url)
    return NextAct(_("Openings suit this person: propose some."), _("Propose openings"), url)


RULES: tuple[Callable[[Situation], NextAct | None], ...] = (
    disputed, declared, untold, met, still_there, last_day, meeting, not_looking, unknown, silent_employer,
    no_opening, waiting, silence, propose,
)  # fmt: skip


def of(person: Jobseeker, rows: list[Introduction]) -> NextAct:
    """Return the most urgent act. The person carries the flags of `conditions.with_flags`."""
    situation = Situation(person, rows)
    return next(act for rule in RULES if (act := rule(situation)) is not None)
