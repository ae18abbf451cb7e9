"""Parts on their way, scans and what hangs on e-mails rest in a store as documents do; none is lost while it is off."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from tests.documents import making
from tests.documents.test_parts import added, begun, stands
from tests.mailboxes.letters import OURS, mail
from tests.personas import Town
from tests.scans import making as paper
from visavis.documents import files, looking
from visavis.documents.enums import State
from visavis.documents.models import Document, Part
from visavis.documents.places import Lost, place
from visavis.mailboxes.mail import fetching, filing
from visavis.mailboxes.models import Incoming
from visavis.scans import taking, words, working
from visavis.scans.covers import making as covers
from visavis.scans.covers import printing
from visavis.scans.enums import PartState, Purpose, ScanState
from visavis.scans.models import Scan, ScanPage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def local(address: str, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """The folder of the site, where nothing of all this lies: files rest in a bucket of the test's own."""
    settings.VISAVIS_S3, settings.VISAVIS_DOCUMENTS = address, f"s3://papers/{tmp_path.name}"
    settings.MEDIA_ROOT, settings.VISAVIS_SCANS_FROM = tmp_path / "files", str(tmp_path / "scanner")
    settings.VISAVIS_MAIL_IN = OURS
    (tmp_path / "scanner").mkdir()
    yield tmp_path / "files"
    taking.FOLDER.seen.clear()
    assert not [one for one in (tmp_path / "files").rglob("*") if one.is_file()]


def given(client: Client, key: str) -> Document:
    """Send the form that names a file in parts, and have it looked at."""
    mine = reverse("documents:mine")
    form = client.get(mine).context["form"]["form"].value()
    client.post(mine, {"whole": key, "kind": "work", "form": form})
    document = Document.objects.filter(way="web").latest("pk")
    looking.look(document.pk)
    document.refresh_from_db()
    return document


def scanned(town: Town) -> bytes:
    """Scan a page behind a sheet of hers."""
    cover = covers.make(
        person=town.people["amelie"], purpose=Purpose.DOCUMENT, expected=None, by=town.people["bruno"]
    )
    laid = paper.Stack()
    laid.lay(paper.printed(printing.pdf(cover)))
    laid.lay(paper.letter("Voici mon certificat de travail."))
    return laid.pdf()


def laid_into_the_folder(content: bytes, folder: str) -> Path:
    """Lay a scan into the scanner's folder, where it has rested for a minute."""
    path = Path(folder) / "scan.pdf"
    path.write_bytes(content)
    taking.look_into_folder()
    taking.FOLDER.seen[path] = (*taking.FOLDER.seen[path][:2], taking.FOLDER.seen[path][2] - 60)
    return path


def received(photo: bytes) -> Incoming:
    """Have an e-mail come with a photo on it."""
    raw = mail("Voici.", attached=(("page.jpg", "image/jpeg", photo),))
    fetching.store(raw, box=OURS, numbering=1, number=1, digest="a photo", size=len(raw))
    return Incoming.objects.get(digest="a photo")


def test_parts_on_their_way_and_what_hangs_on_an_e_mail_rest_sealed_in_the_store(town: Town) -> None:
    def is_kept(document: Document) -> bool:
        looking.look(document.pk)
        document.refresh_from_db()
        kept = files.content(document.originals.get().file, person=document.person_id)
        return document.state == State.TO_CHECK and kept == photo

    client, photo = town.client("amelie"), making.jpeg()
    where = begun(client, len(photo))
    half = len(photo) // 2
    assert added(client, where, 0, photo[:half]).status_code == 204
    part = Part.objects.get()
    assert photo[:half] not in place().get(part.file) and stands(client, where) == half
    assert added(client, where, half, photo[half:]).status_code == 204
    assert is_kept(given(client, where.split("/")[-2]))
    with pytest.raises(Lost):
        place().get(part.file)
    photo = making.jpeg(making.sheet(light=200))
    assert filing.file(received(photo).pk) and is_kept(Document.objects.get(way="mail"))


def test_a_scan_its_pages_and_what_becomes_of_them_rest_in_the_store(town: Town, settings: Settings) -> None:
    content = scanned(town)
    path = laid_into_the_folder(content, settings.VISAVIS_SCANS_FROM)
    assert taking.look_into_folder() == 1 and not path.exists()
    scan = Scan.objects.get()
    assert content[:200] not in place().get(scan.file)
    assert files.content(scan.file, person=scan.own_key) == content
    working.work(scan.pk)
    scan.refresh_from_db()
    assert scan.state == ScanState.SPLIT
    for page in scan.pages.all():
        assert page.file and files.content(page.file, person=scan.own_key).startswith(b"\xff\xd8\xff")
    document = Document.objects.get(way="paper")
    picture = reverse("documents:picture", kwargs={"document_id": document.pk, "number": 1})
    assert town.client("bruno").get(picture).content.startswith(b"\xff\xd8\xff")
    words.read(list(ScanPage.objects.filter(is_sheet=False)))


def test_while_the_store_is_away_no_way_acknowledges_anything_and_later_each_is_there_once(
    town: Town, address: str, settings: Settings
) -> None:
    client, photo, content = town.client("amelie"), making.jpeg(), scanned(town)
    where = begun(client, len(photo))
    settings.VISAVIS_S3 = address.replace("secret", "mistake")
    assert added(client, where, 0, photo).status_code == 507 and stands(client, where) == 0
    dropped: Any = {"scan": SimpleUploadedFile("a.pdf", content, "application/pdf")}
    answer = town.client("rosa").post(reverse("scans:tray"), dropped)
    assert answer.status_code == 200 and "n’a pas pu être gardé" in answer.content.decode()
    path = laid_into_the_folder(content, settings.VISAVIS_SCANS_FROM)
    assert taking.look_into_folder() == 0 and path.exists() and not Scan.objects.exists()
    mailed = received(making.jpeg(making.sheet(light=200)))
    assert not filing.file(mailed.pk) and not Document.objects.filter(way="mail").exists()
    settings.VISAVIS_S3 = address
    assert added(client, where, 0, photo).status_code == 204
    assert given(client, where.split("/")[-2]).state == State.TO_CHECK
    assert taking.look_into_folder() == 1 and not path.exists()
    working.work(Scan.objects.get().pk)
    assert filing.file_what_waits() == 1 and filing.file_what_waits() == 0
    ways = sorted(Document.objects.exclude(pk=town.document.pk).values_list("way", flat=True))
    assert ways == ["mail", "paper", "web"]


def test_what_cannot_be_read_or_worked_on_now_stays_and_is_taken_up_where_it_was(
    town: Town, address: str, settings: Settings
) -> None:
    laid, away = paper.Stack(), address.replace("secret", "mistake")
    laid.lay(paper.letter("Voici mon certificat de travail."))
    given: dict[str, Any] = {"way": taking.Way.DROPPED, "agency": town.agency, "by": town.people["rosa"]}
    scan = taking.take(laid.pdf(), **given).scan
    working.work(scan.pk)
    part = scan.parts.get()
    settings.VISAVIS_S3 = away
    filed: Any = {"act": "file", "file": f"{town.jobseeker.pk}/document", "page": ["1"]}
    assert town.client("rosa").post(part.url, filed).status_code == 503
    part.refresh_from_db()
    assert part.state == PartState.TO_SORT and not Document.objects.filter(way="paper").exists()
    settings.VISAVIS_S3 = address
    assert town.client("rosa").post(part.url, filed).status_code == 302
    assert Document.objects.filter(way="paper").count() == 1
    # A scan whose store goes away before it is worked on.
    scan = taking.take(scanned(town), **given).scan
    Document.objects.filter(way="paper").delete()
    Scan.objects.filter(pk=scan.pk).update(state=ScanState.RECEIVED, tries=0)
    settings.VISAVIS_S3 = away
    working.work(scan.pk)
    scan.refresh_from_db()
    assert (scan.state, scan.tries) == (ScanState.RECEIVED, 0)
    settings.VISAVIS_S3 = address
    working.work(scan.pk)
    assert Document.objects.filter(way="paper").count() == 1
