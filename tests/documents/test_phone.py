"""A link on another screen lets one phone give one document, for an hour, without signing in."""

import re
import uuid
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.documents import making
from tests.personas import Town
from visavis.common import clock
from visavis.documents import services
from visavis.documents.enums import Kind, Way
from visavis.documents.models import Document, Expected
from visavis.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def expected(town: Town) -> Expected:
    until = clock.today() + timedelta(days=9)
    asked = services.Asked(Kind.DIPLOMA, "Pour l’offre.", until, uuid.uuid4())
    return services.ask(person=town.people["amelie"], asked=asked, by=town.people["bruno"])


def link(client: Client, expected: Expected) -> str:
    page = client.get(reverse("documents:phone", kwargs={"expected_id": expected.pk})).content.decode()
    found = re.search(r'href="(http[^"]+/documents/phone/[^"]+)"', page)
    assert found and "<svg" in page
    return urlsplit(unescape(found[1])).path


@pytest.mark.parametrize("who", ["amelie", "rosa"])
def test_a_phone_gives_what_is_asked_for_and_nothing_else(who: str, town: Town, expected: Expected) -> None:
    shown = reverse("documents:phone", kwargs={"expected_id": expected.pk})
    assert {town.client(name).get(shown).status_code for name in ("gael", "dario", "chloe")} == {404}
    phone, path = Client(), link(town.client(who), expected)
    assert "prénom" not in phone.get(path).content.decode()
    page = phone.post(path, follow=True)
    form = page.context["form"]
    assert set(form.fields) == {"photos", "form"}
    photo = SimpleUploadedFile("a.jpg", making.jpeg(), "image/jpeg")
    url = page.redirect_chain[-1][0]
    assert phone.post(url, {"photos": photo, "form": form["form"].value()}).status_code == 302
    document = Document.objects.get()
    assert (document.way, document.expected, document.person) == (Way.PHONE, expected, expected.person)
    assert phone.get(document.url).status_code == 302, "the phone is signed in nowhere"
    notes = Entry.objects.filter(thing="expected-document", person_id=expected.person_id)
    assert {"phone", "phone taken"} <= set(notes.values_list("note", flat=True))


def test_one_phone_takes_it_and_a_look_takes_nothing(town: Town, expected: Expected) -> None:
    first, second, path = Client(), Client(), link(town.client("amelie"), expected)
    assert second.get(path).status_code == 200
    assert first.post(path).status_code == 302
    assert second.post(path).status_code == 404
    given = reverse("documents:given_by_phone", kwargs={"expected_id": expected.pk})
    assert (first.get(given).status_code, second.get(given).status_code) == (200, 404)
    assert first.post(path).status_code == 302, "the same phone comes back"
    first.post(reverse("documents:phone_done"))
    assert first.get(given).status_code == 404


def test_an_hour_later_or_no_longer_asked_for_it_opens_nothing(town: Town, expected: Expected) -> None:
    phone, path = Client(), link(town.client("amelie"), expected)
    given = reverse("documents:given_by_phone", kwargs={"expected_id": expected.pk})
    phone.post(path)
    with clock.moved(clock.now() + timedelta(minutes=59)):
        assert phone.get(given).status_code == 200
    with clock.moved(clock.now() + timedelta(minutes=61)):
        assert phone.get(given).status_code == 404 and Client().get(path).status_code == 404
    services.end(expected=expected, by=town.people["bruno"])
    assert phone.get(given).status_code == 404 and Client().get(path).status_code == 404
    assert Client().get(path[:-2] + "x/").status_code == 404
