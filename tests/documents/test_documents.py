"""A document is whole or absent, opened only once looked at, decided by who may, and told."""

import uuid
from contextlib import suppress
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django import Settings

from tests import factories
from tests.documents import making
from tests.personas import Town
from visavis.common import clock, keeping
from visavis.common.errors import Refused
from visavis.common.uploading import SmallFiles
from visavis.documents import files, going, looking, places, scanning, services, telling
from visavis.documents.enums import Act, Kind, State, Way, Why
from visavis.documents.models import Document, Expected
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.news.post import letters
from visavis.people.enums import Channel
from visavis.vault import keys

pytestmark = pytest.mark.django_db


def sent(*contents: bytes, **how: object) -> services.Sent:
    given = {"contents": contents or (making.jpeg(),), "kind": Kind.WORK, "form": uuid.uuid4()}
    return services.Sent(**(given | how))  # type: ignore[arg-type]


def send(town: Town, *contents: bytes, **how: object) -> Document:
    her = town.people["amelie"]
    return services.send(person=her, sent=sent(*contents, **how), by=her)


def looked_at(town: Town, *contents: bytes, **how: object) -> Document:
    document = send(town, *contents, **how)
    looking.look(document.pk)
    document.refresh_from_db()
    return document


def on_disk(kept: Path) -> list[Path]:
    return [path for path in kept.glob("*/*") if path.is_file()]


def test_it_rests_sealed_and_is_opened_only_once_looked_at(town: Town, kept: Path) -> None:
    document = send(town, making.jpeg())
    (file,) = on_disk(kept)
    assert making.jpeg().startswith(making.BEGINNING)
    assert making.BEGINNING not in file.read_bytes()
    client = town.client("bruno")
    picture = reverse("documents:picture", kwargs={"document_id": document.pk, "number": 1})
    assert client.get(picture).status_code == 404
    looking.look(document.pk)
    answer = client.get(picture)
    assert answer.content.startswith(b"\xff\xd8\xff") and answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    # Her key erased, the files are nothing.
    name = document.pages.get().file
    keys.erase(document.person_id)
    with pytest.raises(files.Lost):
        files.content(name, person=document.person_id)


def test_several_photos_are_one_document(town: Town) -> None:
    document = looked_at(town, making.jpeg(), making.turned(6), making.pdf(2))
    assert document.pages.count() == 4 and document.state == State.TO_CHECK
    answer = town.client("amelie").get(reverse("documents:pdf", kwargs={"document_id": document.pk}))
    assert answer.content.startswith(b"%PDF-") and "attachment" in answer["Content-Disposition"]


def test_the_same_form_and_the_same_file_are_one_document(town: Town, kept: Path) -> None:
    form = uuid.uuid4()
    first = send(town, making.jpeg(), form=form)
    assert send(town, making.jpeg(), form=form) == first
    assert send(town, making.jpeg()) == first
    assert len(on_disk(kept)) == 1
    his = town.people["gael"]
    assert services.send(person=his, sent=sent(making.jpeg()), by=his) != first


def test_a_file_that_was_sent_before_answers_the_request_for_which_it_is_sent_again(town: Town) -> None:
    first = send(town, making.jpeg())
    request = town.expected
    answer = send(town, making.jpeg(), kind=Kind(request.kind), expected=request)
    assert answer != first and not Expected.objects.filter(pk=request.pk).missing().exists()
    assert send(town, making.jpeg(), kind=Kind(request.kind), expected=request) == answer
    # A file that nothing asks for is kept once, and she reads so.
    her = town.client("amelie")
    photo = SimpleUploadedFile("photo.jpg", making.jpeg(), "image/jpeg")
    given = {"photos": [photo], "kind": "work", "form": str(uuid.uuid4()), "expected": ""}
    said = her.post(reverse("documents:mine"), given, follow=True).content.decode()
    assert Document.objects.count() == 2
    assert "déjà là" in said and "bien arrivé" not in said


def test_a_full_disk_leaves_nothing(town: Town, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(places.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        send(town)
    assert not Document.objects.exists() and not on_disk(kept)


def test_a_file_whose_row_was_never_written_goes_a_day_later(town: Town, kept: Path) -> None:
    files.keep(b"x", person=town.people["amelie"].pk)
    there = looked_at(town)
    assert files.sweep() == 0
    with clock.moved(clock.now() + timedelta(days=2)):
        assert files.sweep() == 1
    assert len(on_disk(kept)) == there.originals.count() + there.pages.count()


def test_killed_between_file_and_row_and_killed_while_looking(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(services, "_written", killed)
        send(town)
    assert not Document.objects.exists()
    first, second = send(town), send(town, making.pdf(1))
    with monkeypatch.context() as patch:
        patch.setattr(looking.alone, "draw", killed)
        for document, times in ((first, 1), (second, looking.MOST_TRIES)):
            for _time in range(times):
                with pytest.raises(KeyboardInterrupt):
                    looking.look(document.pk)
    looking.sweep()
    looking.look(second.pk)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.pages.count()) == (State.TO_CHECK, 1)
    assert (second.state, second.why) == (State.UNSAFE, Why.HUGE), "it is not looked at for ever"


def test_stopped_before_any_write_while_it_is_looked_at_half_a_document_is_never_there(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed, document = making.Killed(), send(town, making.jpeg(), making.pdf(1))
    monkeypatch.setattr(looking.alone, "draw", cache(looking.alone.draw))
    for number in range(100):
        killed.left = number
        with transaction.atomic():
            with suppress(KeyboardInterrupt), connection.execute_wrapper(killed):
                looking.look(document.pk)
            document.refresh_from_db()
            is_there = document.pages.count()
            assert is_there == (0 if document.state == State.RECEIVED else 2), number
            looking.look(document.pk)
            document.refresh_from_db()
            assert (document.state, document.pages.count()) == (State.TO_CHECK, 2), number
            transaction.set_rollback(True)
        if killed.left >= 0:
            break
    assert number > 3, "nothing was struck"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (making.EICAR, "photo, un scan"),
        (b"", "vide"),
        (b"%PDF-" + b"\0" * 15_000_001, "15 Mo"),
        (b"<svg/>", "photo, un scan"),
    ],
    ids=["eicar", "empty", "large", "svg"],
)
def test_what_cannot_be_a_document_is_said_at_once(content: bytes, words: str, town: Town) -> None:
    with pytest.raises(Refused) as refusal:
        send(town, content)
    with override("fr"):
        assert words in str(refusal.value)


def test_what_cannot_be_opened_is_told_to_her_and_shown_to_nobody(town: Town) -> None:
    document = looked_at(town, b"%PDF-1.7\nnothing")
    assert (document.state, document.why) == (State.UNSAFE, Why.DAMAGED)
    assert News.objects.filter(thing="document", kind="unsafe", user=town.people["amelie"]).exists()
    assert "abîmé" in town.client("amelie").get(document.url).content.decode()


def test_what_the_scanner_knows_is_drawn_for_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    # While the scanner is away the document waits.
    settings.VISAVIS_CLAMAV = str(tmp_path / "nobody.sock")
    document = looked_at(town)
    assert document.state == State.RECEIVED and not document.pages.exists()
    assert not scanning.answers(settings.VISAVIS_CLAMAV)
    settings.VISAVIS_CLAMAV = ""
    looking.sweep()
    document.refresh_from_db()
    assert document.state == State.TO_CHECK
    monkeypatch.setattr(scanning, "scan", lambda _data: scanning.Verdict.VIRUS)
    other = looked_at(town, making.pdf(1))
    assert (other.state, other.why, other.pages.exists()) == (State.UNSAFE, Why.VIRUS, False)


def test_the_agency_checks_or_says_why_not_and_takes_it_back_for_a_day(town: Town) -> None:
    document = looked_at(town)
    client = town.client("bruno")
    decide = reverse("documents:decide", kwargs={"document_id": document.pk})
    assert client.post(decide, {"act": "refuse", "seen": document.version}).status_code == 200
    client.post(
        decide, {"act": "refuse", "why": "other", "words": "Il manque le verso.", "seen": document.version}
    )
    document.refresh_from_db()
    assert (document.state, document.words) == (State.REFUSED, "Il manque le verso.")
    assert "Il manque le verso." in town.client("amelie").get(document.url).content.decode()
    client.post(reverse("documents:undo", kwargs={"document_id": document.pk}))
    document.refresh_from_db()
    assert document.state == State.TO_CHECK
    client.post(decide, {"act": "check", "seen": 1})
    document.refresh_from_db()
    assert document.state == State.TO_CHECK, "an old page decides nothing"
    client.post(decide, {"act": "check", "seen": document.version})
    document.refresh_from_db()
    assert document.state == State.CHECKED
    assert Entry.objects.filter(thing="document", person_id=document.person_id, note="check:agency").exists()


def test_nobody_decides_of_his_own_and_she_takes_back_what_nobody_checked(town: Town) -> None:
    document, her = looked_at(town), town.client("amelie")
    decide = reverse("documents:decide", kwargs={"document_id": document.pk})
    assert her.post(decide, {"act": "check", "seen": document.version}).status_code == 404
    her.post(reverse("documents:withdraw", kwargs={"document_id": document.pk}))
    assert town.client("bruno").get(document.url).status_code == 404


def test_what_is_asked_for_is_missing_until_something_usable_came(town: Town) -> None:
    her, bruno = town.people["amelie"], town.people["bruno"]
    asked = services.Asked(
        Kind.DIPLOMA, "Pour l’offre d’aide-soignante.", clock.today() + timedelta(days=9), uuid.uuid4()
    )
    expected = services.ask(person=her, asked=asked, by=bruno)
    assert services.ask(person=her, asked=asked, by=bruno) == expected
    assert {
        name for name, one in town.people.items() if expected in Expected.objects.visible_to(one).iterator()
    } == {"amelie", "bruno", "rosa"}
    assert News.objects.filter(thing="expected-document", user=her).count() == 1
    assert "aide-soignante" in town.client("amelie").get(reverse("documents:mine")).content.decode()
    document = looked_at(town, expected=expected, kind=Kind.DIPLOMA)
    assert not Expected.objects.missing().exists()
    services.decide(document=document, act=Act.REFUSE, by=bruno, why=Why.OLD)
    assert list(Expected.objects.missing()) == [expected]


def test_sent_on_the_page_by_her_and_at_the_counter_for_her(town: Town) -> None:
    her = town.people["amelie"]
    pages = {"amelie": reverse("documents:mine"), "rosa": reverse("documents:of", kwargs={"user_id": her.pk})}
    for name, url in pages.items():
        client = town.client(name)
        form = client.get(url).context["form"]
        photo = SimpleUploadedFile(
            f"{name}.jpg", making.jpeg(making.sheet(light=200 + len(name))), "image/jpeg"
        )
        answer = client.post(url, {"photos": photo, "kind": "work", "form": form["form"].value()})
        assert answer.status_code == 302, answer.content.decode()[:2000]
    ways = Document.objects.order_by("pk").values_list("way", "by__name")
    assert [way for way, _name in ways] == [Way.WEB, Way.COUNTER]
    assert town.client("gael").get(pages["rosa"]).status_code == 404


def test_forty_files_an_hour_of_a_person_and_a_busy_counter_meets_no_limit(town: Town) -> None:
    """The forty-first is refused with a sentence, and nothing of it stays; reception takes papers of sixty people."""
    papers = [making.pdf(1) + b"\n%% %d" % number for number in range(101)]
    for number in range(0, 40, 2):
        send(town, *papers[number : number + 2])
    with override("en"), pytest.raises(services.TooMany, match="Wait an hour, or bring the papers"):
        send(town, papers[40])
    assert Document.objects.count() == 20
    rosa = town.people["rosa"]
    for paper in papers[41:]:
        person = factories.JobseekerFactory(agency=town.agency).user
        services.send(person=person, sent=sent(paper), by=rosa)
    assert Document.objects.filter(by=rosa).count() == 60


def test_what_was_typed_stays_when_the_files_are_too_large(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SmallFiles, "most", 1000)
    client = town.client("amelie")
    photo = SimpleUploadedFile("x.jpg", making.jpeg(), "image/jpeg")
    answer = client.post(reverse("documents:mine"), {"kind": "diploma", "photos": photo})
    assert answer.status_code == 413 and "60 Mo" in answer.content.decode()


def test_the_letter_that_asks_opens_the_way_to_give_it(town: Town) -> None:
    her, bruno = town.people["amelie"], town.people["bruno"]
    her.channel, her.postal_address = Channel.POST, "26000 VALENCE"
    her.save()
    asked = services.Asked(
        Kind.IDENTITY, "Pour ouvrir votre dossier.", clock.today() + timedelta(days=9), uuid.uuid4()
    )
    services.ask(person=her, asked=asked, by=bruno)
    envelope = letters.make(form=uuid.uuid4(), by=bruno).envelopes.get()
    client = Client()
    answer = client.post(reverse("news:by_code"), {"code": envelope.code}, follow=True)
    assert "Pour ouvrir votre dossier." in answer.content.decode()
    form = answer.context["form"]
    photo = SimpleUploadedFile("carte.jpg", making.jpeg(), "image/jpeg")
    url = answer.redirect_chain[-1][0]
    assert set(form.fields) == {"photos", "form"}, "nothing else is given by this letter"
    expected = Expected.objects.get()
    given = {"photos": photo, "form": form["form"].value()}
    assert client.post(url, given).status_code == 302
    document = Document.objects.get()
    assert (document.way, document.expected, document.person) == (Way.LETTER, expected, her)
    assert client.get(document.url).status_code == 302


def test_an_identity_card_goes_thirty_days_after_it_was_checked(town: Town, kept: Path) -> None:
    document = looked_at(town, kind=Kind.IDENTITY)
    services.decide(document=document, act=Act.CHECK, by=town.people["bruno"])
    with clock.moved(clock.now() + timedelta(days=29)):
        keeping.forget()
        assert Document.objects.exists()
    with clock.moved(clock.now() + timedelta(days=32)):
        keeping.forget()
        assert not Document.objects.exists()
        files.sweep()
    assert not on_disk(kept)


def test_a_document_goes_thirty_days_after_she_was_told_and_never_before(town: Town, kept: Path) -> None:
    first, second = looked_at(town), looked_at(town, making.pdf(1))
    with clock.moved(clock.now() + timedelta(days=699)):
        assert going.tell() == 0
    with clock.moved(clock.now() + timedelta(days=701)):
        assert (going.tell(), going.tell()) == (1, 0)
        row = News.objects.get(kind="going", user=town.people["amelie"])
        words = telling.on_paper(row)
        assert len(words) == 3 and first.title in words[1]
        page = town.client("amelie").get(reverse("documents:mine")).content.decode()
        assert page.count("Il est supprimé le") == 2
        keeping.forget()
        assert Document.objects.filter(pk__in=[first.pk, second.pk]).count() == 2
    with clock.moved(clock.now() + timedelta(days=735)):
        keeping.forget()
        assert not Document.objects.filter(pk__in=[first.pk, second.pk]).exists()


def test_where_nobody_told_her_in_time_she_has_thirty_days_all_the_same(town: Town) -> None:
    document = looked_at(town)
    with clock.moved(clock.now() + timedelta(days=800)):
        keeping.forget()
        going.tell()
        keeping.forget()
        document.refresh_from_db()
        assert document.until == clock.today() + going.NOTICE
    with clock.moved(clock.now() + timedelta(days=832)):
        keeping.forget()
    assert not Document.objects.filter(pk=document.pk).exists()
