"""Drawn introductions become rows: each event is a step, applied as the services apply it, then kept at once."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from visavis.common import clock
from visavis.introductions import frozen, hires, limits
from visavis.introductions.enums import BOTH_SAID_YES, CLOSED, Act, NewsKind, Side, State
from visavis.introductions.models import FollowUp, Hire, Introduction, Step
from visavis.introductions.table import TABLE
from visavis.introductions.telling import ROLES
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import News
from visavis.news.services import BY_HAND, Subject, news_of
from visavis.people.models import User
from visavis.synthetic.courses import Event
from visavis.synthetic.history import Affair, History, Later
from visavis.vacancies.models import Vacancy

TOLD_DAYS = 30
# What was asked so lately may still wait for its answer.
LATELY_DAYS = 30
TOLD: dict[str, tuple[NewsKind, tuple[Side, ...]]] = {
    "propose": (NewsKind.PROPOSED, (Side.JOBSEEKER,)),
    "ask": (NewsKind.PROPOSED, (Side.JOBSEEKER,)),
    "put": (NewsKind.TO_ANSWER, (Side.EMPLOYER,)),
    "agree": (NewsKind.AGREED, (Side.JOBSEEKER,)),
    "refuse": (NewsKind.DECLINED, (Side.JOBSEEKER,)),
    "set-time": (NewsKind.TIME, (Side.JOBSEEKER, Side.EMPLOYER)),
    "take-time": (NewsKind.TIME_TAKEN, (Side.JOBSEEKER, Side.EMPLOYER)),
    "not-hire": (NewsKind.NOT_HIRED, (Side.JOBSEEKER, Side.EMPLOYER)),
    "expire": (NewsKind.EXPIRED, (Side.JOBSEEKER,)),
    "close": (NewsKind.CLOSED, (Side.JOBSEEKER,)),
}


type Numbered = list[tuple[int, Affair]]


@dataclass
class Written:
    """The hires that were written, each with its questions."""

    hires: dict[Hire, list[FollowUp]] = field(default_factory=dict)


class Book:
    """Writes a history about these people, vacancies and employers' contacts, by place and by employer."""

    def __init__(
        self, people: Mapping[int, Jobseeker], vacancies: Mapping[int, Vacancy], contacts: Mapping[int, User]
    ) -> None:
        self.people, self.vacancies, self.contacts = people, vacancies, contacts
        self.now, self.today = clock.now(), clock.today()
        self.news: list[tuple[News, Introduction]] = []
        self.causes: dict[int, Step] = {}
        self.seats: Counter[int] = Counter()

    def write(self, history: History, cuts: Sequence[dt.datetime], between: Callable[[], object]) -> Written:
        """Write everything, in parts that had ended at each cut, then the rest; do something after each part."""
        written, begun = Written(), dt.datetime.min.replace(tzinfo=dt.UTC)
        for cut in (*cuts, self.now):
            part = [
                (number, one) for number, one in enumerate(history.affairs) if begun <= one.course.at < cut
            ]
            self._write(part, written)
            with clock.moved(cut):
                between()
            begun = cut
        return written

    def _write(self, part: Numbered, written: Written) -> None:
        rows = {number: self._introduction(affair) for number, affair in part}
        Introduction.objects.bulk_create(
            sorted((row for row, _steps in rows.values()), key=lambda row: row.opened_at), batch_size=500
        )
        self.causes |= {number: rows[number][1][-1] for number, affair in part if affair.hired}
        first: list[Step] = []
        caused: list[tuple[Step, int]] = []
        for number, affair in part:
            for step, event in zip(rows[number][1], affair.course.events, strict=True):
                if event.because_of is None:
                    first.append(step)
                else:
                    caused.append((step, event.because_of))
        Step.objects.bulk_create(first, batch_size=500)
        for step, number in caused:
            step.because_of = self.causes[number]
        Step.objects.bulk_create((step for step, _number in caused), batch_size=500)
        for news, row in self.news:
            news.thing_id, news.link = row.pk, row.url
        News.objects.bulk_create((news for news, _row in self.news), batch_size=500)
        self.news = []
        lately = self.now - limits.READ_AFTER_END
        frozen.freeze(
            row
            for row, _steps in rows.values()
            if row.has_reached_employer
            and (row.state in BOTH_SAID_YES or (row.closed_at is not None and row.closed_at > lately))
        )
        self._hires([(rows[number][0], affair) for number, affair in part if affair.hired], written)

    # One introduction -------------------------------------------------------------------------------

    def _introduction(self, affair: Affair) -> tuple[Introduction, list[Step]]:
        row = Introduction(
            jobseeker=self.people[affair.seeker],
            vacancy=self.vacancies[affair.opening],
            origin=affair.origin,
            opened_at=affair.course.events[0].at,
            version=0,
        )
        steps = [self._step(row, event) for event in affair.course.events]
        _remind(row, self.now)
        return row, steps

    def _step(self, row: Introduction, event: Event) -> Step:
        """Apply one event as `steps.Ledger` would; what the table has not is a fault of the draw."""
        before = row.state
        if not TABLE.allows(
            State(before) if before else None, Act(event.act), Side(event.side), State(event.target)
        ):
            raise ValueError(f"{event.act} by the {event.side} leads from {before or 'nothing'} nowhere")
        held, by = row.held(), self._who(row, event.side, event.act)
        for name, value in _changes(event, by).items():
            setattr(row, name, value)
        row.state, row.changed_at = event.target, event.at
        row.heard(event.side)
        row.version += 1
        self._tell(row, event)
        return Step(
            introduction=row, number=row.version, act=event.act, side=event.side, by=by, at=event.at,
            from_state=before, to_state=event.target, reason=row.reason, before=held,
        )  # fmt: skip

    def _who(self, row: Introduction, side: str, act: str = "") -> User | None:
        """Who noted it: the person; for whoever we reach by hand, her counsellor. A hire she says herself."""
        jobseeker = row.jobseeker
        if side == Side.EMPLOYER:
            return self.contacts[row.vacancy.employer_id or 0]
        if side == Side.JOBSEEKER:
            is_helped = jobseeker.user.channel in BY_HAND and act not in {Act.DECLARE, Act.CONFIRM}
            return (is_helped and jobseeker.counsellor) or jobseeker.user
        return jobseeker.counsellor if side == Side.COUNSELLOR else None

    def _tell(self, row: Introduction, event: Event) -> None:
        """Keep that people were told, for what happened lately."""
        if event.act not in TOLD or event.at < self.now - dt.timedelta(days=TOLD_DAYS):
            return
        kind, sides = TOLD[event.act]
        for side in sides:
            if side != event.side:
                self._told(row, kind, side, event.at)

    def _told(self, row: Introduction, kind: NewsKind, side: Side, at: dt.datetime) -> None:
        user = row.jobseeker.user if side == Side.JOBSEEKER else self.contacts[row.vacancy.employer_id or 0]
        # Its number and its page are known once the introduction is kept.
        subject = Subject(row.THING, 0, row.vacancy.title, "")
        news = news_of(user=user, role=ROLES[side], kind=kind, subject=subject)
        news.at = at
        self.news.append((note_told(news, row.jobseeker.counsellor, self.now), row))

    # Hires ------------------------------------------------------------------------------------------

    def _hires(self, pairs: list[tuple[Introduction, Affair]], written: Written) -> None:
        hired: list[Hire] = []
        pairs.sort(key=lambda pair: pair[1].course.at)
        for row, affair in pairs:
            self.seats[affair.opening] += 1
            hired.append(self._hire(row, affair, self.seats[affair.opening]))
        Hire.objects.bulk_create(hired, batch_size=500)
        for hire, (_row, affair) in zip(hired, pairs, strict=True):
            written.hires[hire] = self._follow_ups(hire, affair)
        questions = [one for hire in hired for one in written.hires[hire]]
        self._leave_one_unanswered(questions)
        FollowUp.objects.bulk_create(questions, batch_size=500)

    def _hire(self, row: Introduction, affair: Affair, seat: int) -> Hire:
        terms = affair.hired
        declared = next(event for event in reversed(affair.course.events) if event.act == Act.DECLARE)
        confirmed = affair.course.events[-1]
        if terms is None:
            raise ValueError("this introduction has no hire")
        hours = None if terms.hours_week is None else min(Decimal(str(terms.hours_week)), hires.MOST_HOURS)
        return Hire(
            introduction=row, vacancy=row.vacancy, kind=terms.kind, starts_on=terms.starts_on, hours_week=hours,
            declared_side=declared.side, declared_by=self._who(row, declared.side, declared.act),
            declared_at=declared.at,
            confirmed_side=confirmed.side, confirmed_by=self._who(row, confirmed.side, confirmed.act),
            confirmed_at=confirmed.at, seat=seat,
        )  # fmt: skip

    def _follow_ups(self, hire: Hire, affair: Affair) -> list[FollowUp]:
        return [self._follow_up(hire, later) for later in (affair.hired.later if affair.hired else ())]

    def _follow_up(self, hire: Hire, later: Later) -> FollowUp:
        due_on = hires.months_after(hire.starts_on, later.months)
        row = FollowUp(hire=hire, months=later.months, due_on=due_on)
        if due_on > self.today:
            return row
        row.asked_at = min(dt.datetime.combine(due_on, dt.time(4), dt.UTC), self.now)
        days = later.after_days + (LATELY_DAYS if later.is_slow else 0)
        answered_at = row.asked_at + dt.timedelta(days=days, hours=6)
        if answered_at < self.now:
            row.answer, row.answered_side, row.answered_at = later.answer, later.side, answered_at
            row.answered_by = self._who(hire.introduction, later.side)
        return row

    def _leave_one_unanswered(self, questions: Iterable[FollowUp]) -> None:
        """Each counsellor has a question that waits: the last one asked, if no other does."""
        asked: dict[int | None, list[FollowUp]] = defaultdict(list)
        for question in questions:
            if question.asked_at is not None:
                asked[question.hire.introduction.jobseeker.counsellor_id].append(question)
        for some in asked.values():
            lately = [
                one for one in some
                if not one.answer and one.due_on > self.today - dt.timedelta(days=LATELY_DAYS)
            ]  # fmt: skip
            if not lately:
                last = max(some, key=lambda one: one.due_on)
                last.answer = last.answered_side = ""
                last.answered_by = last.answered_at = None


def note_told(news: News, counsellor: User | None, now: dt.datetime) -> News:
    """Note that a piece of news was told: hours later by her counsellor, or at once by a message."""
    by_hand = news.channel in BY_HAND
    news.state = News.State.TOLD if by_hand else News.State.SENT
    news.tries = 0 if by_hand else 1
    news.told_by = counsellor if by_hand else None
    news.told_at = min(news.at + (dt.timedelta(hours=5) if by_hand else dt.timedelta(seconds=20)), now)
    return news


def _changes(event: Event, by: User | None) -> dict[str, Any]:
    """Return what an act sets, as the services do."""
    at = event.at
    contact = {"employer_yes_at": at, "employer_contact": by}
    changes: dict[str, dict[str, Any]] = {
        "want": {"jobseeker_yes_at": at},
        "propose": {"answer_by": event.answer_by},
        "ask": {"answer_by": event.answer_by, **contact},
        "accept": {"jobseeker_yes_at": at},
        "put": {"put_at": at},
        "agree": contact,
        "set-time": {
            "meeting_at": event.meeting_at, "meeting_place": event.place, "meeting_by": event.side,
            "meeting_agreed_at": None, "reminded_at": None,
        },
        "take-time": {"meeting_agreed_at": at},
    }  # fmt: skip
    if event.target in CLOSED:
        closed_by = "" if event.target == State.HIRED else event.side
        return {"closed_at": at, "closed_by": closed_by, "reason": event.reason}
    return changes.get(event.act, {})


def _remind(row: Introduction, now: dt.datetime) -> None:
    """Note the reminder that the sweep has sent by now."""
    if row.state == State.PUT and row.put_at and row.put_at < now - limits.REMIND_AFTER:
        row.reminded_at = row.put_at + limits.REMIND_AFTER
    elif row.state == State.INTERVIEW and row.meeting_at and row.meeting_at < now - dt.timedelta(days=1):
        row.reminded_at = row.meeting_at + dt.timedelta(days=1)
