"""The course of one introduction: what happened, when, for which side, and where it led.

Acts, states and reasons are the words of the service's own table; a test walks every course through it.
"""

import datetime as dt
from dataclasses import dataclass, field

from visavis.synthetic import rhythm
from visavis.synthetic.dice import Choice, Dice

OPEN = frozenset({"proposed", "wanted", "put", "agreed", "interview"})
WAITING = frozenset({"proposed", "wanted", "put"})
BOTH_SAID_YES = frozenset({"agreed", "interview"})
SILENCE = dt.timedelta(days=60)
_ANSWER_DAYS, _ASK_DAYS = 7, 10
_PLACES = Choice((("on-site", 0.66), ("phone", 0.18), ("agency", 0.1), ("video", 0.06)))


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one side. What is empty was not said."""

    at: dt.datetime
    act: str
    side: str
    target: str
    reason: str = ""
    answer_by: dt.date | None = None
    meeting_at: dt.datetime | None = None
    place: str = ""
    # The introduction whose hire caused this one's end: its place in the history.
    because_of: int | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """What decides a course: who began, whether she is the one, what each side may object, who is silent."""

    origin: str
    begins_at: dt.datetime
    is_hired: bool
    her_no: float
    her_gaps: dict[str, float]
    their_no: float
    their_gaps: dict[str, float]
    silence: float


@dataclass(slots=True)
class Course:
    """Events so far, and where they led."""

    events: list[Event] = field(default_factory=list)

    @property
    def state(self) -> str:
        return self.events[-1].target if self.events else ""

    @property
    def at(self) -> dt.datetime:
        return self.events[-1].at

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def cut(self, moment: dt.datetime) -> None:
        """Forget what was to happen after a moment."""
        self.events = [event for event in self.events if event.at < moment]


def run(dice: Dice, case: Case) -> list[Event]:
    """Draw the whole course of an introduction, to its end."""
    course = Course()
    _begin(dice, case, course)
    if course.state == "proposed":
        _her_answer(dice, case, course)
    if course.state == "wanted":
        _add(course, course.at + dt.timedelta(seconds=2), "put", "service", "put")
        _their_answer(dice, case, course)
    if course.state == "agreed":
        _meeting(dice, case, course)
    if course.state in BOTH_SAID_YES:
        _outcome(dice, case, course)
    return course.events


def _add(course: Course, at: dt.datetime, act: str, side: str, target: str, reason: str = "") -> None:
    course.events.append(Event(at, act, side, target, reason))


def _why(dice: Dice, gaps: dict[str, float]) -> str:
    return dice.weighted(Choice(gaps.items()))


def _begin(dice: Dice, case: Case, course: Course) -> None:
    at = case.begins_at
    if case.origin == "jobseeker":
        _add(course, at, "want", "jobseeker", "wanted")
        return
    days, act = (_ANSWER_DAYS, "propose") if case.origin == "counsellor" else (_ASK_DAYS, "ask")
    day = at.date() + dt.timedelta(days=days)
    course.events.append(Event(at, act, case.origin, "proposed", answer_by=day))


def _her_answer(dice: Dice, case: Case, course: Course) -> None:
    """She answers a proposal by its last day, or does not; now and then it is taken back before."""
    last = course.events[0].answer_by
    answers_at = rhythm.later(dice, course.at, min(dice.lognormal(1.8, 0.8), 20))
    in_time = last is None or answers_at.date() <= last
    if case.is_hired and last is not None and not in_time:
        answers_at, in_time = course.at + dt.timedelta(hours=3), True
    if not case.is_hired and dice.chance(0.025):
        _add(
            course, rhythm.later(dice, course.at, 0.3), "withdraw", case.origin, "withdrawn",
            dice.pick(("mistake", "no-more-position")),
        )  # fmt: skip
    elif not in_time or (not case.is_hired and dice.chance(0.08)):
        after = dt.datetime.combine((last or course.at.date()) + dt.timedelta(days=1), dt.time(3), dt.UTC)
        _add(course, after, "expire", "service", "expired", "no-answer")
    elif not case.is_hired and dice.chance(case.her_no):
        _add(course, answers_at, "decline", "jobseeker", "declined", _why(dice, case.her_gaps))
    else:
        target = "agreed" if case.origin == "employer" else "wanted"
        _add(course, answers_at, "accept", "jobseeker", target)


def _their_answer(dice: Dice, case: Case, course: Course) -> None:
    """The employer says yes or no, or nothing for sixty days; she may take her wish back meanwhile."""
    answers_at = rhythm.later(dice, course.at, min(dice.lognormal(4, 0.8), 40))
    if case.is_hired:
        _add(course, answers_at, "agree", "employer", "agreed")
    elif dice.chance(0.05):
        gaps = {"found-work": 0.5, **case.her_gaps}
        moment = rhythm.later(dice, course.at, dice.lognormal(3, 0.6))
        _add(course, moment, "withdraw", "jobseeker", "withdrawn", _why(dice, gaps))
    elif dice.chance(case.silence):
        after = dt.datetime.combine((course.at + SILENCE).date() + dt.timedelta(days=1), dt.time(3), dt.UTC)
        _add(course, after, "expire", "service", "expired", "no-answer")
    elif dice.chance(case.their_no):
        _add(course, answers_at, "refuse", "employer", "declined", _why(dice, case.their_gaps))
    else:
        _add(course, answers_at, "agree", "employer", "agreed")


def _meeting(dice: Dice, case: Case, course: Course) -> None:
    """A side proposes a time, the other takes it, or proposes another; some never settle on one."""
    if not case.is_hired and dice.chance(0.1):
        return
    side = "employer" if dice.chance(0.75) else "jobseeker"
    for _turn in range(1 + dice.chance(0.15)):
        at = rhythm.later(dice, course.at, dice.lognormal(0.7, 0.7))
        meeting = on_the_half_hour(rhythm.later(dice, at, dice.between(3, 9)))
        course.events.append(
            Event(at, "set-time", side, "agreed", meeting_at=meeting, place=dice.weighted(_PLACES))
        )
        side = "jobseeker" if side == "employer" else "employer"
    taken_at = rhythm.later(dice, course.at, dice.lognormal(0.4, 0.6))
    meeting = course.events[-1].meeting_at or course.at
    if taken_at >= meeting:
        taken_at = course.at + (meeting - course.at) / 3
    _add(course, taken_at, "take-time", side, "interview")


def on_the_half_hour(at: dt.datetime) -> dt.datetime:
    """Return the half hour that has just struck: nobody meets at 08:52."""
    return at.replace(minute=at.minute // 30 * 30, second=0, microsecond=0)


def _outcome(dice: Dice, case: Case, course: Course) -> None:
    """What comes of it: a hire, a no of one side, or no news for sixty days."""
    met_at = max(filter(None, (event.meeting_at for event in course.events)), default=course.at)
    since = max(met_at, course.at)
    if case.is_hired:
        _hire(dice, course, since)
    elif dice.chance(0.08):
        after = dt.datetime.combine((since + SILENCE).date() + dt.timedelta(days=1), dt.time(3), dt.UTC)
        _add(course, after, "expire", "service", "expired", "no-answer")
    elif dice.chance(0.1):
        gaps = {"found-work": 1.0, **case.her_gaps}
        _add(
            course, rhythm.later(dice, course.at, 0.5), "withdraw", "jobseeker", "withdrawn", _why(dice, gaps)
        )
    else:
        is_hers = dice.chance(0.2)
        gaps = case.her_gaps if is_hers else {**case.their_gaps, "other-person": 1.5, "did-not-come": 0.25}
        side = "jobseeker" if is_hers else "employer"
        moment = rhythm.later(dice, since, dice.lognormal(3, 0.7))
        _add(course, moment, "not-hire", side, "not-hired", _why(dice, gaps))


_DECLARES = Choice((("employer", 0.62), ("jobseeker", 0.2), ("counsellor", 0.18)))


def _hire(dice: Dice, course: Course, since: dt.datetime) -> None:
    """One side declares the hire, another confirms it."""
    side = dice.weighted(_DECLARES)
    others = {"employer": "jobseeker", "jobseeker": "employer", "counsellor": "jobseeker"}
    confirming = "counsellor" if side != "counsellor" and dice.chance(0.2) else others[side]
    _add(course, rhythm.later(dice, since, dice.lognormal(2, 0.7)), "declare", side, course.state)
    _add(
        course,
        rhythm.later(dice, course.at, min(dice.lognormal(1.5, 0.8), 15)),
        "confirm",
        confirming,
        "hired",
    )
