"""Fetching from a real IMAP server: kept before it is marked, one that fails stops no other, a new numbering doubles
nothing."""

import datetime as dt
import imaplib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import OperationalError

from tests.mailboxes.imap import PASSWORD, USER, Dovecot, running
from tests.mailboxes.letters import AMELIE, OURS, mail
from tests.personas import Town
from visavis.common import clock
from visavis.mailboxes import signs
from visavis.mailboxes.mail import fetching, filing
from visavis.mailboxes.models import Incoming, MailPosition

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with running() as dovecot:
        yield dovecot


@pytest.fixture
def box(server: Dovecot, settings: Any) -> Dovecot:
    settings.VISAVIS_MAIL_IN = OURS
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", server.port, "plain"
    settings.IMAP_USER, settings.IMAP_PASSWORD = USER, PASSWORD
    server.empty()
    return server


def numbers() -> list[int]:
    return list(Incoming.objects.order_by("number").values_list("number", flat=True))


def test_what_is_new_is_kept_once_and_then_marked(box: Dovecot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full between fetching and keeping: marked before, it would be lost. Marked late, it is no second."""
    box.deliver(mail("Important"))
    kept = fetching.store

    def full(*args: Any, **more: Any) -> bool:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(fetching, "store", full)
    with pytest.raises(OperationalError):
        fetching.fetch()
    assert (box.seen(), Incoming.objects.count()) == (0, 0)
    monkeypatch.setattr(fetching, "store", kept)
    assert fetching.fetch() == 1
    assert (box.seen(), fetching.fetch()) == (1, 0)
    for number in range(2):
        box.deliver(mail(f"Message {number}"))

    def dies(self: Any, number: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(fetching.Imap, "mark_read", dies)
    with pytest.raises(KeyboardInterrupt):
        fetching.fetch()
    monkeypatch.undo()
    fetching.fetch()
    assert Incoming.objects.count() == 3
    box.deliver(mail("Encore un"))
    assert fetching.fetch() == 1
    assert (fetching.fetch(), Incoming.objects.count()) == (0, 4)


def test_a_failure_stops_no_neighbour(box: Dovecot, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    for number in range(5):
        box.deliver(mail(f"Message {number}"))

    def goodbye(*args: Any, **more: Any) -> bytes:
        raise imaplib.IMAP4.abort("BYE too many connections")

    with monkeypatch.context() as patched:
        patched.setattr(fetching.Imap, "fetch", goodbye)
        assert fetching.fetch() == 0
    fetch = fetching.Imap.fetch
    bad: set[int] = {2}

    def stumbles(self: Any, number: int, *, head_only: bool) -> bytes:
        if number in bad:
            raise OSError
        return fetch(self, number, head_only=head_only)

    monkeypatch.setattr(fetching.Imap, "fetch", stumbles)
    assert fetching.fetch() == 4
    bad.clear()
    assert fetching.fetch() == 1
    assert len(numbers()) == 5
    monkeypatch.setattr(fetching, "reached", goodbye)
    assert fetching.fetch() == 0
    monkeypatch.undo()
    settings.IMAP_PORT = 9
    assert fetching.fetch() == 0


def test_when_it_was_read_is_a_sign_and_a_new_numbering_doubles_nothing(box: Dovecot, settings: Any) -> None:
    assert signs.mail_in().level == "wrong"
    fetching.fetch()
    for minutes, level in ((0, "well"), (20, "look"), (130, "wrong")):
        with clock.moved(clock.now() + dt.timedelta(minutes=minutes)):
            assert signs.mail_in().level == level
    settings.IMAP_HOST = ""
    assert signs.mail_in().level == "well"
    settings.IMAP_HOST = "127.0.0.1"
    for number in range(3):
        box.deliver(mail(f"Message {number}"))
    fetching.fetch()
    before = MailPosition.objects.get().numbering
    box.renumber()
    box.deliver(mail("Après"))
    fetching.fetch()
    assert MailPosition.objects.get().numbering != before and Incoming.objects.count() == 4


def test_thirty_million_bytes_are_refused_with_an_answer_to_who_sent_them(
    box: Dovecot, town: Town, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    """Nothing of it but its head comes here; she is told what to do, and the thread says that it was too large."""
    her = town.people["amelie"]
    her.email = AMELIE
    her.save()
    line = b"QUJD" * 19 + b"\r\n"
    box.deliver(mail("Mes photos", subject="Photos") + b"\r\n" + line * (30_000_000 // len(line)))
    assert fetching.fetch() == 1
    row = Incoming.objects.get()
    assert row.size > 29_000_000 and len(bytes(row.sealed)) < 3_000
    with django_capture_on_commit_callbacks(execute=True):
        filing.file_what_waits()
    row.refresh_from_db()
    assert b"Photos" in row.raw() and row.message is not None
    assert "too-large" in row.message.marks
    [sent] = outbox.outbox
    assert sent.to == [AMELIE] and settings.VISAVIS_PHONE in sent.body
