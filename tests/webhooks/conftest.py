"""A program that is told, of the agency of the personas."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.personas import Town
from tests.webhooks import receiver as receivers
from visavis.webhooks import services
from visavis.webhooks.models import Endpoint


@pytest.fixture
def receiver(settings: Settings) -> Iterator[receivers.Receiver]:
    settings.VISAVIS_WEBHOOKS_PRIVATE = ["127.0.0.0/8"]
    with receivers.running() as found:
        yield found


@pytest.fixture
def made(town: Town, receiver: receivers.Receiver) -> tuple[Endpoint, str]:
    """Return the program and its secret."""
    tells = {"tells_introductions": True, "tells_vacancies": True}
    return services.make(agency=town.agency, by=town.people["hugo"], address=receiver.address, **tells)


@pytest.fixture
def endpoint(made: tuple[Endpoint, str]) -> Endpoint:
    return made[0]
