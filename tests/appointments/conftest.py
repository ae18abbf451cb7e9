"""An agency that receives, on a Monday morning."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
import time_machine

from tests.appointments.making import MONDAY, TUESDAY, booked, kind, receives, times
from tests.personas import Town
from visavis.appointments.models import Appointment


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def received(town: Town, monday: None) -> Town:
    """Bruno receives in his agency's hours, on every day on which its door is open."""
    town.agency.opening_hours = "Mo-Fr 08:30-12:30,13:30-17:00; PH off"
    town.agency.save()
    receives(town.agency, town.people["bruno"])
    return town


@pytest.fixture
def gaels(received: Town) -> Appointment:
    """Gaël has the first time of Tuesday."""
    first = times(received.agency, 30, TUESDAY)[0]
    return booked(kind(received.agency), first, received.people["gael"])


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Any) -> Any:
    """Do at the end of a block what waits for the commit."""
    return partial(django_capture_on_commit_callbacks, execute=True)
