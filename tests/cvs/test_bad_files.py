"""Files that are not what they seem: each gets a sentence, none an error."""

import io
import json
import subprocess
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from tests.cvs import making
from tests.personas import Town
from visavis.common import apart, tesseract
from visavis.cvs import wording
from visavis.cvs.models import CvReading
from visavis.cvs.reading import alone, photo
from visavis.cvs.reading.document import Unreadable, Why

URL = reverse("cvs:read")


def zipped(**entries: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return kept.getvalue()


def old_word(words: str = "") -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + words.encode("utf-16-le")


def picture(width: int, height: int, kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("1", (width, height)).save(kept, kind)
    return kept.getvalue()


def bad_files() -> dict[str, tuple[bytes, Why]]:
    pdf = making.one_column(making.of("samira"))
    docx = making.word(making.of("samira"))
    laughs = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w>&b;</w>'
    locked_odt = '<manifest><encryption-data xmlns="x"/></manifest>'
    return {
        "empty": (b"", Why.EMPTY),
        "blank": (b" \n\n ", Why.EMPTY),
        "a program called cv.pdf": (b"MZ\x90\0" + b"\0" * 500, Why.NOT_A_CV),
        "a Linux program": (b"\x7fELF" + b"\0" * 500, Why.NOT_A_CV),
        "a web page": (b"<!DOCTYPE html><html><script>alert(1)</script></html>", Why.NOT_A_CV),
        "a drawing": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Why.NOT_A_CV),
        "rich text": (b"{\\rtf1\\ansi Serveuse}", Why.NOT_A_CV),
        "an archive of pictures": (zipped(a=b"x", b=b"y"), Why.NOT_A_CV),
        "random bytes": (bytes(range(256)) * 40, Why.NOT_A_CV),
        "other JSON": (b'{"a": 1}', Why.NOT_A_CV),
        "broken JSON": (b'{"basics": ', Why.DAMAGED),
        "deep JSON": (b'{"work": ' + b"[" * 100_000, Why.DAMAGED),
        "a PDF with a password": (making.locked(pdf), Why.PASSWORD),
        "half a PDF": (pdf[: len(pdf) // 3], Why.DAMAGED),
        "a PDF of nothing": (b"%PDF-1.7\n", Why.DAMAGED),
        "an old Word file": (old_word(), Why.OLD_WORD),
        "a Word file with a password": (old_word("EncryptedPackage"), Why.PASSWORD),
        "half a Word file": (docx[: len(docx) // 2], Why.DAMAGED),
        "a Word file that swells": (zipped(word__document_xml=b"0" * 130_000_000), Why.SWELLS),
        "a Word file of many entries": (zipped(**{f"e{n}": b"" for n in range(2_100)}), Why.SWELLS),
        "a Word file with entities": (zipped(word__document_xml=laughs), Why.ENTITIES),
        "an empty Word file": (zipped(word__document_xml=b""), Why.DAMAGED),
        "an ODT with a password": (making.odt(making.of("samira"), manifest=locked_odt), Why.PASSWORD),
        "an ODT that is no XML": (making.odt(making.of("samira"), body="<p"), Why.DAMAGED),
        "Europass with entities": (b'<!DOCTYPE a [<!ENTITY x "y">]><Candidate>&x;</Candidate>', Why.ENTITIES),
        "Europass, broken": (b"<SkillsPassport><LearnerInfo>", Why.DAMAGED),
        "another XML": (b"<invoice/>", Why.NOT_A_CV),
        "an empty Europass": (b"<SkillsPassport/>", Why.NO_TEXT),
        "half a photo": (making.photo(making.of("samira"))[:20_000], Why.DAMAGED),
        "a huge picture": (picture(20_000, 9_000), Why.HUGE_PICTURE),
        "a text of a megabyte": (b"Serveuse, Le Central\n" * 50_000, Why.TOO_LONG),
        "too big": (b"%PDF-1.7\n" + b"0" * 15_000_001, Why.TOO_BIG),
    }  # fmt: skip


BAD = bad_files()


def refused(read: Callable[[bytes], object], data: bytes) -> Why:
    with pytest.raises(Unreadable) as refusal:
        read(data)
    return refusal.value.why


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_reason(name: str) -> None:
    data, why = BAD[name]
    assert refused(alone.read, data) == why


def test_every_reason_is_a_sentence_and_the_page_says_it_and_keeps_nothing(town: Town) -> None:
    for why in Why:
        with translation.override("en"):
            english = wording.sentence(why)
        with translation.override("fr"):
            french = wording.sentence(why)
        assert english != french
        assert english.endswith(".") and french.endswith(".")
    for name in ("empty", "a program called cv.pdf", "a PDF with a password", "half a PDF"):
        data, why = BAD[name]
        response = town.client("amelie").post(URL, {"file": SimpleUploadedFile("cv.pdf", data), "text": ""})
        assert response.status_code == 200
        with translation.override("fr"):
            assert wording.sentence(why) in response.content.decode().replace("&#x27;", "'")
    assert not CvReading.objects.exists()


def test_a_file_or_a_text_of_megabytes_is_told_and_what_can_be_kept_is(town: Town) -> None:
    client, file = town.client("amelie"), SimpleUploadedFile("cv.pdf", b"%PDF-1.7\n" + b"0" * 40_000_000)
    response = client.post(URL, {"file": file, "text": "Serveuse depuis 2019"})
    assert response.status_code == 413
    assert "15\N{NO-BREAK SPACE}Mo" in response.content.decode()
    assert "Serveuse depuis 2019" in response.content.decode()
    response = client.post(URL, {"text": "a" * 3_000_000})
    assert response.status_code == 413
    assert "trop long" in response.content.decode()
    response = client.post(URL, {"text": "Serveuse 2019\n" * 80_000})
    assert response.status_code == 200
    assert response.content.decode().count("Serveuse 2019") == 80_000
    assert not CvReading.objects.exists()


def test_a_request_far_too_large_is_refused_before_it_is_read(town: Town) -> None:
    response = town.client("amelie").post(URL, {"text": "a"}, headers={"content-length": "900000000"})
    assert response.status_code == 413


def test_one_of_a_file_and_a_text_is_asked_for_and_the_token_too(town: Town) -> None:
    client, file = town.client("amelie"), SimpleUploadedFile("cv.txt", b"Serveuse")
    both = client.post(URL, {"file": file, "text": "Caissière"})
    assert "pas les deux" in both.content.decode()
    assert "Choisissez un fichier" in client.post(URL, {}).content.decode()
    client.handler.enforce_csrf_checks = True
    assert client.post(URL, {"text": "Serveuse depuis 2019"}).status_code == 403


def test_too_many_at_once_are_asked_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """And what is slow, a reader that dies, and a picture without tesseract are told."""

    def slow(*args: object, timeout: float, **more: object) -> None:
        raise subprocess.TimeoutExpired("reader", timeout)

    monkeypatch.setattr(alone, "WAIT_S", 0.01)
    taken = [alone.places.acquire(), alone.places.acquire()]
    try:
        assert refused(alone.read, b"Serveuse") == Why.BUSY
    finally:
        for _place in taken:
            alone.places.release()
    monkeypatch.setattr(apart.subprocess, "run", slow)
    assert refused(alone.read, b"Serveuse") == Why.TOO_SLOW
    monkeypatch.setattr(alone, "run", lambda *_, **__: b"")
    assert refused(alone.read, b"Serveuse") == Why.DAMAGED
    monkeypatch.setattr(tesseract.shutil, "which", lambda _name: None)
    assert refused(photo.read, picture(600, 800)) == Why.NO_OCR


def test_hostile_fields_of_a_resume_are_only_words(town: Town) -> None:
    odd = json.dumps(
        {"basics": 3, "work": [{"position": "a\0b<script>", "startDate": {"x": 1}}, 7], "skills": "x"}
    )
    file = SimpleUploadedFile("cv.json", odd.encode())
    response = town.client("amelie").post(URL, {"file": file}, follow=True)
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().split("<main")[1]
