"""The tray: somebody says whose pages are, among people who are told apart; the folder, and the sheets."""

import os
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests import factories
from tests.personas import Town
from tests.scans import making
from tests.scans.making import Stack
from visavis.common.signs import SIGNS
from visavis.documents.models import Document
from visavis.jobseekers.cards.codes import code_of
from visavis.jobseekers.models import Jobseeker
from visavis.journal.models import Entry
from visavis.scans import suggesting, taking, working
from visavis.scans.covers import printing
from visavis.scans.enums import PartState, Way
from visavis.scans.models import Cover, Part, Scan

pytestmark = pytest.mark.django_db


def paper(*lines: str) -> bytes:
    stack = Stack()
    stack.lay(making.letter(*lines))
    return stack.pdf()


def to_sort(town: Town, words: str = "") -> Part:
    scan = taking.take(paper("Bonjour"), way=Way.DROPPED, agency=town.agency, by=None).scan
    working.work(scan.pk)
    part = scan.parts.get()
    page = part.pages.select_related("scan").get()
    page.words, page.is_read = words, True
    page.save()
    return part


def rosa(town: Town) -> Client:
    return town.client("rosa")


def test_a_scan_is_given_sorted_by_one_act_and_taken_back(town: Town) -> None:
    client, her = rosa(town), town.jobseeker
    file = SimpleUploadedFile("scan.pdf", paper("Bonjour", f"Dossier {code_of(her.pk)}"))
    answer = client.post(reverse("scans:tray"), {"scan": file}, follow=True)
    assert "arrivée entière" in answer.content.decode()
    working.sweep()
    part = Part.objects.get()
    assert part.url in client.get(reverse("scans:tray")).content.decode()
    page = client.get(part.url).content.decode()
    assert reverse("scans:picture", kwargs={"scan_id": part.scan_id, "number": 1}) in page
    client.post(part.url, {"file": f"{her.pk}/{town.expected.pk}", "page": "1"})
    document = Document.objects.get()
    assert document.expected == town.expected and document.person == her.user
    assert Entry.objects.filter(thing="scan-part", action="changed", person_id=her.user_id).exists()
    client.post(reverse("scans:take_back", kwargs={"part_id": part.pk}))
    part.refresh_from_db()
    assert part.state == PartState.TO_SORT and not Document.objects.not_withdrawn().exists()
    picture = client.get(reverse("scans:picture", kwargs={"scan_id": part.scan_id, "number": 1}))
    assert picture["Content-Type"] == "image/jpeg" and "sandbox" in picture["Content-Security-Policy"]


def test_what_is_no_scan_is_told_and_another_agency_sees_nothing(town: Town) -> None:
    client = rosa(town)
    for content in (b"<html>", b""):
        answer = client.post(reverse("scans:tray"), {"scan": SimpleUploadedFile("x.pdf", content)})
        assert "error" in answer.content.decode() and not Scan.objects.exists()
    part = to_sort(town)
    assert town.client("dario").get(part.url).status_code == 404
    assert part.url not in town.client("dario").get(reverse("scans:tray")).content.decode()
    # Nobody files for whom he does not see.
    foreign = Jobseeker.objects.get(user=town.people["gael"])
    client.post(part.url, {"file": f"{foreign.pk}/message", "page": "1"})
    part.refresh_from_db()
    assert part.state == PartState.TO_SORT


def test_a_name_a_number_and_a_phone_suggest_somebody_and_namesakes_are_told_apart(town: Town) -> None:
    her, everybody = town.jobseeker, Jobseeker.objects.visible_to(town.people["rosa"])
    her.user.phone, her.user.name = "+33612345678", "Amélie Quatrefages-Durand"
    her.user.save()
    name = her.user.name

    def found(text: str) -> list[int]:
        return [one.pk for one in suggesting.suggested(text, everybody)]

    assert found(f"Je soussignée {name}, née à Valence") == [her.pk]
    assert found(f"dossier {code_of(her.pk)} du 3 mars") == [her.pk]
    assert found("Tél. 06 12 34 56 78") == [her.pk]
    assert found("Bonjour, je vous écris de Valence") == []
    other = factories.JobseekerFactory(user=factories.UserFactory(name=name), agency=town.agency)
    both = suggesting.suggested(f"Signé : {' '.join(reversed(name.split()))}", everybody)
    assert {one.pk for one in both} == {her.pk, other.pk} and all(one.apart for one in both)
    assert found(f"{name}, dossier {code_of(other.pk)}")[0] == other.pk


def test_a_sheet_is_made_once_printed_again_and_read_by_the_scanner(town: Town) -> None:
    client = town.client("amelie")
    answers = [client.post(reverse("scans:cover"), {"purpose": "message"}) for _click in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"] and Cover.objects.count() == 1
    assert client.get(answers[0]["Location"]).content.startswith(b"%PDF")
    (row,) = Cover.objects.all()
    laid = printing.laid_out(row)
    assert row.person.name not in laid["qr"] and laid["lines"]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    there = tmp_path / "scanner"
    there.mkdir()
    settings.VISAVIS_SCANS_FROM = str(there)
    monkeypatch.setattr(taking, "FOLDER", taking.Folder({}, set()))
    return there


def look(monkeypatch: pytest.MonkeyPatch, later_s: float) -> int:
    """Look into the folder some seconds later."""
    with monkeypatch.context() as patched:
        patched.setattr(taking.time, "monotonic", lambda: 1000 + later_s)
        return taking.look_into_folder()


def test_a_file_still_being_copied_is_left_until_it_rests_then_taken_once(
    town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = paper("Bonjour")
    path = folder / "scan.pdf"
    path.write_bytes(content[:2000])
    assert [look(monkeypatch, 0), look(monkeypatch, 6)] == [0, 0]
    path.write_bytes(content)
    assert look(monkeypatch, 12) == 0
    assert look(monkeypatch, 23) == 1 and not path.exists()
    path.write_bytes(content)
    assert [look(monkeypatch, 30), look(monkeypatch, 45)] == [0, 0]
    assert not path.exists() and Scan.objects.get().way == Way.FOLDER
    # In the folder of an agency lie scans of its own.
    (folder / str(town.other_agency.pk)).mkdir()
    (folder / str(town.other_agency.pk) / "a.pdf").write_bytes(paper("Bonsoir"))
    assert [look(monkeypatch, 60), look(monkeypatch, 80)] == [0, 1]
    assert Scan.objects.filter(agency=town.other_agency).count() == 1


def test_what_is_no_scan_is_left_and_told_and_a_link_is_never_followed(
    town: Town, folder: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "secret.pdf").write_bytes(paper("Bonjour"))
    (folder / "link.pdf").symlink_to(tmp_path / "secret.pdf")
    (folder / "notes.txt").write_text("hello")
    os.utime(folder / "notes.txt", (1, 1))
    assert [look(monkeypatch, 0), look(monkeypatch, 20)] == [0, 0] and not Scan.objects.exists()
    assert (folder / "notes.txt").exists() and SIGNS["paper_in"]().level == "look"
    settings.VISAVIS_SCANS_FROM = str(tmp_path / "nowhere")
    assert SIGNS["paper_in"]().level == "wrong" and taking.look_into_folder() == 0
