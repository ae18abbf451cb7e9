"""What hangs on an e-mail is a document of hers: whole, looked at before anybody opens it, told once, never lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import Settings

from tests.documents import making
from tests.mailboxes.letters import OURS, mail
from tests.personas import Town
from visavis.documents import looking, scanning, telling
from visavis.documents import services as documents
from visavis.documents.enums import Act, State, Way, Why
from visavis.documents.models import Document
from visavis.mailboxes import sorting
from visavis.mailboxes.mail import filing, hanging
from visavis.mailboxes.mail.addresses import address_of
from visavis.mailboxes.mail.fetching import store
from visavis.mailboxes.mail.parsing import parse
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.news.models import News

pytestmark = pytest.mark.django_db

PHOTO, PDF = making.jpeg(making.sheet(600, 850)), making.pdf(1)
LOGO = making.jpeg(making.sheet(60, 40))


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    settings.VISAVIS_MAIL_IN = OURS
    settings.MEDIA_ROOT = tmp_path / "files"
    yield tmp_path / "files" / "documents"


def arrive(*attached: tuple[str, str, bytes], **how: Any) -> Incoming:
    raw = mail(attached=attached, **how)
    store(raw, box=OURS, numbering=1, number=1, digest=str(hash(raw)), size=len(raw))
    filing.file_what_waits()
    return Incoming.objects.latest("pk")


def looked_at() -> list[Document]:
    for one in Document.objects.order_by("pk"):
        looking.look(one.pk)
    return list(Document.objects.order_by("pk"))


def test_nobody_opens_it_before_it_was_looked_at_and_then_only_as_drawn_pages(town: Town) -> None:
    arrive(("a.jpg", "image/jpeg", PHOTO))
    message = Message.objects.get()
    piece = f"{message.thread.url}1/pieces/1/"
    his = town.client("bruno")
    assert his.get(piece).status_code == 404
    page = his.get(message.thread.url).text
    assert "a.jpg" in page and piece not in page
    (document,) = looked_at()
    assert document.url in his.get(message.thread.url).text
    answer = his.get(piece)
    assert answer.content.startswith(b"%PDF-") and PHOTO not in answer.content
    assert answer["Content-Disposition"] == 'attachment; filename="piece-1-1.pdf"'
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert town.client("dario").get(piece).status_code == 404
    row = News.objects.get(kind="arrived")
    said, until = telling.on_paper(row)
    assert said.startswith("a.jpg") and until
    documents.decide(document=document, act=Act.CHECK, by=town.people["bruno"])
    assert document.url in town.client("amelie").get(reverse("documents:mine")).text


def test_what_the_scanner_knows_stays_shut_and_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    arrive(("a.pdf", "application/pdf", PDF))
    monkeypatch.setattr(scanning, "scan", lambda _data: scanning.Verdict.VIRUS)
    (document,) = looked_at()
    assert (document.state, document.why) == (State.UNSAFE, Why.VIRUS)
    message = Message.objects.get()
    client = town.client("bruno")
    assert client.get(f"{message.thread.url}1/pieces/1/").status_code == 404
    assert "dangereux" in client.get(message.thread.url).text
    assert News.objects.filter(kind="unsafe", user=town.people["amelie"]).exists()


def test_what_fails_or_comes_twice_is_there_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(filing.services, "begin", lambda **how: (_ for _ in ()).throw(OSError(28, "full")))
        row = arrive(("a.jpg", "image/jpeg", PHOTO))
    assert row.state == Incoming.State.HELD
    assert not Document.objects.exists() and not Message.objects.exists() and not News.objects.exists()
    filing.file_what_waits()
    assert Document.objects.count() == Message.objects.count() == 1
    Incoming.objects.filter(pk=row.pk).update(state=Incoming.State.RECEIVED)
    filing.file_what_waits()
    assert Message.objects.count() == Document.objects.count() == 1
    assert News.objects.filter(kind="arrived").count() == 1
    arrive(("encore.jpg", "image/jpeg", PHOTO), text="Encore.")
    looked_at()
    assert Document.objects.count() == 1 and Message.objects.count() == 2
    last = Message.objects.latest("pk")
    assert town.client("bruno").get(f"{last.thread.url}1/pieces/1/").status_code == 200


def test_what_nobody_knows_waits_in_the_tray_and_says_its_address(town: Town, thread: Thread) -> None:
    row = arrive(("a.jpg", "image/jpeg", PHOTO), sender="autre@example.org")
    assert row.state == Incoming.State.TO_SORT and not Document.objects.exists()
    page = town.client("rosa").get(reverse("mailboxes:sort", kwargs={"incoming_id": row.pk}))
    assert "a.jpg" in page.text
    sorting.give(incoming=row, person=town.people["amelie"], by=town.people["rosa"])
    (document,) = looked_at()
    assert document.person == town.people["amelie"] and "adresse" in document.words
    arrive(("a.jpg", "image/jpeg", PHOTO), sender="frere@example.org", to=address_of(thread.pk))
    *_, document = looked_at()
    assert document.state == State.TO_CHECK and document.words


def test_photos_are_one_document_each_other_file_is_one_and_a_signature_is_none(town: Town) -> None:
    raw = mail(attached=(("notes.txt", "text/plain", "Écrit à la main.".encode()),))
    read = parse(raw)
    assert "notes.txt" in read.text and "Écrit à la main." in read.text and not read.parts
    logo = parse(mail(attached=(("logo.jpg", "image/jpeg", LOGO),)).replace(b"attachment", b"inline"))
    assert hanging.bundles(logo.parts) == [[0]], "a telephone sends photos so"
    within = mail(attached=(("logo.jpg", "image/jpeg", LOGO),)).replace(
        b"Content-Disposition: attachment", b"Content-ID: <logo@x>\nContent-Disposition: inline"
    )
    assert hanging.bundles(parse(within).parts) == []
    other = making.jpeg(making.sheet(600, 850, light=200))
    photos = [("a.jpg", "image/jpeg", PHOTO), ("b.jpg", "image/jpeg", other)]
    arrive(photos[0], ("contrat.pdf", "application/pdf", PDF), photos[1], subject="Mes papiers")
    photos, contract = looked_at()
    assert (photos.title, photos.pages.count(), contract.title) == ("Mes papiers", 2, "contrat.pdf")
    assert {one.person for one in (photos, contract)} == {town.people["amelie"]}
    assert {(one.way, one.state, one.by) for one in (photos, contract)} == {(Way.MAIL, State.TO_CHECK, None)}
    assert News.objects.filter(kind="arrived", thing=telling.THING).count() == 1, "told once a message"


def test_what_cannot_be_a_document_is_one_that_says_why(town: Town) -> None:
    for name, kind, content, why in (
        ("cv.docx", "application/msword", b"PK\x03\x04" + b"\0" * 90, Why.KIND),
        ("page.pdf", "application/pdf", b"<html><script>alert(1)</script>", Why.KIND),
        ("vide.pdf", "application/pdf", b"", Why.KIND),
        ("cut.pdf", "application/pdf", b"%PDF-1.7\nnothing", Why.DAMAGED),
    ):
        assert arrive((name, kind, content)).state == Incoming.State.FILED
        *_, document = looked_at()
        assert (document.state, document.why, document.title) == (State.UNSAFE, why, name)
