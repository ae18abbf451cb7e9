"""A station of Amélie's agency, enrolled, and the browser on it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.queues import services as queue
from visavis.queues.models import Ticket
from visavis.stations import badges, device, enrolling
from visavis.stations.models import Sitting, Station

NOW = dt.datetime(2027, 3, 23, 8, 30, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@dataclass
class Kiosk:
    """A browser that is a station, and what one does there."""

    station: Station
    client: Client

    def url(self, name: str, *args: object) -> str:
        return reverse(f"stations:{name}", args=args)

    def get(self, name: str, *args: object) -> Any:
        return self.client.get(self.url(name, *args))

    def post(self, name: str, /, *args: object, **data: Any) -> Any:
        return self.client.post(self.url(name, *args), data)

    @property
    def sitting(self) -> Sitting | None:
        return Sitting.objects.filter(station=self.station, ended_at__isnull=True).first()

    @property
    def last(self) -> Sitting:
        return Sitting.objects.filter(station=self.station).latest("pk")


def new_kiosk(town: Town, name: str = "Poste 1") -> Kiosk:
    """Enrol a device as the head and the device do it."""
    row, code = enrolling.add(agency=town.agency, name=name, by=town.people["hugo"])
    client = Client(headers={"accept-language": "fr"}, SERVER_NAME="localhost")
    answer = client.post(reverse("stations:enrol"), {"code": code})
    assert answer.status_code == 302 and device.COOKIE in client.cookies
    row.refresh_from_db()
    return Kiosk(row, client)


@pytest.fixture
def kiosk(town: Town) -> Kiosk:
    return new_kiosk(town)


@pytest.fixture
def ticket(town: Town) -> Ticket:
    return queue.come_in(agency=town.agency, by=town.people["rosa"])


@pytest.fixture
def card(town: Town) -> dict[str, str]:
    """Amélie's card, as it is typed."""
    _row, code, pin = badges.issue(person=town.people["amelie"], by=town.people["rosa"])
    return {"code": code, "pin": pin}


def text(answer: Any) -> str:
    return " ".join(answer.text.replace("\u00a0", " ").split())
