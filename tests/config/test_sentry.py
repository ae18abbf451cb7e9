"""Errors told outside: a real library, a real receiver of what it sends, and nothing of a person in what arrives."""

import gzip
import json
import os
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import brotli
import pytest
import sentry_sdk
from django.conf import settings

from tests.programs import run
from visavis.config import sentry

SECRETS = ("Amélie Martin", "amelie@secret.example", "06 12 34 56 78", "a-cookie", "a-query", "a-body")
# A visitor posts to a page that breaks with everything in its hands; then the log tells an error of a job.
BREAK = """
import logging
import django
django.setup()
from django.test import Client
from visavis.operations.health import views

def broken(*_given, **_named):
    name, mail = "Amélie Martin", "amelie@secret.example"
    try:
        int(mail)
    except ValueError as error:
        raise RuntimeError(f"{name} {mail} 06 12 34 56 78") from error

views.HttpResponse = broken
given = {"HTTP_COOKIE": "name=a-cookie", "HTTP_HOST": "localhost", "REMOTE_ADDR": "203.0.113.9"}
client = Client(raise_request_exception=False, **given)
answer = client.get("/health/live?name=a-query", {"body": "a-body"})
logging.getLogger("visavis.jobs").error("%s failed", "Amélie Martin")
logging.getLogger("another.library").error("Amélie Martin failed")
print(answer.status_code, answer["X-Request-ID"])
import sentry_sdk
sentry_sdk.flush(5)
"""


class Receiver(ThreadingHTTPServer):
    """Takes envelopes as a Sentry-compatible service does (develop.sentry.dev, envelopes)."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Taking)
        self.bodies: list[bytes] = []

    @property
    def address(self) -> str:
        return f"http://key@127.0.0.1:{self.server_port}/1"


class Taking(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        elif self.headers.get("Content-Encoding") == "br":
            body = brotli.decompress(body)
        self.server.bodies.append(body)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def broken(folder: Path, address: str) -> tuple[str, str]:
    """Run the breaking page in a process of its own; return its answer's status and number."""
    environment = os.environ | {
        "VISAVIS_VAR": str(folder),
        "VISAVIS_SENTRY": address,
        "VISAVIS_PLAIN_STATIC": "yes",
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
        "DATABASE_URL": "",
    }
    done = run([sys.executable, "-c", BREAK], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    status, number = done.stdout.split()
    return status, number


def test_what_arrives_says_where_and_of_which_kind_and_nothing_of_a_person(
    receiver: Receiver, tmp_path: Path
) -> None:
    status, number = broken(tmp_path, receiver.address)
    assert status == "500" and len(receiver.bodies) == 3
    text = b"\n".join(receiver.bodies).decode()
    assert not [one for one in (*SECRETS, "203.0.113.9", str(tmp_path), os.uname().nodename) if one in text]
    event = json.loads(receiver.bodies[0].splitlines()[-1])
    kinds = [one["type"] for one in event["exception"]["values"]]
    assert kinds == ["ValueError", "RuntimeError"] and event["tags"] == {"request": number}
    assert event["exception"]["values"][-1]["stacktrace"]["frames"][-1]["function"] == "broken"
    assert "%s failed" in text


def test_nothing_leaves_unless_an_address_is_given() -> None:
    assert not settings.VISAVIS_SENTRY and not sentry_sdk.get_client().is_active()


def test_an_event_is_made_anew_so_that_what_comes_with_the_next_version_stays_here() -> None:
    error = {"type": "E", "value": "g", "stacktrace": {"frames": [{"vars": {"h": 1}}]}}
    told = {"level": "error", "user": {"email": "a"}, "request": {"url": "b"}, "contexts": {"x": "c"}}
    told |= {"breadcrumbs": ["d"], "extra": {"y": "e"}, "new": "f", "exception": {"values": [error]}}
    kept = sentry.scrubbed(told, {})
    assert set(kept) == {"level", "tags", "server_name", "exception"}
    assert kept["exception"]["values"] == [{"type": "E", "module": None, "stacktrace": {"frames": [{}]}}]
