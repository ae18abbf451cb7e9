"""Documents through her program: one whole file, by the same door and under the same eyes as from the page."""

from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from tests.api.conftest import MakeProgram, stamped
from tests.documents import making
from tests.personas import Town
from visavis.api import gate
from visavis.documents import looking
from visavis.documents.enums import State, Way
from visavis.documents.models import Document

PATH = "/documents"


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def test_one_whole_file_is_sent_looked_at_and_taken_back(town: Town, program: MakeProgram) -> None:
    amelie, asked = program("amelie"), town.expected
    listed = amelie.get(PATH).json()
    assert [one["id"] for one in listed["expected"]] == [asked.pk] and listed["items"] == []
    sent = amelie.send(PATH, "diplome.jpg", making.jpeg(), expected=str(asked.pk))
    assert sent.status_code == 201 and sent.json()["state"] == "received"
    row = Document.objects.get()
    found = row.person, row.way, row.expected, row.kind
    assert found == (town.people["amelie"], Way.PROGRAM, asked, asked.kind)
    looking.look(row.pk)
    assert amelie.get(PATH).json()["items"][0]["state"] == "to-check"
    assert amelie.get(PATH).json()["expected"] == []
    assert amelie.post(f"{PATH}/{row.pk}/withdraw").json()["state"] == "withdrawn"
    assert Document.objects.get().state == State.WITHDRAWN
    assert stamped(town, "document")


def test_what_cannot_be_a_document_says_why_and_the_same_key_is_one_which_nobody_else_finds(
    town: Town, program: MakeProgram, monkeypatch: pytest.MonkeyPatch
) -> None:
    amelie = program("amelie")
    assert amelie.send(PATH, "a.exe", b"MZ" * 40, kind="work").status_code == 409
    assert amelie.send(PATH, "a.jpg", making.jpeg()).status_code == 422
    assert amelie.post(PATH, {"kind": "work"}).status_code in {415, 422}
    assert not Document.objects.exists()
    length = {"Content-Length": str(gate.MOST_WITH_A_FILE + 1)}
    assert amelie.post(PATH, {}, **length).status_code == 413
    # What takes no file takes no more than before.
    assert amelie.post("/threads", {}, **{"Content-Length": str(gate.MOST_BODY + 1)}).status_code == 413
    key = str(uuid4())
    first = amelie.send(PATH, "a.jpg", making.jpeg(), kind="work", key=key)
    again = amelie.send(PATH, "a.jpg", making.jpeg(making.sheet(light=200)), kind="work", key=key)
    assert first.json()["id"] == again.json()["id"] and Document.objects.count() == 1
    gael = program("gael")
    assert gael.get(PATH).json() == {"expected": [], "items": []}
    assert gael.post(f"{PATH}/{town.document.pk}/withdraw").status_code == 404
    assert gael.send(PATH, "a.jpg", making.jpeg(), expected=str(town.expected.pk)).status_code == 404
    assert program("bruno").get(PATH).status_code == 403
    assert program("amelie", "documents:read").send(PATH, "a.jpg", making.jpeg()).status_code == 403
