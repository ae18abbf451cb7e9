"""Who has neither e-mail nor telephone nor computer: a letter, paper back, an answer by letter, a document checked."""

import datetime as dt
import uuid

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.personas import Town
from tests.scans import making
from tests.scans.making import Feed, Stack
from visavis.common import clock
from visavis.documents import looking
from visavis.documents import services as documents
from visavis.documents.enums import Kind, State
from visavis.documents.models import Document
from visavis.jobseekers.cards.codes import code_of
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message
from visavis.mailboxes.services import Written
from visavis.news.post import letters, printing
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.scans import working
from visavis.scans.covers import making as covers
from visavis.scans.covers import printing as sheets
from visavis.scans.enums import Purpose
from visavis.scans.models import Part

pytestmark = pytest.mark.django_db
ASKEW = Feed(dpi=150, skew=3.0, grain=25)


@pytest.fixture
def her(town: Town) -> User:
    """Amélie, who can only be written to by post."""
    her = town.people["amelie"]
    her.email = her.phone = None
    her.channel, her.postal_address = Channel.POST, "12 RUE DU LAC\n26000 VALENCE"
    her.save()
    return her


def posted(town: Town) -> str:
    """Print what waits for the post, note it as posted, and return the words of the letters."""
    batch = letters.make(form=uuid.uuid4(), by=town.people["bruno"])
    letters.note_posted(batch=batch, by=town.people["rosa"])
    pdf = printing.pdf(batch)
    said = (page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    return " ".join(" ".join(said).split())


def handed_in(town: Town, stack: Stack) -> list[Part]:
    """Give a stack to reception's scanner, by its page, and have it worked on."""
    before = set(Part.objects.values_list("pk", flat=True))
    file = SimpleUploadedFile("scan.pdf", stack.pdf())
    town.client("rosa").post(reverse("scans:tray"), {"scan": file})
    working.sweep()
    return list(Part.objects.exclude(pk__in=before).order_by("number"))


def test_a_letter_is_answered_on_paper_and_a_paper_becomes_a_document_that_is_checked(
    town: Town, her: User
) -> None:
    bruno, rosa = town.client("bruno"), town.client("rosa")
    asked = documents.Asked(
        Kind.WORK, "Pour votre dossier.", clock.today() + dt.timedelta(days=20), uuid.uuid4()
    )
    expected = documents.ask(person=her, asked=asked, by=town.people["bruno"])
    assert "Pour votre dossier." in posted(town)
    # She brings it, with a page that says whose it is and no sheet before it; reception files it in one act.
    stack = Stack()
    stack.lay(making.letter("Bonjour,", f"Dossier {code_of(town.jobseeker.pk)}", "Voici le papier."), ASKEW)
    (loose,) = handed_in(town, stack)
    rosa.post(loose.url, {"file": f"{town.jobseeker.pk}/message", "page": "1"})
    message = Message.objects.get(way="paper")
    assert message.thread.person == her
    # The certificate comes behind the sheet that was printed for it, upside down.
    sheet = covers.make(person=her, purpose=Purpose.DOCUMENT, expected=expected, by=town.people["rosa"])
    stack = Stack()
    stack.lay(making.printed(sheets.pdf(sheet)), ASKEW, turned=180)
    stack.lay(making.letter("Certificat de travail", "Boulangerie du Lac, 2019 à 2024"), ASKEW, turned=180)
    handed_in(town, stack)
    document = Document.objects.get(expected=expected)
    looking.look(document.pk)
    document.refresh_from_db()
    assert (document.person, document.state) == (her, State.TO_CHECK)
    bruno.post(
        reverse("documents:decide", kwargs={"document_id": document.pk}),
        {"act": "check", "seen": document.version},
    )
    document.refresh_from_db()
    assert document.state == State.CHECKED
    # Her counsellor answers; everything reaches her by the post, and by nothing else.
    answer = Written(
        body="Merci, votre certificat est arrivé. À mardi.", voice=Voice.OURS, author=town.people["bruno"]
    )
    mailboxes.write(thread=message.thread, written=answer, by=town.people["bruno"])
    words = posted(town)
    assert "votre certificat est arrivé. À mardi." in words
    assert town.agency.phone_shown in words
