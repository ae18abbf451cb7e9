"""What goes along with somebody's way: a document given, minutes of a meeting read, a CV taken, each on its page."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.documents.making import jpeg
from tests.personas import Town
from tests.stories.browser import Browser
from visavis.documents.models import Document
from visavis.jobseekers.models import Jobseeker

SAID = "Vous cherchez une boulangerie qui ouvre tôt."
AGREED = "Vous appelez le fournil, jeudi."


def gives_a_document(way: Any, her: Jobseeker, town: Town) -> None:
    """She gives the photo of a diploma, and her counsellor finds it with her documents."""
    photo = SimpleUploadedFile("photo.jpg", jpeg(), content_type="image/jpeg")
    page = way.go("/documents/").press("Envoyer", photos=[photo], kind="diploma")
    assert "Diplôme" in page.words
    assert Document.objects.get(person=her.user).kind == "diploma"
    assert "Diplôme" in Browser(town.client("bruno")).go(f"/people/user/{her.user_id}/documents/").words


def is_met(her: Jobseeker, town: Town, met: str) -> None:
    """Her counsellor writes down what was said when they met, and shares it."""
    begin = Browser(town.client("bruno")).go(f"/people/{her.pk}/minutes/")
    page = begin.press("Commencer le compte rendu", met=met)
    assert SAID in page.press("Partager avec la personne", body=SAID, agreed=AGREED).words


def reads_the_minutes(way: Any) -> None:
    """She reads them where her plan stands, and says so."""
    page = way.go("/follow-up/")
    link = next(one for one in page.page.find(".//main").iter("a") if "/minutes/" in one.get("href"))
    page = page.go(urljoin(page.url, link.get("href")))
    assert SAID in page.words and AGREED in page.words
    assert "Vous l’avez lu" in page.press("J’ai lu").words


def takes_her_cv(browser: Browser, address: str, name: str) -> None:
    """A CV is made of what she said, and taken as a file: her name and her work stand in it."""
    form = browser.go(address).page.find(".//main").find(".//form")
    taken = browser.client.get(urlsplit(form.get("action")).path, {
        "format": "pdf", "language": "fr", "identity": "yes",
    })  # fmt: skip
    words = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(taken.content))
    assert name in words and "Boulanger" in words
