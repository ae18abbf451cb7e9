"""A Monday on which doors open and close, and what is told of closures."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine

from visavis.agencies.closures import AFTER_CLOSURE, Closed

PARIS = ZoneInfo("Europe/Paris")
# Eight in the morning.
NOW = dt.datetime(2027, 3, 22, 7, 0, tzinfo=dt.UTC)


def paris(*parts: int) -> dt.datetime:
    return dt.datetime(2027, *parts, tzinfo=PARIS)  # type: ignore[arg-type]


@pytest.fixture
def monday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Closed]:
    found: list[Closed] = []
    monkeypatch.setattr(AFTER_CLOSURE, "_within", [found.append])
    return found
