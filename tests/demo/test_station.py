"""Anybody who visits the demonstration can sit down at its station."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.common import clock
from visavis.demo import device as demo
from visavis.stations import device
from visavis.stations.models import Sitting, Station

pytestmark = pytest.mark.django_db


def test_a_browser_becomes_the_station_and_the_one_before_is_none(town: Town) -> None:
    first, second = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    assert reverse("demo:station") in first.get(reverse("demo:entrance")).content.decode()
    for browser in (first, second):
        answer = browser.post(reverse("demo:station"))
        assert answer["Location"] == reverse("stations:start")
        assert device.COOKIE in browser.cookies
        assert browser.get(reverse("portal:door")).status_code == 303
    assert first.get(reverse("portal:door")).status_code == 200
    row = Station.objects.get()
    assert (row.name, row.agency) == (demo.NAME, town.agency)
    # The head of the agency finds it among the stations.
    assert (
        row.name
        in town.client("hugo").get(reverse("stations:stations", args=[town.agency.pk])).content.decode()
    )


def test_it_opens_also_when_the_agency_is_closed(town: Town) -> None:
    with time_machine.travel(dt.datetime(2027, 3, 28, 21, tzinfo=dt.UTC), tick=False):
        browser = Client(SERVER_NAME="localhost")
        browser.post(reverse("demo:station"))
        assert town.agency.timetable.is_open(clock.now())
        assert browser.get(reverse("stations:ways")).status_code == 200
        browser.post(reverse("stations:guest"))
        assert Sitting.objects.filter(ended_at__isnull=True).count() == 1
        # The next browser begins anew.
        Client(SERVER_NAME="localhost").post(reverse("demo:station"))
        assert not Sitting.objects.filter(ended_at__isnull=True).exists()


def test_without_a_town_there_is_none(db: None) -> None:
    assert Client(SERVER_NAME="localhost").post(reverse("demo:station")).status_code == 404
