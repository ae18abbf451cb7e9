"""Employers who want letters: what each holds, what its code opens, and how an answer on the sheet is entered."""

import uuid
from pathlib import Path

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.introductions.test_pages import put
from tests.personas import Town
from tests.scans import making
from visavis.employers import telling
from visavis.introductions.enums import State
from visavis.introductions.models import Introduction
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.news.models import Envelope, News
from visavis.news.post import letters, printing
from visavis.people.enums import Channel, Role
from visavis.people.models import User
from visavis.scans import filing, taking, working
from visavis.scans.enums import Doubt, PartState, Way
from visavis.scans.models import Part
from visavis.vacancies import written
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db
COMPANY = "BOULANGERIE DU LAC\n3 RUE DU FOUR\n26000 VALENCE"


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def her(town: Town) -> User:
    """The employer, who wants letters."""
    chloe = town.people["chloe"]
    chloe.channel, chloe.postal_address = Channel.POST, COMPANY
    chloe.save()
    return chloe


@pytest.fixture
def row(town: Town, her: User) -> Introduction:
    """Amélie wishes to work there; the employer has not answered."""
    return put(town)


def the_letter(town: Town) -> Envelope:
    return letters.make(form=uuid.uuid4(), by=town.people["bruno"]).envelopes.get()


def words_of(envelope: Envelope) -> str:
    pages = pypdfium2.PdfDocument(printing.pdf(envelope.batch))
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def opened(envelope: Envelope) -> tuple[Client, str]:
    """Return a browser in which the code was typed, and where it leads."""
    client = Client()
    url = client.post(reverse("news:by_code"), {"code": envelope.code}).headers["Location"]
    return client, url


def test_the_letter_does_not_say_who_she_is_and_its_code_opens_this_introduction_alone(
    town: Town, row: Introduction
) -> None:
    envelope = the_letter(town)
    words = words_of(envelope)
    # She sends it back to the agency of who wrote.
    assert town.agency.address in words and town.agency.phone_shown in words
    assert "BOULANGERIE DU LAC" in words and row.vacancy.title in words and envelope.code in words
    assert f"Personne n° {row.pk}" in words.replace("\xa0", " ").replace("\u202f", " ")
    assert "Amélie" not in words and "amelie" not in words
    client, url = opened(envelope)
    shown = client.get(url).content.decode()
    assert row.vacancy.title in shown and "Amélie" not in shown
    read = Entry.objects.filter(thing="introduction", thing_id=row.pk, action="read")
    assert read.filter(actor_id=town.people["chloe"].pk)
    client.post(url, {"act": "agree", "side": "employer", "seen": row.version})
    row.refresh_from_db()
    assert (row.state, row.employer_contact_id) == (State.AGREED, town.people["chloe"].pk)
    assert "Amélie" in client.get(url).content.decode()
    # Her page with an account is closed to this browser.
    assert client.get(row.url).status_code == 302 and "_auth_user_id" not in client.session


def test_a_no_needs_its_reason_a_yes_stands_and_the_jobseekers_letter_says_so_and_opens_her_side(
    town: Town, row: Introduction
) -> None:
    amelie = town.people["amelie"]
    amelie.channel, amelie.postal_address = Channel.POST, "26000 VALENCE"
    amelie.save()
    client, url = opened(the_letter(town))
    assert client.post(url, {"act": "refuse", "side": "employer", "seen": row.version}).status_code == 200
    # A side that is not the letter's does nothing.
    client.post(url, {"act": "withdraw", "side": "jobseeker", "seen": row.version})
    row.refresh_from_db()
    assert row.state == State.PUT
    old = row.version
    client.post(url, {"act": "agree", "side": "employer", "seen": old})
    answer = client.post(url, {"act": "refuse", "side": "employer", "seen": old, "reason": "skills"})
    row.refresh_from_db()
    assert answer.status_code == 409 and row.state == State.AGREED
    envelope = the_letter(town)
    assert envelope.news.user_id == amelie.pk
    words = words_of(envelope)
    assert row.vacancy.employer is not None
    assert row.vacancy.title in words and row.vacancy.employer.name in words
    hers, its = opened(envelope)
    assert row.vacancy.title in hers.get(its).content.decode()


def test_a_vacancy_written_for_her_is_read_on_paper_and_confirmed_by_the_code(town: Town, her: User) -> None:
    vacancy = town.vacancy
    Vacancy.objects.filter(pk=vacancy.pk).update(is_by_agency=True)
    vacancy.refresh_from_db()
    written.tell(vacancy, by=town.people["bruno"])
    envelope = the_letter(town)
    words = words_of(envelope)
    assert vacancy.title in words and "26000" in words
    client, url = opened(envelope)
    assert vacancy.title in client.get(url).content.decode()
    client.post(url)
    vacancy.refresh_from_db()
    assert vacancy.confirmed_at is not None
    assert client.get(url).status_code == 200


def came_back(town: Town, envelope: Envelope) -> Part:
    """Scan the letter as it came back, written on."""
    stack = making.Stack()
    stack.lay(making.printed(printing.pdf(envelope.batch)), making.Feed(skew=1.5))
    scan = taking.take(stack.pdf(), way=Way.DROPPED, agency=town.agency, by=town.people["rosa"]).scan
    working.work(scan.pk)
    return Part.objects.get(scan=scan)


def test_a_letter_written_on_by_an_employer_waits_for_a_counsellor_who_enters_it(
    town: Town, row: Introduction
) -> None:
    envelope = the_letter(town)
    part = came_back(town, envelope)
    found = part.state, part.doubt, part.person_id
    assert found == (PartState.TO_SORT, Doubt.EMPLOYER, envelope.news.user_id)
    # Nothing of it is put into a letterbox.
    assert not Message.objects.filter(thread__person=town.people["chloe"]).exists()
    assert not News.objects.filter(thing="scan").exists()
    seen_by_rosa = town.client("rosa").get(part.url).content.decode()
    assert row.vacancy.title in seen_by_rosa and row.url not in seen_by_rosa
    town.client("rosa").post(part.url, {"act": "answered"})
    part.refresh_from_db()
    assert part.state == PartState.TO_SORT
    bruno = town.client("bruno")
    assert row.url in bruno.get(part.url).content.decode()
    bruno.post(row.url, {"act": "agree", "side": "employer", "seen": row.version})
    bruno.post(part.url, {"act": "answered"})
    row.refresh_from_db(), part.refresh_from_db()
    assert row.employer_yes_at is not None and part.state == PartState.FILED
    assert Entry.objects.filter(thing="scan-part", note="answered", actor_id=town.people["bruno"].pk).exists()
    filing.take_back(part=part, by=town.people["bruno"])
    part.refresh_from_db()
    assert part.state == PartState.TO_SORT


def test_an_account_is_told_by_letter_where_the_address_was_asked_for(town: Town) -> None:
    url = reverse("employers:add_person", kwargs={"account_id": town.employer_account.pk})
    said = {"contact": "Paul Roux", "channel": "post"}
    client = town.client("bruno")
    assert "adresse postale" in client.post(url, said).content.decode()
    client.post(url, said | {"postal_address": COMPANY})
    paul = User.objects.get(channel=Channel.POST, memberships__role=Role.EMPLOYER)
    assert paul.postal_address.startswith("BOULANGERIE DU LAC")
    telling.tell(town.employer_account, "joined", paul)
    envelope = the_letter(town)
    assert envelope.news.user_id == paul.pk and "équipe" in words_of(envelope)
    # Its code opens nothing: the letter says the phone, and to write on it.
    answer = Client().post(reverse("news:by_code"), {"code": envelope.code})
    assert answer.status_code == 200
