"""Visits at the counter, for tests."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mandates.making import bond
from tests.personas import Town
from visavis.counter import services
from visavis.counter.enums import Ground
from visavis.counter.models import CounterVisit
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.queues import services as queue
from visavis.queues.models import Ticket

WROTE = {"subject": "Mardi", "body": "Je viens."}


def at_desk(town: Town, person: str | None = "amelie", clerk: str = "rosa") -> Ticket:
    """Let somebody be called to a clerk's desk, by name or without one."""
    who = town.people[person] if person else None
    ticket = queue.come_in(agency=town.agency, by=town.people[clerk], person=who)
    called = queue.call(ticket=ticket, desk="1", by=town.people[clerk])
    return queue.begin(ticket=called, by=town.people[clerk])


def another_clerk(town: Town) -> User:
    """Let somebody else receive at the same counter, as `paula`."""
    there = town.agency.organisation
    town.people["paula"] = factories.UserFactory(role=Role.RECEPTION, role__organisation=there, name="Paula")
    return town.people["paula"]


def stands(town: Town, person: str = "amelie", clerk: str = "rosa") -> CounterVisit:
    """Open a visit on an identity paper."""
    return services.open_visit(person=town.people[person], by=town.people[clerk], shown=Ground.PAPER)


def url(visit: CounterVisit, page: str = "") -> str:
    return f"/at-the-counter/{visit.pk}/{page}"


def post(client: Client, path: str, **data: Any) -> Any:
    """Send a form as its own page holds it."""
    return client.post(path, {"acting_for": bond(client.get(path)), **data})


def opening(town: Town, person: str = "amelie") -> str:
    return reverse("counter:open", args=[town.people[person].jobseeker.pk])
