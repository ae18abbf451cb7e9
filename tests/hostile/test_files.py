"""Hostile files at every door: each has its verdict, none an error; nothing is opened before it was looked at.

No reader works for more than ten seconds or in more than 512 MB, and what is too large is not even read.
"""

import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

import visavis
from tests.documents import making
from tests.hostile.doors import DOORS, Door, Standing
from tests.hostile.files import CORPUS, DRAWN, NONE, VIRUS
from tests.mailboxes.letters import OURS
from tests.personas import Town
from tests.sweeps import few
from visavis.appointments.busy import __main__ as calendar
from visavis.common import apart
from visavis.cvs.reading import __main__ as cv
from visavis.documents import looking, scanning
from visavis.documents.arriving import entrances
from visavis.documents.drawing import __main__ as drawing
from visavis.documents.drawing import alone
from visavis.documents.models import Document
from visavis.mailboxes.mail import fetching
from visavis.mailboxes.models import Incoming
from visavis.scans import taking
from visavis.scans.models import Scan
from visavis.tries.models import Count

pytestmark = pytest.mark.django_db

SOURCE = Path(visavis.__path__[0])
# How a file enters, as it is written: from a request, from the disk, from a message.
WAYS = re.compile(r"request\.FILES|partials\.(?:begin|add)\(|path\.read_bytes\(\)|\.take_in\(")
# Files of the operator, read by commands and settings: no stranger gives these.
OPERATORS = {"catalog/imports/tables.py", "commands/france_travail.py", "commands/tables.py", "traces/packing.py",
             "traces/signing.py", "traces/views/companion.py", "engine/fast/compiled.py"}  # fmt: skip
# What becomes of a file where it is no document: a CV may be an Office file, a feed is none of these.
OTHERWISE = {
    "an e-mail": {"eicar.txt": VIRUS, "eicar.pdf": VIRUS},
    # A text is a text; the others have no words.
    "a CV": {file.name: DRAWN if file.name in {"eicar.txt", "eicar.pdf", "where.jpg", "phone.heic"} else NONE
             for file in CORPUS},
    "a calendar": {file.name: NONE for file in CORPUS},
    "a feed": {file.name: NONE for file in CORPUS},
}  # fmt: skip
FIVE_GB = 5_000_000_000


@pytest.fixture(autouse=True)
def standing(
    town: Town, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Standing]:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.VISAVIS_SCANS_FROM = str(tmp_path / "scanner")
    settings.VISAVIS_MAIL_IN = OURS
    (tmp_path / "scanner").mkdir()
    known = making.EICAR
    verdicts = scanning.Verdict
    monkeypatch.setattr(scanning, "scan", lambda data: verdicts.VIRUS if known in data else verdicts.CLEAN)
    yield Standing(town)
    taking.FOLDER.seen.clear()
    taking.FOLDER.refused.clear()


KNOWN: dict[tuple[str, ...], bytes] = {}


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the process that draws read each file once for all doors."""
    run = apart.run

    def once(*program: str, data: bytes, seconds: float) -> bytes:
        key = (*program, str(hash(data)))
        if key not in KNOWN:
            KNOWN[key] = run(*program, data=data, seconds=seconds)
        return KNOWN[key]

    monkeypatch.setattr(alone.apart, "run", once)


def wanted(door: Door, name: str, verdict: str) -> str:
    return OTHERWISE.get(door.name, {}).get(name, verdict)


@pytest.mark.parametrize("door", few("doors", DOORS), ids=lambda door: door.name)
def test_each_file_has_its_verdict(door: Door, standing: Standing, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is opened before it was looked at: asked at the moment when the worker begins.
    look, opened = looking.look, []

    def asked_before(number: int) -> None:
        opened.extend(unscanned(standing, number))
        look(number)

    monkeypatch.setattr(looking, "look", asked_before)
    found = {}
    for file in CORPUS:
        Count.objects.all().delete()
        found[file.name] = door.give(standing, file)
    assert found == {file.name: wanted(door, file.name, file.verdict) for file in CORPUS}
    assert not opened
    for document in Document.objects.all():
        assert not complaints(standing.browser("bruno"), document)


def addresses(document: Document) -> list[str]:
    one = {"document_id": document.pk}
    return [reverse("documents:picture", kwargs=one | {"number": 1}), reverse("documents:pdf", kwargs=one)]


def unscanned(standing: Standing, number: int) -> list[str]:
    """Return the addresses that give something of a document that nobody has looked at."""
    document = Document.objects.get(pk=number)
    client = standing.browser("bruno")
    return [url for url in addresses(document) if client.get(url).status_code != 404]


def complaints(client: Client, document: Document) -> list[str]:
    """Say what is wrong with how a document is given out: its kind, its headers, and that nothing is as it came."""
    said = []
    for url in addresses(document):
        answer = client.get(url)
        if not document.is_open:
            said += [] if answer.status_code == 404 else [f"{url} gives what cannot be opened"]
            continue
        kind = "application/pdf" if url.endswith(".pdf") else "image/jpeg"
        headers = {
            "Content-Type": kind,
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        said += [f"{url}: {name}" for name, value in headers.items() if answer.headers.get(name) != value]
        if kind.endswith("pdf") and not answer.get("Content-Disposition", "").startswith("attachment"):
            said.append(f"{url} is no attachment")
        said += [f"{url} {mark!r}" for mark in (b"Exif", b"JavaScript", b"<script") if mark in answer.content]
    return said


# A door without a row -------------------------------------------------------------------------------------


def test_every_way_in_has_a_row_and_every_entrance_of_documents_a_form_and_parts() -> None:
    files = [path for path in SOURCE.rglob("*.py") if WAYS.search(path.read_text(encoding="utf-8"))]
    there = {path.relative_to(SOURCE).as_posix() for path in files}
    parts = {"documents/arriving/partials.py", "mailboxes/mail/filing.py"}
    asked = {"people/sessions/typed.py"}
    assert there - OPERATORS - asked - parts == {door.module for door in DOORS}
    functions = inspect.getmembers(entrances, inspect.isfunction)
    there = {name for name, one in functions if one.__module__ == entrances.__name__}
    by_form = {door.entrance for door in DOORS if door.module != "documents/views/tus.py"} - {""}
    by_parts = {door.entrance for door in DOORS if door.module == "documents/views/tus.py"}
    assert there == by_form == by_parts


# What is too large ----------------------------------------------------------------------------------------


HEAD = b'--q\r\nContent-Disposition: form-data; name="photos"; filename="a.pdf"\r\n\r\n'


class Endless:
    """A body of five gigabytes, made as it is read; it counts."""

    def __init__(self) -> None:
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        if size < 0 or size > 1 << 24:
            raise MemoryError
        if self.given > 20_000_000:
            raise AssertionError("it is read for ever")
        begin = b"" if self.given else HEAD
        self.given += size
        return begin + b"\0" * (size - len(begin))

    def readline(self, size: int = 1 << 16) -> bytes:
        return self.read(size)


def streamed(client: Client, url: str, body: Endless, **environ: str) -> int:
    client.handler.enforce_csrf_checks = True  # type: ignore[attr-defined]
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    whole = {"PATH_INFO": url, "REQUEST_METHOD": "POST", "HTTP_TUS_RESUMABLE": "1.0.0", "wsgi.input": body}
    whole |= {"CONTENT_TYPE": "multipart/form-data; boundary=q", "CONTENT_LENGTH": str(FIVE_GB)}
    answer = client.request(**(whole | environ))
    return int(answer.status_code)


def test_five_gigabytes_are_refused_before_they_are_read(standing: Standing) -> None:
    for door in DOORS:
        if door.url is None:
            continue
        client, url = standing.browser(door.who), door.url(standing)
        body = Endless()
        assert (streamed(client, url, body), body.given) == (413, 0), door.name
        # A stream that does not say how long it is, is cut.
        said = streamed(client, url, body, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
        assert said < 500 and body.given == 0, door.name
    assert not Document.objects.exclude(pk=standing.town.document.pk).exists() and not Scan.objects.exists()
    # Nor does a page that takes no file read any.
    assert streamed(standing.browser("amelie"), reverse("mailboxes:new"), body) == 413
    assert body.given == 0


def test_five_gigabytes_in_the_folder_are_unread(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(settings.VISAVIS_SCANS_FROM) / "large.pdf"
    with path.open("wb") as file:
        os.truncate(file.fileno(), FIVE_GB)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} is read"))
    taking.look_into_folder()
    taking.FOLDER.seen[path] = (*taking.FOLDER.seen[path][:2], 0.0)
    assert taking.look_into_folder() == 0 and path.exists()


def test_of_an_e_mail_of_five_gigabytes_only_the_head_is_fetched(town: Town) -> None:
    class Large:
        numbering, given = 1, 0

        def numbers(self, after: int) -> list[int]:
            return [1] if after < 1 else []

        def size(self, number: int) -> int:
            return FIVE_GB

        def fetch(self, number: int, *, head_only: bool) -> bytes:
            assert head_only
            return b"From: amelie@example.org\r\nSubject: Photos\r\n\r\n"

        def mark_read(self, number: int) -> None: ...

    assert fetching.fetch_from(Large(), box=OURS) == 1
    assert Incoming.objects.get(box=OURS).size == FIVE_GB


# Readers --------------------------------------------------------------------------------------------------


def test_a_reader_has_ten_seconds_and_512_megabytes() -> None:
    readers = (drawing, cv, calendar)
    assert all(reader.CPU_S <= 10 and reader.MEMORY_BYTES <= 512_000_000 for reader in readers)
    most = f"limit(memory_bytes={drawing.MEMORY_BYTES}, cpu_s=1)"
    limited = f"from visavis.common.confined import limit\n{most}\n"
    run = inspect.unwrap(apart.run)
    grows = f"{limited}print('a')\nbytearray(600_000_000)\nprint('b')"
    assert run("-c", grows, data=b"", seconds=60) == b"a\n"
    with pytest.raises(apart.TooSlow):
        run("-c", f"{limited}print('a', flush=True)\nwhile True: pass", data=b"", seconds=60)
