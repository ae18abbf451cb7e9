"""What happened lately to those whom one can be, done by the services, on the days when it was done."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from visavis.common import clock
from visavis.demo import roles
from visavis.demo.script import Script, Story
from visavis.introductions import flow
from visavis.introductions.enums import Reason, Side
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.models import Match
from visavis.news.models import News, NewsQuerySet
from visavis.news.services import BY_HAND
from visavis.people.enums import Channel, Role
from visavis.people.models import Membership, User
from visavis.vacancies.models import Vacancy

# The employer of the demonstration tells his story with so many of his vacancies.
TOLD_VACANCIES = 3
NOTE = (
    "Bonjour, cette offre me semble faite pour vous : l’équipe est petite, et vous y allez sans voiture. "
    "On en parle quand vous voulez."
)


@dataclass(frozen=True)
class Cast:
    """The jobseeker, her counsellor, the employer, and the vacancies he is asked about."""

    jobseeker: Jobseeker
    counsellor: User
    employer: User
    offered: list[Vacancy]
    owned: frozenset[int]

    @property
    def people(self) -> set[int]:
        return {self.jobseeker.pk}

    @property
    def vacancies(self) -> set[int]:
        return set(self.owned)


def cast() -> Cast | None:
    """Return whom the demonstration shows first; nothing where there is nobody."""
    user, counsellor, employer = (roles.person(slug) for slug in ("jobseeker", "counsellor", "employer"))
    jobseeker = Jobseeker.objects.filter(user=user).select_related("user", "counsellor").first()
    if jobseeker is None or counsellor is None or employer is None:
        return None
    mine = Vacancy.objects.open().filter(employer__organisation__in=employer.organisation_ids(Role.EMPLOYER))
    listed = list(
        Match.objects.filter(side=Match.Whose.VACANCY, vacancy__in=mine).values_list("vacancy", flat=True)
    )
    offered = sorted(mine.with_card(), key=lambda one: (-listed.count(one.pk), one.pk))
    return Cast(jobseeker, counsellor, employer, offered[:TOLD_VACANCIES], frozenset(one.pk for one in mine))


@dataclass
class Stage:
    """Deals people and vacancies that have not met, and begins their stories."""

    cast: Cast
    script: Script = field(default_factory=Script)
    used: set[tuple[int, int]] = field(default_factory=set)
    busy: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.used = set(Introduction.objects.values_list("jobseeker", "vacancy"))
        members = Membership.objects.filter(role=Role.EMPLOYER, organisation__isnull=False)
        self.contacts = {one.organisation_id: one.user for one in members.select_related("user")}
        self.hers = self._list(self.cast.jobseeker)
        self.candidates = self._candidates()

    def for_her(self) -> Story:
        """Begin a story of the jobseeker with the next vacancy of her list."""
        vacancy, score = next(self.hers)
        return self._story(self.cast.jobseeker, vacancy, score)

    def for_him(self, place: int = 0) -> Story:
        """Begin a story of one of the employer's vacancies with the next person who suits him."""
        offered = self.cast.offered
        jobseeker = next(self.candidates)
        return self._story(jobseeker, offered[place % len(offered)], None)

    def followed(self, *, by_hand: bool = False) -> Story | None:
        """Begin a story of somebody the counsellor follows, with the first vacancy of her list."""
        for jobseeker in self._caseload():
            if jobseeker.pk in self.busy or (jobseeker.user.channel in BY_HAND) != by_hand:
                continue
            found = next(self._list(jobseeker), None)
            if found:
                self.busy.add(jobseeker.pk)
                return self._story(jobseeker, *found)
        return None

    def _story(self, jobseeker: Jobseeker, vacancy: Vacancy, score: float | None) -> Story:
        self.used.add((jobseeker.pk, vacancy.pk))
        employer = vacancy.employer
        contact = self.contacts[employer.organisation_id if employer else None]
        return Story(self.script, jobseeker, vacancy, contact, score)

    def _list(self, jobseeker: Jobseeker) -> Iterator[tuple[Vacancy, float | None]]:
        """The vacancies of her list that no story has, each employer once, then again; then any other."""
        rows = Match.objects.filter(side=Match.Whose.JOBSEEKER, jobseeker=jobseeker).order_by("rank")
        some = rows.exclude(vacancy__in=self.cast.vacancies).select_related("vacancy__employer")[:16]
        listed = sorted(some, key=lambda one: (one.vacancy.published_at or clock.now(), one.pk))
        first = {match.vacancy.employer_id: match.pk for match in reversed(listed)}.values()
        for match in sorted(listed, key=lambda one: one.pk not in first):
            if (jobseeker.pk, match.vacancy_id) not in self.used:
                yield match.vacancy, match.score
        others = Vacancy.objects.open().exclude(pk__in=self.cast.vacancies).select_related("employer")
        for vacancy in others.exclude(pk__in=rows.values("vacancy")).order_by("pk"):
            if (jobseeker.pk, vacancy.pk) not in self.used:
                yield vacancy, None

    def _candidates(self) -> Iterator[Jobseeker]:
        """People in the lists of the employer's vacancies, those of the counsellor first; then anybody who looks."""
        listed = Match.objects.filter(side=Match.Whose.VACANCY, vacancy__in=self.cast.offered)
        ids = list(dict.fromkeys(listed.order_by("rank", "pk").values_list("jobseeker", flat=True)))
        people = Jobseeker.objects.select_related("user", "counsellor").in_bulk(ids)
        mine = [one for one in ids if people[one].counsellor_id == self.cast.counsellor.pk]
        looking = Jobseeker.objects.looking().order_by("pk").values_list("pk", flat=True)
        for one in dict.fromkeys([*mine, *ids, *(row.pk for row in self._caseload()), *looking]):
            if one != self.cast.jobseeker.pk and one not in self.busy:
                self.busy.add(one)
                yield people.get(one) or Jobseeker.objects.select_related("user", "counsellor").get(pk=one)

    def _caseload(self) -> QuerySet[Jobseeker]:
        looking = Jobseeker.objects.looking().filter(counsellor=self.cast.counsellor)
        return looking.exclude(pk=self.cast.jobseeker.pk).select_related("user", "counsellor").order_by("pk")


def play(cast: Cast) -> None:
    """Play every scene. What was to be told was told, but for what waits for the counsellor's own words."""
    last = News.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    stage = Stage(cast)
    for scene in (_hers, _of_the_counsellor, _his):
        scene(stage)
    stage.script.run()
    flow.remind()
    _tell(News.objects.filter(pk__gt=last), cast)


def _hers(stage: Stage) -> None:
    """The jobseeker has one introduction in each state, and some that ended."""
    stage.for_her().want(33).refuse(27, Reason.EXPERIENCE)
    stage.for_her().propose(24, last_day=-17)
    # Two days of a weekend may be taken off: the last day of the proposal above is over on any of them.
    stage.script.on(14, flow.expire)
    stage.for_her().propose(21, last_day=-12).decline(19, Reason.TOO_FAR)
    stage.for_her().want(20).withdraw(18, Reason.HOURS)
    stage.for_her().propose(16, last_day=-5).accept(15).agree(9).time(8, in_days=6).take(7)
    stage.for_her().want(12).agree(5).time(1, in_days=4)
    stage.for_her().want(4)
    stage.for_her().propose(2, last_day=5, note=NOTE)
    stage.for_her().ask(1)


def _his(stage: Stage) -> None:
    """The employer has people to answer, to meet, to say news of, and a hire to confirm; two positions."""
    first = stage.cast.offered[0]
    Vacancy.objects.filter(pk=first.pk).update(positions=2)
    first.positions = 2
    no_hire = stage.for_him(1).want(18).agree(13).time(12, in_days=-7).take(11)
    no_hire.declare(4, Side.EMPLOYER).dispute(3, Side.JOBSEEKER)
    stage.for_him().want(17).agree(12).time(11, in_days=-6).take(10).declare(2, Side.JOBSEEKER)
    stage.for_him().want(19).agree(13).time(12, in_days=-4).take(11)
    stage.for_him(1).want(14).refuse(8, Reason.OTHER_PERSON)
    stage.for_him(1).want(9).agree(3)
    for days_ago in (16, 6, 3, 1):
        stage.for_him().want(days_ago)
    stage.for_him(2).want(2)


def _of_the_counsellor(stage: Stage) -> None:
    """The counsellor has proposals that wait, a hire to confirm and one in dispute, people to call or write to."""
    cast = stage.cast
    for days_ago, last_day, by_hand in ((6, 1, False), (2, 6, False), (1, 7, True), (1, 6, True)):
        if story := stage.followed(by_hand=by_hand):
            story.propose(days_ago, last_day=last_day)
    if story := stage.followed():
        story.want(15).agree(10).time(9, in_days=-5).take(8).declare(1, Side.EMPLOYER)
    if story := stage.followed():
        met = story.want(16).agree(11).time(10, in_days=-6).take(9)
        met.declare(3, Side.EMPLOYER).dispute(2, Side.JOBSEEKER)
    alone = Jobseeker.objects.looking().filter(counsellor=cast.counsellor).exclude(pk__in=cast.people)
    free = alone.exclude(pk__in=stage.busy).order_by("pk")
    found = free.filter(user__email__isnull=True).first() or free.first()
    if found:
        stage.busy.add(found.pk)
        User.objects.filter(pk=found.user_id).update(email=None, phone=None, channel=Channel.COUNTER)


def _tell(news: NewsQuerySet, cast: Cast) -> None:
    """Note what was told; the last news of those whom the counsellor reaches by hand still waits."""
    waiting = {one.user_id: one.pk for one in news.to_do_by(cast.counsellor).order_by("pk")}
    told = news.exclude(pk__in=waiting.values())
    counsellors: dict[int, int | None] = dict(Introduction.objects.values_list("pk", "jobseeker__counsellor"))
    for one in told:
        by_hand = one.channel in BY_HAND
        one.state = News.State.TOLD if by_hand else News.State.SENT
        one.told_at = min(one.at + dt.timedelta(seconds=20), clock.now())
        one.tries = 0 if by_hand else 1
        one.told_by_id = counsellors[one.thing_id] if by_hand else None
        one.save(update_fields=["state", "told_at", "tries", "told_by"])
