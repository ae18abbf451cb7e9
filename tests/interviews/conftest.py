"""An appointment by video, five minutes before its hour; nobody is there yet. Journeys: a site, a relay, a browser."""

from collections.abc import Iterator

import pytest
import time_machine
from playwright.sync_api import Browser
from time_machine import Traveller

from tests.browsing import Browsers
from tests.interviews import coturn
from tests.interviews.house import FLAGS, House, house
from tests.interviews.lossy import Line
from tests.interviews.making import NOW
from tests.personas import Town
from visavis.interviews import services
from visavis.interviews.models import Interview


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def room(town: Town, clock: Traveller) -> Interview:
    return services.of(appointment=town.appointment_by_video, by=None)


@pytest.fixture(scope="package")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """A relay, reached over a line that can be cut."""
    with coturn.running(tmp_path_factory.mktemp("relay"), is_open=True) as relay:
        one = Line(relay.port)
        yield one
        one.close()


@pytest.fixture(scope="package")
def place(tmp_path_factory: pytest.TempPathFactory, line: Line) -> Iterator[House]:
    url = f"turn:127.0.0.1:{line.port}?transport=udp"
    given = {"VISAVIS_TURN_URLS": url, "VISAVIS_TURN_SECRET": coturn.SECRET}
    with house(tmp_path_factory.mktemp("house"), given) as one:
        yield one


@pytest.fixture
def chromium(browsers: Browsers) -> Browser:
    """The whole browser, with a camera that is drawn; another one where it has ended."""
    return browsers.chromium(*FLAGS, is_whole=True)
