"""A source fetched by itself: from a real server on this machine, at its hour, whatever the server does."""

import datetime as dt
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.personas import Town
from tests.vacancies.feeds.conftest import Record
from tests.vacancies.feeds.test_services import catalogue, several
from visavis.common import clock, outside
from visavis.journal.models import Entry
from visavis.vacancies import fetching
from visavis.vacancies.models import FeedAddress, FeedFall, FeedRun, Vacancy

__all__ = ["catalogue"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


class Source:
    """What a source answers: a body, or a status, or a body that is promised longer than it is."""

    def __init__(self) -> None:
        self.body, self.status, self.promises, self.location = b"", 200, 0, ""
        self.asked = 0
        self.address = ""


@contextmanager
def running() -> Iterator[Source]:
    source = Source()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            source.asked += 1
            self.send_response(source.status)
            if source.location:
                self.send_header("Location", source.location)
            self.send_header("Content-Length", str(len(source.body) + source.promises))
            self.end_headers()
            self.wfile.write(source.body)

        def log_message(self, *_given: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        source.address = f"http://127.0.0.1:{server.server_port}/offres.json?key=its-own-key"
        yield source
        server.shutdown()


@pytest.fixture
def source(settings: Settings, record: Record) -> Iterator[Source]:
    settings.VISAVIS_WEBHOOKS_PRIVATE = ["127.0.0.0/8"]
    with running() as found:
        found.body = json.dumps({"resultats": several(record, 12)}).encode()
        yield found


def row(source: Source, **changed: Any) -> FeedAddress:
    told = {"name": "ft", "address": source.address, "hour": 4, "due_at": clock.now()}
    return FeedAddress.objects.create(**told | changed)


def once(found: FeedAddress) -> FeedAddress:
    """Do what the worker does for one that is due."""
    FeedAddress.objects.filter(pk=found.pk).update(asked_at=clock.now())
    fetching.fetch_address.func(found.pk)
    found.refresh_from_db()
    return found


def open_ones() -> int:
    return Vacancy.objects.filter(feed__name="ft", state=Vacancy.State.OPEN).count()


def test_what_it_answers_is_read_at_its_hour_and_a_fall_asks(source: Source, record: Record) -> None:
    found = once(row(source))
    assert (open_ones(), found.refusal, found.asked_at) == (12, "", None)
    assert timezone.localtime(found.due_at).hour == 4 and found.due_at > clock.now()
    assert FeedRun.objects.get().is_whole
    source.body = json.dumps({"resultats": several(record, 1)}).encode()
    once(found)
    assert (open_ones(), FeedFall.objects.get().would_close) == (12, 11)


@pytest.mark.parametrize(
    ("does", "code"),
    [
        ({"status": 403}, "status"),
        ({"status": 302, "location": "http://127.0.0.1:1/"}, "redirect"),
        ({"promises": 10}, "cut"),
    ],
)
def test_what_was_not_had_whole_changes_nothing_and_is_tried_in_an_hour(
    source: Source, does: dict[str, Any], code: str
) -> None:
    found = once(row(source))
    source.body = b"[]"
    for name, value in does.items():
        setattr(source, name, value)
    once(found)
    assert (found.refusal, open_ones()) == (code, 12)
    assert found.failing_since and dt.timedelta(0) < found.due_at - clock.now() <= fetching.AGAIN_AFTER
    source.status, source.promises, source.location = 200, 0, ""
    since = found.failing_since
    source.body = b"no JSON at all"
    assert once(found).failing_since == since and found.refusal not in fetching.WHY


def test_it_gives_up_without_end_or_room_and_reads_this_network_only_where_the_operator_says_so(
    source: Source, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Full:
        def write(self, part: bytes) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(outside.NotReached, match="disk"):
        outside.fetch(source.address, Full(), most=1 << 20, deadline_s=10)  # type: ignore[arg-type]
    found = row(source)
    with monkeypatch.context() as small:
        small.setattr(fetching, "MOST_BYTES", 100)
        assert once(found).refusal == "big"
    source.status = 500
    once(found)
    assert "status" in caplog.text and "its-own-key" not in caplog.text
    asked, settings.VISAVIS_WEBHOOKS_PRIVATE = source.asked, []
    assert once(found).refusal == "private"
    assert source.asked == asked


def test_what_is_due_is_asked_for_once_at_its_hour(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(fetching, "fetch_address", SimpleNamespace(enqueue=asked.append))
    found = row(source)
    row(source, name="later", due_at=clock.now() + dt.timedelta(hours=1))
    assert (fetching.sweep(), fetching.sweep()) == (1, 0)
    with time_machine.travel(clock.now() + fetching.STUCK_AFTER + dt.timedelta(minutes=1), tick=False):
        assert fetching.sweep() == 2
    assert asked[:2] == [found.pk, found.pk]
    with time_machine.travel(dt.datetime(2026, 10, 24, 12, tzinfo=dt.UTC), tick=False):
        assert fetching.next_at(4) == dt.datetime(2026, 10, 25, 3, tzinfo=dt.UTC)
    with time_machine.travel(dt.datetime(2026, 10, 25, 12, tzinfo=dt.UTC), tick=False):
        assert fetching.next_at(4) == dt.datetime(2026, 10, 26, 3, tzinfo=dt.UTC)


def test_the_head_has_it_fetched_changes_it_and_stops_it(town: Town, source: Source) -> None:
    head, new = town.client("hugo"), reverse("vacancies:feed_address_new")
    told = {"name": "ft", "address": source.address, "hour": "6"}
    head.post(new, told)
    found = FeedAddress.objects.get()
    assert (found.hour, found.due_at <= clock.now()) == (6, True)
    assert "déjà" in head.post(new, told).content.decode()
    once(found)
    page = reverse("vacancies:feed_address", args=[found.pk])
    assert "12" in head.get(page).content.decode()
    head.post(page, {"address": source.address, "hour": "7", "is_partial": "on"})
    found.refresh_from_db()
    assert (found.hour, found.is_partial, timezone.localtime(found.due_at).hour) == (7, True, 7)
    stop = reverse("vacancies:feed_address_stop", args=[found.pk])
    assert "ft" in head.get(stop).content.decode() and FeedAddress.objects.exists()
    head.post(stop)
    assert not FeedAddress.objects.exists() and open_ones() == 12
    acts = Entry.objects.filter(thing="feed_address").order_by("pk").values_list("action", flat=True)
    assert list(acts) == ["created", "changed", "deleted"]


def test_what_cannot_be_fetched_is_a_sentence_and_told_after_a_day(town: Town, source: Source) -> None:
    head, new = town.client("hugo"), reverse("vacancies:feed_address_new")
    for address in ("", "source.example", "ftp://x.example/", "https://a:b@x.example/", "https://x:99999/"):
        page = head.post(new, {"name": "ft", "address": address, "hour": "4"})
        assert "https://source.example/offres.json" in page.content.decode()
    assert not FeedAddress.objects.exists()
    source.status = 401
    found = once(row(source))
    home, page = reverse("portal:home"), reverse("vacancies:feed_address", args=[found.pk])
    assert page not in town.client("hugo").get(home).content.decode()
    FeedAddress.objects.update(failing_since=clock.now() - dt.timedelta(days=2))
    assert page in town.client("hugo").get(home).content.decode()
    assert page not in town.client("bruno").get(home).content.decode()
    assert "clé" in town.client("hugo").get(page).content.decode()
