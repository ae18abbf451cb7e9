"""A departure, or its undoing, that ends at any statement as by kill -9: all of it stands or nothing, and once."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse

from tests import factories
from tests.agencies.killing import killed_at
from tests.appointments import making
from tests.hostile.visit import undone
from tests.personas import Town
from tests.sweeps import few
from visavis.agencies import roles
from visavis.agencies.models import Handover
from visavis.appointments.models import Appointment, Quantum, Step
from visavis.casefiles import plans
from visavis.casefiles import services as minutes
from visavis.casefiles.enums import Kind, Met, Side
from visavis.casefiles.models import Minutes, Plan
from visavis.common import clock
from visavis.introductions import services as introductions
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Thread
from visavis.news.models import News
from visavis.people.models import Membership, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PEOPLE = 3
TOLD = Q(thing="assignment") | Q(thing="appointment", kind__in=["given", "given-too"])


@pytest.fixture
def takers(town: Town) -> list[User]:
    """Two colleagues of Bruno's, who follows people with one of each: from an appointment to minutes."""
    bruno, here = town.people["bruno"], town.agency
    Membership.objects.update(starts_on=clock.today() - dt.timedelta(days=400))
    Jobseeker.objects.filter(counsellor=bruno).update(counsellor=None)
    making.always_open(here)
    making.receives(here, bruno, making.WHOLE_DAY)
    desk = {"role": "counsellor", "role__organisation": here.organisation}
    found = [factories.UserFactory(name=name, **desk) for name in ("Colette", "Denis")]
    first = clock.today() + dt.timedelta(days=2)
    at = making.times(here, 30, first, first + dt.timedelta(days=6))
    for hour in at[:PEOPLE]:
        person = factories.JobseekerFactory(agency=here, counsellor=bruno, commune=here.commune)
        her = person.user
        making.booked(making.kind(here, "follow-up"), hour, her)
        asked = mailboxes.Written(body="Quand puis-je venir ?", voice=Voice.THEIRS, author=her)
        mailboxes.begin(person=her, subject="Une question", written=asked, by=her)
        wanted = plans.Wanted("Appeler le garage", due_on=first)
        plans.add(person=her, kind=Kind.ACTION, wanted=wanted, origin=plans.Origin(bruno, Side.AGENCY))
        introductions.propose(jobseeker=person, vacancy=town.vacancy, by=bruno)
        minutes.begin_apart(person=her, met=Met.PHONE, day=clock.today(), by=bruno)
    return found


def stands(town: Town) -> dict[str, Any]:
    """Count what lies with Bruno, and what was written of it."""
    bruno = town.people["bruno"]
    return {
        "followed": Jobseeker.objects.filter(counsellor=bruno).count(),
        "threads": Thread.objects.open().filter(holder=bruno).count(),
        "appointments": Appointment.objects.to_come().filter(counsellor=bruno).count(),
        "quanta": Quantum.objects.filter(counsellor=bruno).count(),
        "minutes": Minutes.objects.filter(writer=bruno).count(),
        "works": roles.held(town.agency, bruno).exists(),
        "handovers": list(Handover.objects.values_list("state", flat=True)),
        "given": Step.objects.filter(act="give").count(),
        "written": Entry.objects.filter(thing__in=["assignment", "handover", "thread", "minutes"]).count(),
        "told": News.objects.filter(TOLD).count(),
    }


def missed(taker: User) -> int:
    """Count what is of the people whom a colleague follows now, and is not seen by him, or lies with another."""
    hers = {"person__in": list(Jobseeker.objects.filter(counsellor=taker).values_list("user", flat=True))}
    kinds: list[Any] = [Thread, Appointment, Minutes, Plan]
    left = [one.objects.filter(**hers).exclude(pk__in=one.objects.visible_to(taker)) for one in kinds]
    unseen = sum(rows.count() for rows in left)
    begun = Introduction.objects.filter(jobseeker__counsellor=taker)
    unseen += begun.exclude(pk__in=Introduction.objects.visible_to(taker)).count()
    unseen += Thread.objects.waiting_for_us().filter(**hers).exclude(holder=taker).count()
    unseen += Appointment.objects.to_come().filter(**hers).exclude(counsellor=taker).count()
    return unseen + Minutes.objects.filter(**hers).exclude(writer=taker).count()


def halves(town: Town, act: Callable[[], object]) -> list[int]:
    """Kill an act at drawn statements; return those at which something of it stands, and not all."""
    before, found = stands(town), []
    with undone():
        most, whole = killed_at(0, act), stands(town)
    assert whole != before
    for at in few("killed", range(1, most + 1)):
        with undone():
            killed_at(at, act)
            found += [at] if stands(town) not in (before, whole) else []
    return found


def test_a_departure_killed_or_taken_back_halfway_is_never_half(town: Town, takers: list[User]) -> None:
    head, bruno = town.client("hugo"), town.people["bruno"]
    url = reverse("agencies:leave", args=[town.agency.pk, bruno.pk])

    def leave() -> int:
        return int(head.post(url, {"to": [one.pk for one in takers]}).status_code)

    before = stands(town)
    assert halves(town, leave) == []
    assert leave() == 302
    gone = stands(town)
    nothing = {"followed": 0, "threads": 0, "appointments": 0, "quanta": 0, "minutes": 0, "works": False}
    assert gone == gone | nothing | {"handovers": ["done"]}
    assert leave() != 302 and stands(town) == gone, "pressed twice it is done once"
    assert [missed(one) for one in takers] == [0, 0]
    told = Counter(News.objects.filter(TOLD).exclude(kind="given").values_list("user", flat=True))
    people = Jobseeker.objects.filter(counsellor__in=takers).values_list("user", flat=True)
    assert len(people) == PEOPLE and {told[one] for one in people} == {1}
    Membership.objects.filter(user=bruno).update(ends_on=None)
    back = reverse("agencies:take_back", args=[Handover.objects.get().pk])
    assert halves(town, lambda: head.post(back)) == []
    head.post(back)
    same = ("followed", "threads", "appointments", "quanta", "minutes", "works")
    assert [stands(town)[name] for name in same] == [before[name] for name in same]
    assert stands(town)["handovers"] == ["undone"]
