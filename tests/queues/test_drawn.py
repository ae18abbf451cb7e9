"""A hall and a phone draw what they are told: what they then show is what the page itself would show."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.personas import Town
from tests.programs import run
from tests.queues.test_services import NOW, come, next_for
from tests.queues.watched import Story
from visavis.live.models import Bulletin
from visavis.queues import services
from visavis.queues.models import Ticket

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
ROOT = Path(__file__).resolve().parents[2]
ROWS = "[...document.querySelectorAll('.called tbody tr:not([hidden])')].map((row) => row.className + row.innerText)"
LINE = "['ahead', 'wait'].map((id) => document.getElementById(id)?.textContent)"


@pytest.fixture(autouse=True)
def clock(settings: Settings) -> Iterator[None]:
    settings.VISAVIS_LIVE_PORT, settings.VISAVIS_LIVE_URL = 1, "/live/"
    with time_machine.travel(NOW, tick=False):
        yield


def watched(url: str, look: str, acts: Sequence[Callable[[], object]]) -> dict[str, Any]:
    """Play acts one after the other, tell an open page of each, and return what it showed."""
    drawn = lambda: Client(headers={"Accept-Language": "fr"}).get(url).text
    first, steps = drawn(), []
    for act in acts:
        after = Bulletin.objects.latest("pk").pk
        act()
        rows = Bulletin.objects.filter(pk__gt=after, topic__startswith="queue:").order_by("pk")
        steps.append(([{"topic": row.topic, "id": row.pk, "body": row.body} for row in rows], drawn()))
    done = run(
        [sys.executable, "-m", "tests.queues.watched"],
        input=json.dumps(asdict(Story(url, first, steps, look))),
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def test_a_hall_draws_calls_as_its_page_does_and_asks_for_nothing(town: Town) -> None:
    tickets, bruno = [come(town) for _one in range(9)], town.people["bruno"]
    now = lambda at: Ticket.objects.get(pk=tickets[at].pk)
    found = watched(
        reverse("queues:hall", args=[town.agency.pk]),
        ROWS,
        [
            lambda: next_for(town),
            lambda: services.begin(ticket=now(0), by=bruno),
            lambda: services.finish(ticket=now(0), by=bruno),
            lambda: next_for(town),
            lambda: services.leave(ticket=now(1), by=None),
        ],
    )
    assert found["seen"] == found["drawn"] and [len(rows) for rows in found["seen"]] == [1] * 6
    assert len({str(rows) for rows in found["seen"]}) == 4, "nobody, called, served, nobody, another, nobody"
    assert found["asked"] == []


@pytest.mark.again
def test_a_phone_counts_down_as_its_page_does_and_asks_when_it_is_called(town: Town) -> None:
    tickets, bruno = [come(town) for _one in range(6)], town.people["bruno"]
    now = lambda at: Ticket.objects.get(pk=tickets[at].pk)
    leave = [lambda at=at: services.leave(ticket=now(at), by=None) for at in range(5)]
    acts = [*leave, lambda: services.call(ticket=now(5), desk="3", by=bruno)]
    found = watched(reverse("queues:place", args=[tickets[5].code]), LINE, acts)
    assert found["seen"][:6] == found["drawn"][:6]
    assert len({str(words) for words in found["seen"][:6]}) == 6, "five leave: five times other words"
    assert found["asked"] == [6], "at once when it is called, and not before"
