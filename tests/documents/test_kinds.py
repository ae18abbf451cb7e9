"""What a document is can be corrected by who checks it: how long it is kept follows, and the person is told."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override

from tests.documents.test_documents import looked_at
from tests.personas import Town
from visavis.common import clock
from visavis.documents import finding, kinds, services, telling
from visavis.documents import words as reading
from visavis.documents.enums import Act, Kind, Way
from visavis.documents.models import Document, Page, Word
from visavis.journal.models import Entry
from visavis.news.models import News
from visavis.people.enums import Channel

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(town: Town, monkeypatch: pytest.MonkeyPatch) -> Document:
    """An identity card that came by e-mail as another document, and was read."""
    document = looked_at(town, kind=Kind.OTHER, way=Way.MAIL, title="IMG_2041.jpg")
    page = document.pages.get()
    page.words, page.is_read = "RÉPUBLIQUE FRANÇAISE Carte nationale d’identité  IDFRAMARTIN<<<<<", True
    page.save()
    finding.keep(document, page.words)
    return document


def correct(town: Town, document: Document, who: str, kind: str, seen: int | None = None) -> int:
    url = reverse("documents:correct", kwargs={"document_id": document.pk})
    said = {"kind": kind, "seen": document.version if seen is None else seen}
    return town.client(who).post(url, said).status_code


def test_its_words_say_what_it_is_and_who_checks_it_corrects_it(town: Town, card: Document) -> None:
    # Nobody else corrects, and an old page or another word corrects nothing.
    for who in ("amelie", "gael", "chloe", "dario"):
        assert correct(town, card, who, "identity") in {302, 404}
    correct(town, card, "bruno", "identity", seen=card.version - 1)
    correct(town, card, "bruno", "nonsense")
    card.refresh_from_db()
    assert card.kind == Kind.OTHER
    shown = town.client("rosa").get(card.url).content.decode()
    assert "cela ressemble à" in shown and "Carte d’identité" in shown
    assert card.until == clock.today() + dt.timedelta(days=730)
    assert correct(town, card, "rosa", "identity") == 302
    card.refresh_from_db()
    assert (card.kind, card.until) == (Kind.IDENTITY, clock.today() + dt.timedelta(days=30))
    assert Entry.objects.filter(
        thing="document", note="kind:other>identity", actor_id=town.people["rosa"].pk
    ).exists()
    assert "cela ressemble à" not in town.client("rosa").get(card.url).content.decode()


def test_she_is_told_once_what_it_is_and_until_when_it_is_kept(town: Town, card: Document) -> None:
    her = town.people["amelie"]
    her.channel, her.postal_address = Channel.POST, "26000 VALENCE"
    her.save()
    for kind in ("identity", "other", "identity"):
        card.refresh_from_db()
        correct(town, card, "bruno", kind)
    row = News.objects.get(thing="document", thing_id=card.pk, kind="kept")
    (words,) = telling.on_paper(row)
    assert "IMG_2041.jpg" in words and "Carte d’identité" in words
    assert str((clock.today() + dt.timedelta(days=30)).year) in words


def test_of_an_identity_document_no_word_is_kept_nor_read_again(
    town: Town, card: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading.alone, "is_possible", lambda: True)
    monkeypatch.setattr(reading.alone, "words_of", lambda _pages: [reading.alone.Read("Carte d’identité")])
    row = card.pages.select_related("document").get()
    assert Word.objects.filter(document=card).exists()
    correct(town, card, "bruno", "identity")
    assert reading.read_what_waits() == 0
    # What was being read meanwhile is thrown away.
    for _time in range(2):
        assert not Word.objects.filter(document=card).exists()
        assert [page.words for page in Page.objects.filter(document=card)] == [""]
        reading.read((row,))


def test_a_decision_can_still_be_taken_back_after_it(town: Town, card: Document) -> None:
    bruno = town.people["bruno"]
    services.decide(document=card, act=Act.CHECK, by=bruno)
    services.correct(document=card, kind=Kind.IDENTITY, by=bruno)
    card.refresh_from_db()
    assert services.can_undo(card, bruno) is not None
    services.undo(document=card, by=bruno)
    card.refresh_from_db()
    assert (card.kind, card.until) == (Kind.IDENTITY, clock.today() + dt.timedelta(days=30))


def test_what_has_no_name_of_its_own_is_called_what_it_is(town: Town) -> None:
    with override("en"):
        document = looked_at(town, kind=Kind.OTHER)
    services.correct(document=document, kind=Kind.DIPLOMA, by=town.people["bruno"])
    document.refresh_from_db()
    assert document.title == "Diplôme ou attestation"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Titre de séjour – RÉPUBLIQUE FRANÇAISE", Kind.IDENTITY),
        ("P<FRAMARTIN<<AMELIE<<<<<<", Kind.IDENTITY),
        ("PERMIS DE CONDUIRE", Kind.LICENCE),
        ("Bulletin de paie  Salaire brut 2 100 €  Net à payer 1 640 €", Kind.WORK),
        ("Diplôme du baccalauréat professionnel, académie de Grenoble", Kind.DIPLOMA),
        ("Quittance de loyer du mois de mars", Kind.ADDRESS),
        # A CV names a diploma and a licence: what goes equally well is not chosen.
        ("Curriculum vitae – Permis de conduire", None),
        ("Bonjour, je vous écris au sujet de mon rendez-vous.", None),
        ("", None),
    ],
)
def test_a_kind_is_suggested_by_what_stands_on_it(text: str, kind: Kind | None) -> None:
    assert kinds.suggested(text) == kind
