"""Documents are found by words that stand in them, by who follows the person; nobody reads a word in the database."""

from collections.abc import Sequence

import pytest
from django.db import connection
from django.urls import reverse

from tests.documents import making
from tests.documents.test_documents import looked_at, send
from tests.personas import Town
from visavis.documents import files, finding, services, words
from visavis.documents.enums import Act, Kind
from visavis.documents.models import Document, Page, Word
from visavis.documents.reading.text import Read
from visavis.journal.models import Entry
from visavis.vault import turning

pytestmark = pytest.mark.django_db


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the reader read what a test says, page by page."""
    said = ["Attestation d’employeur : cariste à Valence"]

    def read(pages: Sequence[bytes]) -> list[Read]:
        return [Read(said[0]) for _page in pages]

    monkeypatch.setattr(words.alone, "words_of", read)
    monkeypatch.setattr(words.alone, "is_possible", lambda: True)
    return said


def found(town: Town, who: str, words: str) -> list[Document]:
    return list(finding.found(town.people[who], words))


def test_only_who_follows_the_person_finds_it_in_either_number_without_accents(
    town: Town, says: list[str]
) -> None:
    says[0] = "Attestation de travail d’Élodie, du 3 mars 2024"
    document = looked_at(town)
    assert not found(town, "bruno", "attestation travail")
    assert words.read_what_waits() == 1 and words.read_what_waits() == 0
    for asked in ("attestation travail", "Attestations", "ATTESTATION mars", "elodie"):
        assert found(town, "bruno", asked) == [document], asked
    assert not found(town, "bruno", "attestation boulanger")
    assert not found(town, "bruno", "de la"), "small words ask nothing, and nothing asked finds nothing"
    assert {name for name in town.people if found(town, name, "attestation")} == {"bruno"}


def test_it_is_found_by_its_title_with_new_keys_too_and_no_longer_once_taken_back(
    town: Town, says: list[str]
) -> None:
    document = looked_at(town, title="Contrat Leclerc")
    words.read_what_waits()
    assert found(town, "bruno", "leclerc cariste") == [document]
    before = set(Word.objects.values_list("mark", flat=True))
    assert finding.anew in turning.WORDS_ANEW
    finding.anew(lambda done, total: None)
    assert set(Word.objects.values_list("mark", flat=True)) == before
    assert found(town, "bruno", "leclerc cariste") == [document]
    services.withdraw(document=document, by=town.people["amelie"])
    assert not found(town, "bruno", "cariste")


def test_identity_documents_are_not_read_and_what_cannot_be_opened_neither(
    town: Town, says: list[str]
) -> None:
    looked_at(town, kind=Kind.IDENTITY)
    send(town, making.jpeg(making.sheet(light=220)))
    assert words.read_what_waits() == 0 and not Word.objects.exists()


def test_words_rest_as_marks_keyed_for_each_person(town: Town, says: list[str]) -> None:
    hers = looked_at(town)
    his = town.people["gael"]
    other = services.send(
        person=his, sent=services.Sent((making.jpeg(),), Kind.WORK, hers.form.__class__(int=7)), by=his
    )
    finding.keep(other, says[0])
    words.read_what_waits()
    marks = [set(Word.objects.filter(document=one).values_list("mark", flat=True)) for one in (hers, other)]
    assert all(marks) and not marks[0] & marks[1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM documents_page")
        assert all("cariste" not in row[0] for row in cursor.fetchall())


def test_a_page_whose_file_is_gone_stops_no_other(town: Town, says: list[str]) -> None:
    document = looked_at(town)
    files.throw_away([document.pages.get().file])
    assert words.read_what_waits() == 1
    assert Page.objects.get(document=document).is_read


def test_the_page_finds_shows_and_says_so_to_the_journal(town: Town, says: list[str]) -> None:
    document = looked_at(town, title="Contrat")
    services.decide(document=document, act=Act.CHECK, by=town.people["bruno"])
    words.read_what_waits()
    client, url = town.client("bruno"), reverse("documents:search")
    assert "Rechercher" in client.get(url).content.decode()
    page = client.post(url, {"q": "cariste"}).content.decode()
    assert document.url in page and town.people["amelie"].name in page
    assert Entry.objects.filter(thing="documents", person_id=None, actor_id=town.people["bruno"].pk).exists()
    assert "Aucun document" in client.post(url, {"q": "boulanger"}).content.decode()
    assert town.client("rosa").get(url).status_code == 404
