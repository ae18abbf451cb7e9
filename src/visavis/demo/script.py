"""Acts of the services on days of the past, played in the order of time."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from django.utils import timezone

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import flow, hires, services
from visavis.introductions.enums import Place, Reason, Side
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

_FRIDAY = 4
WORKPLACE = "8 rue des Artisans"
# Of the numbers that are nobody's (ARCEP).
PHONE = "+33465710008"
_FIRST_HOUR, _HOURS = 8, 8


@dataclass
class Script:
    """What is to be done, and when."""

    acts: list[tuple[dt.datetime, int, Callable[[], object]]] = field(default_factory=list)

    def on(self, days_ago: float, act: Callable[[], object], after: dt.datetime | None = None) -> dt.datetime:
        """Plan an act so many days ago, on a working day, after another one; return its moment."""
        number, now = len(self.acts), clock.local()
        day = now.date() - dt.timedelta(days=int(days_ago))
        day -= dt.timedelta(days=max(day.weekday() - _FRIDAY, 0))
        time = dt.time(_FIRST_HOUR + number % _HOURS, number * 7 % 60)
        moment = dt.datetime.combine(day, time, now.tzinfo)
        if after is not None and moment <= after:
            moment = after + dt.timedelta(minutes=40)
        moment = min(moment, now - dt.timedelta(seconds=600 - min(number, 599)))
        self.acts.append((moment, number, act))
        return moment

    def run(self) -> None:
        """Do everything in the order of time; what the services refuse is left out of the story."""
        for moment, _number, act in sorted(self.acts, key=lambda one: one[:2]):
            with clock.moved(moment), suppress(Refused):
                act()


@dataclass
class Story:
    """One introduction, told act by act: `Story(...).want(12).agree(6).time(5, at=3)`; days are days ago."""

    script: Script
    jobseeker: Jobseeker
    vacancy: Vacancy
    employer: User
    score: float | None = None
    row: Introduction | None = None
    last: dt.datetime | None = None

    def want(self, days_ago: float) -> "Story":
        """She wishes it, and is put to the employer."""
        return self._begin(
            days_ago,
            lambda: services.want(
                jobseeker=self.jobseeker, vacancy=self.vacancy, by=self.jobseeker.user, score=self.score
            ),
        )

    def propose(self, days_ago: float, *, last_day: int, note: str = "") -> "Story":
        """Her counsellor proposes it; the last day to answer is so many days from today."""
        counsellor = self.jobseeker.counsellor or self.jobseeker.user
        day = clock.today() + dt.timedelta(days=last_day)
        return self._begin(
            days_ago,
            lambda: services.propose(
                jobseeker=self.jobseeker,
                vacancy=self.vacancy,
                by=counsellor,
                answer_by=day,
                note=note,
                score=self.score,
            ),
        )

    def ask(self, days_ago: float) -> "Story":
        """The employer asks to meet her."""
        return self._begin(
            days_ago,
            lambda: services.ask(
                jobseeker=self.jobseeker, vacancy=self.vacancy, by=self.employer, score=self.score
            ),
        )

    def accept(self, days_ago: float) -> "Story":
        """She accepts, and is put to the employer unless he asked."""
        return self._then(
            days_ago, lambda row: services.accept(introduction=row, by=self.jobseeker.user), self._put
        )

    def decline(self, days_ago: float, reason: Reason) -> "Story":
        """She says no to a proposal."""
        by = self.jobseeker.user
        return self._then(days_ago, lambda row: services.decline(introduction=row, reason=reason, by=by))

    def withdraw(self, days_ago: float, reason: Reason) -> "Story":
        """She takes her wish back."""
        by, side = self.jobseeker.user, Side.JOBSEEKER
        return self._then(
            days_ago, lambda row: services.withdraw(introduction=row, side=side, reason=reason, by=by)
        )

    def agree(self, days_ago: float) -> "Story":
        """The employer says yes."""
        return self._then(days_ago, lambda row: services.agree(introduction=row, by=self.employer))

    def refuse(self, days_ago: float, reason: Reason) -> "Story":
        """The employer says no."""
        return self._then(
            days_ago, lambda row: services.refuse(introduction=row, reason=reason, by=self.employer)
        )

    def time(self, days_ago: float, *, in_days: int, place: Place = Place.ON_SITE) -> "Story":
        """The employer proposes a time to meet, so many days from today."""
        day = clock.today() + dt.timedelta(days=in_days)
        day += dt.timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > _FRIDAY else dt.timedelta()
        at = dt.datetime.combine(day, dt.time(10, 30), timezone.get_current_timezone())
        address = f"{WORKPLACE}, {self.vacancy.commune.name}" if self.vacancy.commune else ""
        # The history of the town has holidays in it: a story does not stop for one.
        plan = services.Plan((at,), place, address=address, phone=PHONE, is_sure=True)
        by, side = self.employer, Side.EMPLOYER
        return self._then(
            days_ago,
            lambda row: services.set_time(introduction=row, side=side, plan=plan, by=by),
        )

    def take(self, days_ago: float) -> "Story":
        """She agrees to the time."""
        by, side = self.jobseeker.user, Side.JOBSEEKER
        return self._then(days_ago, lambda row: services.take_time(introduction=row, side=side, by=by))

    def declare(self, days_ago: float, side: Side) -> "Story":
        """A side says that there is a hire, from the Monday after next."""
        by = self.employer if side == Side.EMPLOYER else self.jobseeker.user
        monday = clock.today() + dt.timedelta(days=14 - clock.today().weekday())
        terms = hires.Terms(self.vacancy.contract or "permanent", monday, self.vacancy.hours_min)
        return self._then(
            days_ago, lambda row: hires.declare(introduction=row, side=side, terms=terms, by=by)
        )

    def dispute(self, days_ago: float, side: Side) -> "Story":
        """The other side says that there was none."""
        by = self.employer if side == Side.EMPLOYER else self.jobseeker.user
        return self._then(days_ago, lambda row: hires.dispute(introduction=row, side=side, by=by))

    def _begin(self, days_ago: float, act: Callable[[], Introduction]) -> "Story":
        def begin() -> None:
            self.row = act()
            self._put()

        self.last = self.script.on(days_ago, begin, self.last)
        return self

    def _then(
        self,
        days_ago: float,
        act: Callable[[Introduction], object],
        also: Callable[[], object] = lambda: None,
    ) -> "Story":
        def do() -> None:
            if self.row is not None:
                act(self.row)
                also()

        self.last = self.script.on(days_ago, do, self.last)
        return self

    def _put(self) -> None:
        """What the service does once the act is committed: the play is one transaction."""
        flow.put_next(self.vacancy.pk)
