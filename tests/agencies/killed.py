"""A counsellor of 200 leaves on Friday, and is killed in the middle: a program, `python -m tests.agencies.killed`.

The head's own page, asked in a process of its own, is killed again and again; then it is left alone, pressed twice, and
taken back, which is killed as well. Each time what stands is counted; once more with transactions taken out.
"""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.common.at_once import IS_FULL, Found, set_up, tell
from tests.common.striking import Size, measured, no_transactions, strikes

PEOPLE, EVERY = 200, 5
ROUNDS, KILLS = (5, 40) if IS_FULL else (2, 9)


@dataclass
class Friday:
    """Bruno's caseload, who takes it over, and what was told by e-mail."""

    town: Any
    crowd: list[Any]
    takers: list[Any]
    third: Any
    mail: Path
    own: list[Any] = field(default_factory=list)
    sizes: dict[str, Size] = field(default_factory=dict)
    moved: list[Any] = field(default_factory=list)
    since: int = 0

    @property
    def bruno(self) -> Any:
        return self.town.people["bruno"]

    def address(self, name: str) -> str:
        from django.urls import reverse  # noqa: PLC0415  (Django must be set up)

        return reverse(f"agencies:{name}", args=[self.town.agency.pk, self.bruno.pk])

    def leave(self) -> int:
        """Press the button of the page that ends everything."""
        return self.press(self.address("leave"), to=[str(one.pk) for one in self.takers])

    def undo(self) -> int:
        """Press the button that takes the last handing over back."""
        from django.urls import reverse  # noqa: PLC0415  (Django must be set up)

        from visavis.agencies.models import Handover  # noqa: PLC0415

        last = Handover.objects.latest("pk")
        return self.press(reverse("agencies:take_back", args=[last.pk]))

    def press(self, address: str, **said: Any) -> int:
        """Press a button of the head's; return what was answered."""
        return int(self.head().post(address, said).status_code)

    def open(self, address: str) -> None:
        assert self.head().get(address).status_code == 200

    def head(self) -> Any:
        """Return the head's browser."""
        browser = self.town.client("hugo")
        browser.defaults["SERVER_NAME"] = "127.0.0.1"
        return browser

    def come_back(self) -> None:
        """Let him work there again."""
        from visavis.agencies import services  # noqa: PLC0415  (Django must be set up)
        from visavis.people.enums import Role  # noqa: PLC0415

        services.take_on(
            agency=self.town.agency, user=self.bruno, role=Role.COUNSELLOR, by=self.town.people["hugo"]
        )

    def stands(self) -> dict[str, Any]:
        """Count what lies with whom, and what was written of it."""
        from visavis.agencies import roles  # noqa: PLC0415  (Django must be set up)
        from visavis.agencies.models import Handover  # noqa: PLC0415
        from visavis.appointments.models import Appointment, Quantum, Step  # noqa: PLC0415
        from visavis.casefiles.models import Minutes  # noqa: PLC0415
        from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415
        from visavis.journal.models import Entry  # noqa: PLC0415
        from visavis.mailboxes.models import Thread  # noqa: PLC0415
        from visavis.news.models import News  # noqa: PLC0415

        return {
            "followed": Jobseeker.objects.filter(counsellor=self.bruno).count(),
            "taken": Jobseeker.objects.filter(counsellor__in=self.takers).count(),
            "threads": Thread.objects.open().filter(holder=self.bruno).count(),
            "appointments": Appointment.objects.to_come().filter(counsellor=self.bruno).count(),
            "quanta": Quantum.objects.filter(counsellor=self.bruno).count(),
            "minutes": Minutes.objects.filter(writer=self.bruno).count(),
            "works": roles.held(self.town.agency, self.bruno).exists(),
            "handovers": list(Handover.objects.order_by("pk").values_list("state", flat=True)),
            "given": Step.objects.filter(act="give").count(),
            "written": Entry.objects.filter(
                thing__in=["assignment", "handover", "thread", "minutes"]
            ).count(),
            "told": News.objects.filter(told_of()).count(),
        }

    def unequal(self) -> int:
        """Count the people whom a colleague follows now and who are not told of it once, whatever else moved."""
        from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415  (Django must be set up)
        from visavis.news.models import News  # noqa: PLC0415

        people = Jobseeker.objects.filter(counsellor__in=self.takers, user__in=self.crowd)
        rows = News.objects.filter(told_of(), pk__gt=self.since).exclude(kind="given")
        told = Counter(rows.values_list("user", flat=True))
        return sum(told[user] != 1 for user in people.values_list("user", flat=True))

    def begin(self) -> None:
        """Remember what was told before."""
        from visavis.news.models import News  # noqa: PLC0415  (Django must be set up)

        self.since = max(News.objects.values_list("pk", flat=True), default=0)

    def missed(self) -> int:
        """Count what is of the people whom a colleague follows now, and is not seen by him, or lies with another."""
        from visavis.appointments.models import Appointment  # noqa: PLC0415  (Django must be set up)
        from visavis.casefiles.models import Minutes, Plan  # noqa: PLC0415
        from visavis.introductions.models import Introduction  # noqa: PLC0415
        from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415
        from visavis.mailboxes.models import Thread  # noqa: PLC0415

        missed = 0
        for taker in self.takers:
            people = Jobseeker.objects.filter(counsellor=taker, user__in=self.crowd)
            hers = {"person__in": list(people.values_list("user", flat=True))}
            kinds: list[Any] = [Thread, Appointment, Minutes, Plan]
            for kind in kinds:
                rows = kind.objects.filter(**hers)
                missed += rows.count() - rows.filter(pk__in=kind.objects.visible_to(taker)).count()
            begun = Introduction.objects.filter(jobseeker__in=people)
            missed += begun.exclude(pk__in=Introduction.objects.visible_to(taker)).count()
            missed += Thread.objects.waiting_for_us().filter(**hers).exclude(holder=taker).count()
            missed += Appointment.objects.to_come().filter(**hers).exclude(counsellor=taker).count()
            missed += Minutes.objects.filter(**hers).exclude(writer=taker).count()
        return missed

    def kept(self) -> bool:
        """Say whether what was never lent lies where it lay: a colleague's own people, and whom another took since."""
        from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415  (Django must be set up)

        own = Jobseeker.objects.filter(pk__in=[one.pk for one in self.own], counsellor__in=self.takers)
        hers = Jobseeker.objects.filter(user__in=self.moved, counsellor=self.third)
        return own.count() == len(self.own) and hers.count() == len(self.moved)

    def sent(self) -> tuple[int, int]:
        """Let the worker send what a dead process left; return how many were told by then, and told twice."""
        import datetime as dt  # noqa: PLC0415

        from visavis.common import clock  # noqa: PLC0415  (Django must be set up)
        from visavis.news import services as news  # noqa: PLC0415
        from visavis.news.models import News  # noqa: PLC0415

        with clock.moved(clock.now() + News.CLAIM + dt.timedelta(minutes=1)):
            while news.send_what_waits():
                pass
        names = Counter(self.mail.read_text(encoding="ascii").split())
        given = News.objects.filter(told_of())
        # Handed over when its process was killed: nobody knows whether it left, so somebody tells it.
        told = given.filter(state__in=[News.State.SENT, News.State.UNKNOWN]).count()
        return told, sum(number > 1 for number in names.values())


def told_of() -> Any:
    """Find what people are told of who accompanies them, and of the appointments that went along."""
    from django.db.models import Q  # noqa: PLC0415  (Django must be set up)

    return Q(thing="assignment") | Q(thing="appointment", kind__in=["given", "given-too"])


def friday(town: Any, mail: Path) -> Friday:
    """Let Bruno follow 200 people; every fifth has one of each: from an appointment to minutes."""
    import datetime as dt  # noqa: PLC0415

    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from tests.appointments import making  # noqa: PLC0415
    from visavis.casefiles import plans  # noqa: PLC0415
    from visavis.casefiles import services as minutes  # noqa: PLC0415
    from visavis.casefiles.enums import Kind, Met, Side  # noqa: PLC0415
    from visavis.common import clock  # noqa: PLC0415
    from visavis.introductions import services as introductions  # noqa: PLC0415
    from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415
    from visavis.mailboxes import services as mailboxes  # noqa: PLC0415
    from visavis.mailboxes.enums import Voice  # noqa: PLC0415
    from visavis.people.models import Membership  # noqa: PLC0415

    bruno, here = town.people["bruno"], town.agency
    Membership.objects.update(starts_on=clock.today() - dt.timedelta(days=400))
    Jobseeker.objects.filter(counsellor=bruno).update(counsellor=None)
    making.always_open(here)
    making.receives(here, bruno, making.WHOLE_DAY)
    desk = {"role": "counsellor", "role__organisation": here.organisation}
    takers = [factories.UserFactory(name=name, **desk) for name in ("Colette", "Denis")]
    third = factories.UserFactory(name="Élise", **desk)
    crowd = [
        factories.JobseekerFactory(agency=here, counsellor=bruno, commune=here.commune)
        for _one in range(PEOPLE)
    ]
    own = [factories.JobseekerFactory(agency=here, counsellor=one, commune=here.commune) for one in takers]
    first = clock.today() + dt.timedelta(days=2)
    at = making.times(here, 30, first, first + dt.timedelta(days=6))
    busy = crowd[::EVERY]
    for person, hour in zip(busy, at, strict=False):
        her = person.user
        making.booked(making.kind(here, "follow-up"), hour, her)
        asked = mailboxes.Written(body="Quand puis-je venir ?", voice=Voice.THEIRS, author=her)
        mailboxes.begin(person=her, subject="Une question", written=asked, by=her)
        plans.add(
            person=her,
            kind=Kind.ACTION,
            wanted=plans.Wanted("Appeler le garage", due_on=first),
            origin=plans.Origin(bruno, Side.AGENCY),
        )
        introductions.propose(jobseeker=person, vacancy=town.vacancy, by=bruno)
        minutes.begin_apart(person=her, met=Met.PHONE, day=clock.today(), by=bruno)
    week = Friday(town, [one.user for one in crowd], takers, third, mail, own)
    # What a process loads for its first page is loaded before it is forked: its points fall into the act.
    week.open(week.address("leave"))
    return week


def moved_on(week: Friday) -> None:
    """Let things move between the departure and its undoing: one person is another's, one cannot come."""
    from visavis.appointments import services  # noqa: PLC0415  (Django must be set up)
    from visavis.appointments.models import Appointment  # noqa: PLC0415
    from visavis.jobseekers import assigning  # noqa: PLC0415
    from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415

    first, second = week.crowd[::EVERY][2 * len(week.moved) :][:2]
    week.moved.append(first)
    hugo, person = week.town.people["hugo"], Jobseeker.objects.get(user=first)
    assigning.assign(jobseeker=person, agency=week.town.agency, counsellor=week.third, by=hugo)
    coming = Appointment.objects.to_come().get(person=second)
    services.excuse(appointment=coming, by=week.town.people["rosa"])


NOTHING = {"followed": 0, "threads": 0, "appointments": 0, "quanta": 0, "minutes": 0, "works": False}


def killed(week: Friday, act: Callable[[], object], size: Size, whole: dict[str, Any]) -> tuple[int, int]:
    """Kill an act until something of it stands; tell how often, and how often that was not the whole of it."""
    before, kills = week.stands(), 0
    for was_struck in strikes(act, size, KILLS):
        kills += was_struck
        stood = week.stands()
        if stood != before:
            return kills, int(stood | whole != stood)
    return kills, 0


def departure(week: Friday) -> Found:
    """Kill the departure, let it go through, kill its undoing, let that go through; tell what stood each time."""
    before = week.stands()
    week.begin()
    week.sizes.setdefault("leave", measured(week.leave))
    kills, halves = killed(week, week.leave, week.sizes["leave"], NOTHING)
    week.leave()
    gone = week.stands()
    is_once = week.leave() != 302 and gone == week.stands() and gone | NOTHING == gone
    is_once &= gone["handovers"] == [*before["handovers"], "done"]
    unequal = week.unequal()
    told, twice = week.sent()
    found = {"missed": week.missed(), "untold": gone["told"] - told}
    moved_on(week)
    week.come_back()
    # One of them is another's by then, with her question; one cannot come.
    lent = {"followed": 1, "threads": 1, "appointments": 1, "minutes": 0}
    whole = {name: before[name] - less for name, less in lent.items()} | {"works": True}
    week.sizes.setdefault("undo", measured(week.undo))
    more_kills, more_halves = killed(week, week.undo, week.sizes["undo"], whole)
    week.undo()
    back = week.stands()
    week.undo()
    is_once &= back == week.stands()
    told, twice_more = week.sent()
    return {
        "kills": kills + more_kills,
        "halves": halves + more_halves,
        "is_once": is_once,
        "is_back": back | whole == back and week.kept(),
        "told twice": twice + twice_more,
        "not told once": unequal,
        "untold": found["untold"] + back["told"] - told,
        "missed": found["missed"],
    }


def careless(week: Friday) -> Found:
    """Kill the departure as before; tell whether half of it stood."""
    _kills, halves = killed(week, week.leave, week.sizes["leave"], NOTHING)
    return {"halves": halves}


def main() -> None:
    set_up()
    from django.core.mail.backends import locmem  # noqa: PLC0415  (Django must be set up)

    from tests import personas  # noqa: PLC0415

    mail = Path(os.environ["VISAVIS_VAR"]) / "mail.txt"
    mail.touch()

    def written(_backend: Any, messages: list[Any]) -> int:
        with mail.open("a", encoding="ascii") as kept:
            kept.writelines(f"{one.message()['Message-ID']}\n" for one in messages)
        return len(messages)

    with patch.object(locmem.EmailBackend, "send_messages", written):
        week = friday(personas.build(), mail)
        guarded = [departure(week) for _round in range(ROUNDS)]
        with no_transactions():
            tell(guarded, careless(week))


if __name__ == "__main__":
    main()
