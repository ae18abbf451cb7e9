"""A file sent in parts (tus 1.0): what was acknowledged is there, what was not is not, and nobody else's is touched.

The tables hold what the protocol's own conformance tests ask of the extensions that this server has
(sagikazarmark/tus-conformance-tests).
"""

import base64
import hashlib
import os
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, UnreadablePostError
from django.test import Client
from django.urls import reverse

from tests.documents import making
from tests.documents.test_documents import on_disk
from tests.personas import Town
from visavis.common import clock, keeping
from visavis.documents import files, looking, places, services
from visavis.documents.arriving import partials
from visavis.documents.enums import Kind, Way
from visavis.documents.models import Document, Expected, Part, Partial
from visavis.news.post import letters
from visavis.people.enums import Channel
from visavis.tries.models import Count

pytestmark = pytest.mark.django_db

BODY = "application/offset+octet-stream"
SHA1 = "E7X121m3do5RTtnrOi5XTG9Uq0A="
HELLO = b"Hello, tus!\n"


def asked(client: Client, method: str, url: str, body: bytes = b"", **headers: Any) -> HttpResponse:
    said = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    kind = said.pop("Content-Type", "")
    path = urlsplit(url).path.replace("//", "/")
    said = {"Tus-Resumable": "1.0.0"} | {name: value for name, value in said.items() if value}
    if headers.get("Tus_Resumable") == "":
        del said["Tus-Resumable"]
    # Of a request without a body the client says no kind by itself.
    said |= {"Content-Type": kind} if kind else {}
    return client.generic(method, path, body, content_type=kind, headers=said)  # type: ignore[return-value]


def begun(client: Client, length: int, url: str = "", **headers: Any) -> str:
    answer = asked(client, "POST", url or reverse("documents:uploads_mine"), Upload_Length=length, **headers)
    assert answer.status_code == 201, answer.content
    return answer["Location"]


def added(client: Client, url: str, offset: int, body: bytes, **headers: Any) -> HttpResponse:
    return asked(client, "PATCH", url, body, Upload_Offset=offset, Content_Type=BODY, **headers)


def stands(client: Client, url: str) -> int:
    return int(asked(client, "HEAD", url)["Upload-Offset"])


def whole(client: Client, content: bytes, url: str = "", parts: int = 3) -> str:
    """Send a file in parts, and return its key."""
    place = begun(client, len(content), url)
    size = -(-len(content) // parts)
    for start in range(0, len(content), size):
        assert added(client, place, start, content[start : start + size]).status_code == 204
    return place.split("/")[-2]


def test_it_says_what_it_can(town: Town) -> None:
    answer = asked(town.client("amelie"), "OPTIONS", reverse("documents:uploads_mine"), Tus_Resumable="")
    assert (answer.status_code, answer["Tus-Version"], answer["Tus-Max-Size"]) == (200, "1.0.0", "15000000")
    assert {"creation", "creation-with-upload", "expiration", "checksum", "termination"} == set(
        answer["Tus-Extension"].split(",")
    )
    assert "sha1" in answer["Tus-Checksum-Algorithm"].split(",")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload_Length": 100}, 201),
        ({"Upload_Length": 0}, 201),
        ({"Upload_Length": 100, "Tus_Resumable": ""}, 412),
        ({"Upload_Length": 100, "Tus_Resumable": "0.9"}, 412),
        ({"Upload_Length": -1}, 400),
        ({"Upload_Length": "١٢"}, 400),
        ({}, 400),
        ({"Upload_Length": 15_000_001}, 413),
        ({"Upload_Length": 10**30}, 400),
        ({"Upload_Defer_Length": 1}, 400),
        ({"Upload_Length": 9, "Upload_Concat": "partial"}, 400),
        ({"Upload_Length": 9, "Upload_Metadata": "name SGVsbG8=,empty"}, 201),
        ({"Upload_Length": 9, "Upload_Metadata": "name not_base64!"}, 400),
        ({"Upload_Length": 9, "Upload_Metadata": "name YQ==,name YQ=="}, 400),
        ({"Upload_Length": 9, "Upload_Metadata": "name " + "QUFB" * 300}, 413),
    ],
)
def test_how_a_file_begins(headers: dict[str, Any], status: int, town: Town) -> None:
    answer = asked(town.client("amelie"), "POST", reverse("documents:uploads_mine"), **headers)
    assert (answer.status_code, answer["Tus-Resumable"]) == (status, "1.0.0")
    assert answer.has_header("Tus-Version") is (status == 412)
    if status == 201:
        assert answer["Location"].startswith("http") and answer["Upload-Expires"].endswith("GMT")


@pytest.mark.parametrize(
    ("headers", "body", "status", "stands_at"),
    [
        ({}, HELLO, 204, 12),
        ({"Upload_Offset": 5}, HELLO[5:], 409, 0),
        ({"Upload_Offset": "x"}, HELLO, 400, 0),
        ({"Upload_Offset": ""}, HELLO, 400, 0),
        ({"Content_Type": "text/plain"}, HELLO, 415, 0),
        ({"Content_Type": ""}, HELLO, 415, 0),
        ({"Tus_Resumable": ""}, HELLO, 412, 0),
        ({}, HELLO + b"!", 413, 0),
        ({}, b"", 204, 0),
        ({"Upload_Checksum": f"sha1 {SHA1}"}, HELLO, 204, 12),
        ({"Upload_Checksum": f"sha1 {SHA1}"}, HELLO[:-1], 460, 0),
        ({"Upload_Checksum": "sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAAA"}, HELLO, 460, 0),
        ({"Upload_Checksum": "crc32 AAAA"}, HELLO, 400, 0),
        ({"Upload_Checksum": "sha1"}, HELLO, 400, 0),
        ({"Transfer_Encoding": "chunked"}, HELLO, 411, 0),
    ],
)
def test_how_a_part_comes(
    headers: dict[str, Any], body: bytes, status: int, stands_at: int, town: Town, kept: Path
) -> None:
    client = town.client("amelie")
    place = begun(client, 12)
    answer = asked(client, "PATCH", place, body, **({"Upload_Offset": 0, "Content_Type": BODY} | headers))
    assert answer.status_code == status
    assert stands(client, place) == stands_at
    assert sum(part.size for part in Part.objects.all()) == stands_at, "what is not acknowledged is not there"
    assert len(on_disk(kept)) == Part.objects.count()
    if status in {204, 409}:
        assert answer["Upload-Offset"] == str(stands_at)


def test_the_first_bytes_may_come_with_the_beginning_and_it_ends_when_it_is_told(
    town: Town, kept: Path
) -> None:
    client, url = town.client("amelie"), reverse("documents:uploads_mine")
    whole = {"Upload_Length": 12, "Content_Type": BODY}
    answer = asked(client, "POST", url, HELLO, **whole)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "12")
    for wrong, status in (({"Content_Type": "text/plain"}, 415), ({"Upload_Checksum": "sha1 AAAA"}, 460)):
        assert asked(client, "POST", url, HELLO, **whole | wrong).status_code == status
    assert Partial.objects.count() == 1
    assert asked(client, "DELETE", answer["Location"]).status_code == 204
    place = begun(client, 12, Upload_Metadata="filename YQ==")
    added(client, place, 0, HELLO[:7])
    head = asked(client, "HEAD", place)
    assert (head["Upload-Offset"], head["Upload-Length"], head["Cache-Control"]) == ("7", "12", "no-store")
    assert head["Upload-Metadata"] == "filename YQ=="
    assert asked(client, "DELETE", place).status_code == 204
    assert asked(client, "HEAD", place).status_code == 404 and not on_disk(kept)
    assert asked(client, "GET", place).status_code == 405


def test_a_day_after_its_last_part_it_is_gone_and_its_bytes_with_it(town: Town, kept: Path) -> None:
    client = town.client("amelie")
    place = begun(client, 12)
    with clock.moved(clock.now() + timedelta(hours=20)):
        added(client, place, 0, HELLO[:5])
    with clock.moved(clock.now() + timedelta(hours=43)):
        assert stands(client, place) == 5
    with clock.moved(clock.now() + timedelta(hours=45)):
        assert asked(client, "HEAD", place).status_code == 410
        assert added(client, place, 5, HELLO[5:]).status_code == 410
        looking.sweep()
        assert asked(client, "HEAD", place).status_code == 404 and not on_disk(kept)
    # The night's run forgets it too.
    added(client, begun(client, 12), 0, HELLO[:5])
    with clock.moved(clock.now() + timedelta(days=3)):
        keeping.forget()
        files.sweep()
    assert not Partial.objects.exists() and not on_disk(kept)


def test_a_part_cut_on_its_way_is_kept_as_far_as_it_came(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    client = town.client("amelie")
    place = begun(client, 200_000)
    content = os.urandom(200_000)
    whole_read, left = WSGIRequest.read, [100_000]

    def cut(self: WSGIRequest, *args: int) -> bytes:
        if left[0] <= 0:
            raise UnreadablePostError
        piece: bytes = whole_read(self, min(args[0], left[0]))
        left[0] -= len(piece)
        return piece

    with monkeypatch.context() as patch:
        patch.setattr(WSGIRequest, "read", cut)
        added(client, place, 0, content)
    reached = stands(client, place)
    assert reached == 100_000
    assert added(client, place, reached, content[reached:]).status_code == 204
    assert partials.content(Partial.objects.get()) == content


def test_what_is_not_kept_is_not_acknowledged(
    town: Town, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = town.client("amelie")
    place = begun(client, 12)

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(places.os, "fsync", full)
        assert added(client, place, 0, HELLO).status_code == 507
    assert stands(client, place) == 0 and not on_disk(kept)
    # Of two that send the same part one is kept, and the other told where it stands.
    hanging = Partial.objects.get()
    assert added(client, place, 0, HELLO[:7]).status_code == 204
    with pytest.raises(partials.Elsewhere) as told:
        partials.add(hanging, 0, HELLO[:7])
    assert told.value.offset == 7 and Part.objects.count() == 1


def test_the_same_file_chosen_again_goes_on_where_it_stopped_and_what_came_must_be_what_was_sent(
    town: Town,
) -> None:
    client, sent, url = town.client("amelie"), making.jpeg(), reverse("documents:uploads_mine")
    said = {"Upload_Metadata": f"sha256 {base64.b64encode(hashlib.sha256(sent).digest()).decode()}"}
    place = begun(client, len(sent), **said)
    added(client, place, 0, b"\0" + sent[1:1000])
    again = asked(client, "POST", url, Upload_Length=len(sent), **said)
    assert (again["Location"], again["Upload-Offset"]) == (place, "1000")
    his = asked(town.client("gael"), "POST", url, Upload_Length=len(sent), **said)
    assert his["Upload-Offset"] == "0", "what others sent is nobody's to know"
    asked(town.client("gael"), "DELETE", his["Location"])
    added(client, place, 1000, sent[1000:])
    answer = given(client, reverse("documents:mine"), [place.split("/")[-2]])
    assert "abîmé" in answer.content.decode()
    assert not Document.objects.exists() and not Partial.objects.exists()


def given(client: Client, url: str, keys: list[str], **said: Any) -> HttpResponse:
    form = client.get(url).context["form"]
    data = {"form": form["form"].value(), "kind": "work", "whole": keys} | said
    return client.post(url, data)  # type: ignore[return-value]


def test_files_that_came_in_parts_are_one_document_in_their_order(town: Town, kept: Path) -> None:
    client, url = town.client("amelie"), reverse("documents:mine")
    contents = [making.jpeg(making.sheet(light=light)) for light in (200, 220, 240)]
    keys = [whole(client, content) for content in contents]
    # What arrived is kept while the form is answered.
    page = given(client, url, keys, kind="").content.decode()
    assert all(f'name="whole" value="{key}"' in page for key in keys) and "gardé" in page
    assert given(client, url, keys).status_code == 302
    document = Document.objects.get()
    came = [files.content(one.file, person=document.person_id) for one in document.originals.all()]
    assert came == contents
    assert not Partial.objects.exists() and len(on_disk(kept)) == 3


def test_what_is_not_whole_or_cannot_be_a_document_makes_none_and_is_said_on_the_page(town: Town) -> None:
    client, url, content = town.client("amelie"), reverse("documents:mine"), making.jpeg()
    key = whole(client, b"<svg/>")
    page = given(client, url, [key]).content.decode()
    assert "photo, un scan" in page and 'name="whole"' not in page
    assert not Partial.objects.exists()
    place = begun(client, len(content))
    added(client, place, 0, content[:-1])
    page = given(client, url, [place.split("/")[-2]]).content.decode()
    assert "Choisissez" in page and "avait commencé à arriver" in page
    assert not Document.objects.exists()


def test_nobody_goes_on_with_what_another_began_and_the_counter_sends_in_parts_for_her(town: Town) -> None:
    amelie, gael, rosa = (town.client(name) for name in ("amelie", "gael", "rosa"))
    key, whose = whole(amelie, making.jpeg()), {"user_id": town.people["amelie"].pk}
    for client in (gael, rosa):
        for url in (
            reverse("documents:upload_mine", kwargs={"key": key}),
            reverse("documents:upload_of", kwargs=whose | {"key": key}),
        ):
            assert asked(client, "HEAD", url).status_code == 404
    assert given(gael, reverse("documents:mine"), [key]).status_code == 200
    assert not Document.objects.exists()
    key = whole(rosa, making.jpeg(), reverse("documents:uploads_of", kwargs=whose))
    assert given(rosa, reverse("documents:of", kwargs=whose), [key]).status_code == 302
    assert Document.objects.get().way == Way.COUNTER


def test_the_code_of_a_letter_opens_its_own_parts_and_no_other(town: Town) -> None:
    her, bruno = town.people["amelie"], town.people["bruno"]
    her.channel, her.postal_address = Channel.POST, "26000 VALENCE"
    her.save()
    until = clock.today() + timedelta(days=9)
    services.ask(
        person=her, asked=services.Asked(Kind.IDENTITY, "Pour le dossier.", until, uuid.uuid4()), by=bruno
    )
    envelope = letters.make(form=uuid.uuid4(), by=bruno).envelopes.get()
    parts = reverse("documents:uploads_by_letter", kwargs={"envelope_id": envelope.pk})
    assert asked(Client(), "POST", parts, Upload_Length=9).status_code == 404
    client = Client()
    url = client.post(reverse("news:by_code"), {"code": envelope.code}, follow=True).redirect_chain[-1][0]
    key = whole(client, making.jpeg(), parts)
    mine = reverse("documents:upload_mine", kwargs={"key": key})
    assert asked(town.client("amelie"), "HEAD", mine).status_code == 404
    assert given(client, url, [key]).status_code == 302
    assert (Document.objects.get().way, Document.objects.get().expected) == (
        Way.LETTER,
        Expected.objects.get(),
    )
    with clock.moved(clock.now() + timedelta(minutes=40)):
        assert asked(client, "POST", parts, Upload_Length=9).status_code == 404


def test_nobody_fills_the_disk_by_beginning(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partials, "MOST_OPEN", 2)
    monkeypatch.setattr(partials, "MOST_PARTS", 1)
    client = town.client("amelie")
    place = begun(client, 12)
    begun(client, 12)
    url = reverse("documents:uploads_mine")
    assert asked(client, "POST", url, Upload_Length=12).status_code == 429
    assert added(client, place, 0, b"H").status_code == 204
    assert added(client, place, 1, b"e").status_code == 429
    assert Count.objects.exists()


def test_another_site_cannot_send_in_her_name_and_without_javascript_the_form_is_sent(town: Town) -> None:
    client, url = Client(enforce_csrf_checks=True), reverse("documents:mine")
    client.cookies = town.client("amelie").cookies
    assert asked(client, "POST", reverse("documents:uploads_mine"), Upload_Length=12).status_code == 403
    photo = SimpleUploadedFile("a.jpg", making.jpeg(), "image/jpeg")
    assert given(town.client("amelie"), url, [], photos=photo).status_code == 302
