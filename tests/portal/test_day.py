"""A counsellor's day: what each app says of it, by the clock on the wall of the agency."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories
from tests.caseload import Introduced, Person
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.appointments.models import Appointment, Workshop
from visavis.casefiles import enums, marking, plans
from visavis.casefiles.plans import Origin, Wanted
from visavis.common import clock
from visavis.introductions.enums import State
from visavis.journal.models import Entry
from visavis.people.days import MOST_LINES
from visavis.people.models import User
from visavis.portal.desk import day as days
from visavis.queues.models import Ticket

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
MORNING = dt.datetime(2026, 11, 30, 7, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday() -> Iterator[time_machine.Traveller]:
    days.ZONES.clear()
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller
    days.ZONES.clear()


def shown(town: Town, by: str = "bruno", **asked: str) -> dict[str, list[Any]]:
    response = town.client(by).get(reverse("portal:desk_day"), asked)
    assert response.status_code == 200
    return {
        one.part.slug: [(line.who, " ".join(str(line.word).split())) for line in one.lines]
        for one in response.context["parts"]
    }


def meets(town: Town, who: Any, at: dt.datetime, by: str = "bruno", **more: Any) -> Appointment:
    told = {"agency": town.agency, "kind": town.appointment_kind, "channel": "agency", "way": "web"}
    told |= {"starts_at": at, "ends_at": at + dt.timedelta(minutes=30), "state": "booked"}
    return Appointment.objects.create(person=who.user, counsellor=town.people[by], **(told | more))


def everything(town: Town, person: Person, introduced: Introduced) -> None:
    """Give Bruno something in each part of his Monday."""
    bruno, zita = town.people["bruno"], person("Zita")
    meets(town, zita, MORNING + dt.timedelta(hours=2))
    assert town.call.due_at < MORNING + DAY
    ticket = {"day": clock.today(), "number": 7, "code": "aaa", "state": "waiting"}
    Ticket.objects.create(agency=town.agency, person=zita.user, to=bruno, **ticket)
    for name, channel in (("Paul", "phone"), ("Lise", "post"), ("Gil", "counter")):
        who = person(name, channel=channel)
        factories.NewsFactory(user=who.user, thing_id=introduced(who, state=State.PUT).pk)
    marking.put(person=zita.user, wanted=marking.Wanted(None, clock.today(), "le permis"), by=bruno)
    wanted = Wanted("écrire à la mairie", whose=enums.Whose.US, due_on=clock.today() - DAY)
    origin = Origin(bruno, enums.Side.AGENCY, enums.Way.PHONE)
    plans.add(person=zita.user, kind=enums.Kind.ACTION, wanted=wanted, origin=origin)
    introduced(person("Nora"), answer_by=clock.today())
    introduced(person("Omar"), state=State.INTERVIEW, meeting_at=MORNING + dt.timedelta(hours=5))


@pytest.mark.database
def test_each_part_of_the_day_says_what_is_in_it_in_twelve_queries(
    town: Town, person: Person, introduced: Introduced, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    everything(town, person, introduced)
    assert shown(town) == {
        "meetings": [("Amélie", ""), ("Zita", "")],
        "rooms": [("Amélie", "vous attend")],
        "tickets": [("Zita", "attend")],
        "calls": [("Amélie", ""), ("Paul", "")],
        "letters": [("Lise", "")],
        "counter": [("Gil", "")],
        "reminders": [("Zita", "depuis le 29 novembre 2026"), ("Zita", "")],
        "proposals": [("Nora", "dernier jour")],
        "employers": [("Omar", "")],
    }
    assert shown(town, by="dario") == {}
    client = town.client("bruno")
    for odd in ("x", "2026-13-40", "9999-01-01", "20261130", "0001-01-01"):
        assert client.get(reverse("portal:desk_day"), {"on": odd}).context["day"].is_today
    with django_assert_max_num_queries(12):
        page = client.get(reverse("portal:desk_day")).content.decode()
    for said in ("le permis", "écrire à la mairie", "06 12 34 56 78", "Boulanger"):
        assert said in page.replace("\xa0", " ").replace("\u202f", " "), said
    assert not [one for one in re.findall(r'href="([^"]*)"', page) if "zita" in one.lower()]
    assert Entry.objects.readings().filter(thing="agenda", actor_id=town.people["bruno"].pk).exists()
    # Another day shows that day alone.
    meets(town, person("Max"), MORNING + DAY)
    introduced(person("Rosa"), answer_by=clock.today() + DAY)
    assert shown(town, on="2026-12-01") == {
        "meetings": [("Max", "")],
        "proposals": [("Rosa", "dernier jour")],
    }
    assert ("Rosa", "jusqu’au 1er décembre 2026") in shown(town)["proposals"]
    assert shown(town, on="2026-11-29") == {"reminders": [("Zita", "")]}
    # What a part is called is not what it is known by: the second language found no part of the first.
    for language in ("en", "fr"):
        User.objects.filter(pk=town.people["bruno"].pk).update(language=language)
        assert client.get(reverse("portal:desk_day")).status_code == 200


def test_a_day_that_is_past_says_how_it_went(
    town: Town, person: Person, monday: time_machine.Traveller
) -> None:
    zita, bruno = person("Zita", channel="phone"), town.people["bruno"]
    meets(town, zita, MORNING, state="seen")
    meets(town, zita, MORNING + dt.timedelta(hours=1), state="revoked")
    told = {"state": "finished", "served_by": bruno, "desk": "2", "ended_at": MORNING}
    Ticket.objects.create(agency=town.agency, day=clock.today(), number=7, code="aaa", **told)
    news = factories.NewsFactory(user=zita.user, is_told=True)
    type(news).objects.filter(pk=news.pk).update(told_by=bruno)
    monday.shift(DAY)
    found = shown(town, on="2026-11-30")
    assert found["meetings"] == [("Zita", "A eu lieu")] and found["tickets"] == [("Ticket 7", "est terminé")]
    assert found["calls"] == [("Zita", "prévenu")]


def test_who_stands_in_reads_the_day_of_whom_he_stands_in_for(town: Town, person: Person) -> None:
    town.people["colette"] = factories.UserFactory(
        name="Colette", role="counsellor", role__organisation=town.agency.organisation
    )
    on, told = clock.today(), {"user": town.people["bruno"], "substitute": town.people["colette"]}
    Absence.objects.create(agency=town.agency, starts_on=on, ends_on=on, **told)
    meets(town, person("Zita"), MORNING)
    marking.put(person=person("Max").user, wanted=marking.Wanted(None, on), by=town.people["bruno"])
    page = town.client("colette").get(reverse("portal:desk_day"))
    found = {one.part.slug: [line.who for line in one.lines] for one in page.context["parts"]}
    assert found == {"meetings": ["Zita"], "reminders": ["Max"]}
    assert "à la place de Bruno" in page.content.decode()
    assert shown(town, by="colette", on="2026-12-01") == {}


def test_everybody_of_a_workshop_stands_on_one_line_and_a_long_part_is_cut_and_says_so(
    town: Town, person: Person
) -> None:
    bruno, today = town.people["bruno"], marking.Wanted(None, clock.today())
    hours = {"starts_at": MORNING, "ends_at": MORNING + dt.timedelta(hours=2)}
    workshop = Workshop.objects.create(kind=town.appointment_kind, holder=bruno, places=5, **hours)
    for name in ("Zita", "Max"):
        meets(town, person(name), MORNING, workshop=workshop)
    for number in range(MOST_LINES + 2):
        marking.put(person=person(f"P{number}").user, wanted=today, by=bruno)
    answer = town.client("bruno").get(reverse("portal:desk_day"))
    page = answer.content.decode()
    assert "2 personnes" in page.replace("\xa0", " ") and "Zita" not in page
    [_meetings, part] = answer.context["parts"]
    assert len(part.lines) == MOST_LINES and part.is_cut


def test_the_day_is_that_of_the_wall_overseas(town: Town, person: Person) -> None:
    """On Réunion it is three hours later than in Paris: what is at 22 h UTC there is of the next day."""
    commune = factories.CommuneFactory(code="97411", department__code="974")
    type(town.agency).objects.filter(pk=town.agency.pk).update(commune=commune)
    meets(town, person("Zita"), MORNING.replace(hour=21))
    assert shown(town) == {} and shown(town, on="2026-12-01") == {"meetings": [("Zita", "")]}
