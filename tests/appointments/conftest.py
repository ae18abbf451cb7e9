"""An agency that receives, on a Monday morning."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.appointments.making import MONDAY, receives
from tests.personas import Town


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
