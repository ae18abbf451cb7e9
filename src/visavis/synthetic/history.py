"""Some time of introductions in a made-up market: who met whom, what came of it, who was hired.

Employers take whom `Truth` says they want most, with some luck; whoever stands behind is refused for what
really was missing. A hire ends the person's other introductions, the last position those of the vacancy.
"""

import datetime as dt
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from visavis.synthetic import courses, rhythm, truth
from visavis.synthetic.courses import Case, Course, Event
from visavis.synthetic.dice import Choice, Dice
from visavis.synthetic.people import Jobseeker
from visavis.synthetic.truth import Truth
from visavis.synthetic.vacancies import Vacancy

_FAR_KM = 45.0
_MOST_EACH = 7
_AT_ONCE = 5
_LUCK = 0.55
_FILLED = 0.9
_SILENT_EMPLOYERS, _SILENT, _USUAL = 0.12, 0.6, 0.07
_CANDIDATES = Choice(((2, 0.14), (3, 0.2), (4, 0.22), (5, 0.2), (6, 0.14), (7, 0.1)))
_ORIGINS = (Choice((("jobseeker", 0.56), ("counsellor", 0.32), ("employer", 0.12))),
            Choice((("jobseeker", 0.82), ("employer", 0.18))))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Seeker:
    """A person, from when she looked for work; `until` is when she stopped, for those who no longer look."""

    person: Jobseeker
    since: dt.date
    until: dt.date | None = None
    has_counsellor: bool = True

    def looks_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Opening:
    """A vacancy and when it was published. One that is still open fills nobody, and says whom it suits."""

    vacancy: Vacancy
    published_on: dt.date
    is_past: bool = True
    suits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Later:
    """What was answered so many months after a hire, and after how many days; some take long to answer."""

    months: int
    answer: str
    side: str
    after_days: int
    is_slow: bool


@dataclass(frozen=True, slots=True)
class Hired:
    """The terms of a hire, and what became of it."""

    starts_on: dt.date
    kind: str
    hours_week: float | None
    later: tuple[Later, ...]


@dataclass(slots=True)
class Affair:
    """One introduction: places of the person and of the vacancy in what was given, its course, its hire."""

    seeker: int
    opening: int
    origin: str
    course: Course
    hired: Hired | None = None


@dataclass(slots=True)
class History:
    """Introductions, and when each past vacancy was filled, or closed without that, by its place."""

    affairs: list[Affair] = field(default_factory=list)
    filled_at: dict[int, dt.datetime] = field(default_factory=dict)
    closed_at: dict[int, dt.datetime] = field(default_factory=dict)


def draw(
    dice: Dice, now: dt.datetime, truth_: Truth, seekers: Sequence[Seeker], openings: Sequence[Opening]
) -> History:
    """Draw what happened until now between these people and these vacancies."""
    teller = _Teller(dice, now, truth_, seekers, openings)
    for place in sorted(range(len(openings)), key=lambda one: (openings[one].published_on, one)):
        teller.tell(place)
    return teller.end()


class _Teller:
    """Goes through the vacancies in the order of their days."""

    def __init__(
        self,
        dice: Dice,
        now: dt.datetime,
        truth_: Truth,
        seekers: Sequence[Seeker],
        openings: Sequence[Opening],
    ) -> None:
        self.dice, self.now, self.truth = dice, now, truth_
        self.seekers, self.openings = seekers, openings
        self.by_occupation: dict[str, list[int]] = defaultdict(list)
        for place, seeker in enumerate(seekers):
            for code in dict.fromkeys((*seeker.person.occupations, *seeker.person.months)):
                self.by_occupation[code].append(place)
        self.met: Counter[int] = Counter()
        self.hired_at: dict[int, tuple[dt.datetime, int]] = {}
        self.silent: dict[str, float] = {}
        self.history = History()

    def tell(self, place: int) -> None:
        """Draw who is introduced for one vacancy, and what comes of each."""
        opening = self.openings[place]
        chosen = self._candidates(opening)
        winners = self._winners(opening, chosen) if opening.is_past else []
        if winners:
            chosen = winners + chosen[chosen.index(winners[0]) + 1 :]
        for seeker in dict.fromkeys(chosen):
            self._introduce(place, seeker, is_hired=seeker in winners)

    def _candidates(self, opening: Opening) -> list[int]:
        """Who is introduced, the most wanted first."""
        day, vacancy = opening.published_on + dt.timedelta(days=3), opening.vacancy
        pool = opening.suits or self.by_occupation[vacancy.occupation]
        able = [
            place for place in pool
            if self.met[place] < _MOST_EACH and self._looks(place, day)
            and truth.apart_km(self.seekers[place].person, vacancy) < _FAR_KM
        ]  # fmt: skip
        most = self.dice.weighted(_CANDIDATES) + vacancy.positions - 1
        some = self.dice.sample(able, most if opening.is_past else min(most, _AT_ONCE))
        pulls = {one: self.truth.pull(self.seekers[one].person, vacancy) + self._luck() for one in some}
        return sorted(some, key=lambda one: (-pulls[one], one))

    def _looks(self, place: int, day: dt.date) -> bool:
        hired = self.hired_at.get(place)
        return self.seekers[place].looks_on(day) and (hired is None or hired[0].date() > day)

    def _luck(self) -> float:
        return -_LUCK * math.log(-math.log(min(max(self.dice.uniform(), 1e-9), 1 - 1e-9)))

    def _winners(self, opening: Opening, chosen: list[int]) -> list[int]:
        """The first ones still free take the positions that are filled; who looks today was not hired."""
        free = [one for one in chosen if self.seekers[one].until is not None and one not in self.hired_at]
        seats = sum(self.dice.chance(_FILLED) for _seat in range(opening.vacancy.positions))
        return free[:seats]

    def _introduce(self, place: int, who: int, *, is_hired: bool) -> None:
        opening, seeker = self.openings[place], self.seekers[who]
        origin = self.dice.weighted(_ORIGINS[0 if seeker.has_counsellor else 1])
        begins_at = rhythm.moment_on(
            self.dice, opening.published_on + dt.timedelta(days=min(int(self.dice.lognormal(4, 0.8)), 21))
        )
        if begins_at >= self.now:
            return
        case = self._case(opening, seeker, origin, begins_at, is_hired)
        affair = Affair(who, place, origin, Course(courses.run(self.dice, case)))
        if is_hired and affair.course.at < self.now:
            affair.hired = self._terms(opening.vacancy, affair.course.at)
            self.hired_at[who] = (affair.course.at, len(self.history.affairs))
        affair.course.cut(self.now)
        self.met[who] += 1
        self.history.affairs.append(affair)

    def _case(
        self, opening: Opening, seeker: Seeker, origin: str, begins_at: dt.datetime, is_hired: bool
    ) -> Case:
        hers = truth.her_gaps(seeker.person, opening.vacancy)
        theirs = truth.their_gaps(seeker.person, opening.vacancy)
        employer = opening.vacancy.employer.id
        if employer not in self.silent:
            self.silent[employer] = _SILENT if self.dice.chance(_SILENT_EMPLOYERS) else _USUAL
        return Case(
            origin, begins_at, is_hired,
            her_no=min(0.1 + 0.06 * sum(hers.values()), 0.75), her_gaps=hers,
            their_no=min(0.25 + 0.1 * sum(theirs.values()), 0.8), their_gaps=theirs,
            silence=self.silent[employer],
        )  # fmt: skip

    def _terms(self, vacancy: Vacancy, at: dt.datetime) -> Hired:
        starts_on = at.date() + dt.timedelta(days=self.dice.between(2, 16))
        starts_on += dt.timedelta(days=(7 - starts_on.weekday()) % 7)
        return Hired(starts_on, vacancy.contract, vacancy.hours_min, _what_became(self.dice, vacancy))

    # The end ----------------------------------------------------------------------------------------

    def end(self) -> History:
        """Close what the hires and the ends of vacancies close; nothing happens after now."""
        self._close_vacancies()
        for affair in self.history.affairs:
            hired = self.hired_at.get(affair.seeker)
            if hired and affair is not self.history.affairs[hired[1]]:
                _close(affair, courses.OPEN, "hired-elsewhere", *hired)
            until = self.seekers[affair.seeker].until
            if until is not None and hired is None:
                _close(affair, courses.WAITING, "not-looking", rhythm.moment_on(self.dice, until))
        self._drop_empty()
        return self.history

    def _close_vacancies(self) -> None:
        """A past vacancy is filled by the last of its hires, or closes some weeks after its publication."""
        inside: dict[int, list[int]] = defaultdict(list)
        for number, affair in enumerate(self.history.affairs):
            inside[affair.opening].append(number)
        for place, opening in enumerate(self.openings):
            if not opening.is_past:
                continue
            affairs = self.history.affairs
            hires = sorted((affairs[one].course.at, one) for one in inside[place] if affairs[one].hired)
            others = [affairs[one] for one in inside[place] if not affairs[one].hired]
            if len(hires) == opening.vacancy.positions:
                self.history.filled_at[place] = hires[-1][0]
                for affair in others:
                    _close(affair, courses.OPEN, "position-filled", *hires[-1])
                continue
            end = rhythm.moment_on(self.dice, opening.published_on + dt.timedelta(self.dice.between(45, 85)))
            end = min(max([end, *(at + dt.timedelta(days=1) for at, _number in hires)]), self.now)
            self.history.closed_at[place] = end
            for affair in others:
                _close(affair, courses.WAITING, "vacancy-closed", end)

    def _drop_empty(self) -> None:
        """Forget introductions that never began; `because_of` follows the new places."""
        kept = [number for number, affair in enumerate(self.history.affairs) if affair.course.events]
        self.history.affairs = keep(self.history.affairs, kept)


def keep(affairs: Sequence[Affair], numbers: Sequence[int]) -> list[Affair]:
    """Keep some introductions; hires are never left out, so that what they caused still points at them."""
    place_of = {old: new for new, old in enumerate(numbers)}
    for old in numbers:
        course = affairs[old].course
        course.events = [
            event if event.because_of is None else _because(event, place_of[event.because_of])
            for event in course.events
        ]
    return [affairs[old] for old in numbers]


def _because(event: Event, place: int) -> Event:
    return Event(event.at, event.act, event.side, event.target, event.reason, because_of=place)


def _close(
    affair: Affair, states: frozenset[str], reason: str, at: dt.datetime, number: int | None = None
) -> None:
    """End a course at a moment if it then stood in one of these states: the rest never happened."""
    course = affair.course
    before = Course([event for event in course.events if event.at < at])
    if before.state in states:
        close = Event(at, "close", "service", "withdrawn", reason, because_of=number)
        course.events = [*before.events, close]
    elif not before.events:
        course.events = []


_LASTS = {"permanent": (0.95, 0.89, 0.83), "apprenticeship": (0.95, 0.88, 0.82)}
_USUALLY = (0.93, 0.86, 0.8)


def _what_became(dice: Dice, vacancy: Vacancy) -> tuple[Later, ...]:
    """Whether she was still there after one, three and six months; a fixed term comes to its end."""
    told: list[Later] = []
    luck, left = dice.uniform(), dice.pick(("left", "left", "ended"))
    for months, share in zip((1, 3, 6), _LASTS.get(vacancy.contract, _USUALLY), strict=True):
        answer = "still-there" if luck < share else left
        if vacancy.duration_months and vacancy.duration_months < months and answer == "still-there":
            answer = "over"
        side = "jobseeker" if dice.chance(0.7) else "counsellor"
        told.append(Later(months, answer, side, dice.between(0, 12), dice.chance(0.2)))
    return tuple(told)
