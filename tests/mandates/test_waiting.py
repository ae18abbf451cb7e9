"""What waits for whom one helps is found by one question for all of them, and nothing is left out."""

import datetime as dt
from collections.abc import Callable

import pytest

from tests.mandates.making import amelies
from tests.personas import Town
from visavis.appointments.models import Appointment
from visavis.appointments.waiting import Appointments
from visavis.casefiles import plans
from visavis.casefiles.endings.waiting import Endings
from visavis.casefiles.enums import Kind
from visavis.casefiles.enums import Side as Planning
from visavis.casefiles.plans import Origin, Wanted
from visavis.casefiles.waiting import Plans
from visavis.common import clock
from visavis.documents.waiting import Documents
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Introduction
from visavis.introductions.waiting import Introductions
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.services import Written
from visavis.mailboxes.waiting import Letterboxes
from visavis.mandates.passage import UnderMandate
from visavis.mandates.waiting import helped, within_passage
from visavis.people import waiting
from visavis.people.enums import Role
from visavis.people.waiting import APPS, App
from visavis.queues import services as queues
from visavis.queues.enums import Priority
from visavis.queues.waiting import Queue
from visavis.searches.models import Alert
from visavis.searches.waiting import Searches

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOUR = dt.timedelta(hours=1)
BEFORE = clock.now() - HOUR


def in_state(state: State, **more: object) -> Callable[[Town], object]:
    """Put the introduction of Amélie into a state in which the next word is hers."""
    return lambda town: Introduction.objects.filter(pk=town.introduction.pk).update(state=state, **more)


def told(town: Town) -> None:
    Alert.objects.filter(pk=town.alert.pk).update(told_at=BEFORE, told=[town.vacancy.pk])


def proposed(town: Town) -> None:
    """Let Bruno write something into her plan, of no day."""
    origin = Origin(town.people["bruno"], Planning.AGENCY)
    wanted = Wanted("Refaire le CV")
    plans.add(person=town.people["amelie"], kind=Kind.ACTION, wanted=wanted, origin=origin)


def due(town: Town) -> None:
    """Let her write into her plan what she does by tomorrow."""
    origin = Origin(town.people["amelie"], Planning.PERSON)
    wanted = Wanted("Refaire le CV", due_on=clock.today() + dt.timedelta(days=1))
    plans.add(person=town.people["amelie"], kind=Kind.ACTION, wanted=wanted, origin=origin)


def written(town: Town) -> None:
    words = Written(body="Venez mardi.", voice=Voice.OURS, author=town.people["bruno"])
    mailboxes.begin(person=town.people["amelie"], subject="Mardi", written=words, by=town.people["bruno"])


def earlier(town: Town) -> None:
    """Hold an earlier time for who meets Bruno in a week."""
    row, sooner = town.appointment, dt.timedelta(days=2)
    kept = {name: getattr(row, name) for name in ("agency", "kind", "counsellor", "person", "channel", "way")}
    times = {"starts_at": row.starts_at - sooner, "ends_at": row.ends_at - sooner}
    told = {"state": "held", "held_until": clock.now() + HOUR}
    Appointment.objects.create(in_place_of=row, **kept, **times, **told)


def ticket(town: Town) -> None:
    queues.come_in(
        agency=town.agency, by=town.people["rosa"], person=town.people["amelie"], priority=Priority.FIRST
    )


CASES: list[tuple[type[App], Callable[[Town], object]]] = [
    (Searches, told),
    (Introductions, in_state(State.PROPOSED, origin=Side.COUNSELLOR)),
    (Introductions, in_state(State.AGREED, employer_yes_at=BEFORE)),
    (Introductions, in_state(State.INTERVIEW, employer_yes_at=BEFORE, meeting_at=BEFORE)),
    (Introductions, lambda town: town.hired),
    (Plans, proposed),
    (Plans, due),
    (Endings, lambda town: town.ending),
    (Letterboxes, written),
    (Appointments, earlier),
    (Appointments, lambda town: town.to_choose),
    (Documents, lambda town: town.expected),
    (Queue, ticket),
]


@pytest.mark.parametrize(("kind", "make"), CASES)
def test_of_whom_something_waits_its_app_is_asked(
    town: Town, kind: type[App], make: Callable[[Town], object]
) -> None:
    hers, his = town.people["amelie"], town.people["gael"]
    [app] = [one for one in APPS if type(one) is kind]
    make(town)
    assert app.waiting_for(hers, Role.JOBSEEKER)
    apps = waiting.apps_of([hers.pk, his.pk])
    assert app in apps[hers.pk] and app not in apps[his.pk]


def test_what_waits_for_whom_one_helps_is_what_waits_for_her(town: Town) -> None:
    said = {type(app) for app in APPS if type(app).may_wait is not App.may_wait}
    assert said == {kind for kind, _make in CASES}
    for _kind, make in CASES[-4:]:
        make(town)
    mandate = amelies(town)
    [one] = helped(town.people["ines"])
    assert one.waiting and one.waiting == within_passage(UnderMandate(mandate, town.people["ines"]), APPS)
