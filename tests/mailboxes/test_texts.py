"""Text messages that come in: 1, 2, 0, stop, words; kept once; from whom nobody knows, sorted."""

import json
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.mailboxes.conftest import Write
from tests.mailboxes.letters import OURS
from tests.personas import Town
from tests.sms import MemoryGateway
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.mailboxes import sorting
from visavis.mailboxes.enums import Voice, Way
from visavis.mailboxes.mail import filing
from visavis.mailboxes.mail.addresses import address_of
from visavis.mailboxes.models import Incoming, Message, Thread
from visavis.mailboxes.texts.understanding import Meaning, meaning_of
from visavis.news import services as news
from visavis.news.models import News
from visavis.news.services import channel_of
from visavis.people import gsm
from visavis.people.enums import Channel
from visavis.people.models import User

pytestmark = pytest.mark.django_db

NUMBER = "+33612345678"


@pytest.fixture
def her(town: Town, settings: Any) -> User:
    settings.SMS_IN_TOKEN = "geheim"
    person = town.people["amelie"]
    person.phone, person.channel, person.email = NUMBER, Channel.SMS, None
    person.save()
    return person


def post(body: str, token: str = "geheim") -> int:
    by = {"Authorization": f"Bearer {token}"}
    return Client().post(reverse("mailboxes:text"), body, "application/json", headers=by).status_code


def hand_in(text: str, number: str = NUMBER, key: str = "1", token: str = "geheim") -> int:
    status = post(json.dumps({"id": key, "from": number, "text": text}), token)
    filing.file_what_waits()
    return status


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("1", Meaning.YES), (" Oui ", Meaning.YES), ("D'accord", Meaning.YES), ("2", Meaning.CALL),
        ("Rappelez-moi", Meaning.CALL), ("0", Meaning.NO), ("NON", Meaning.NO), ("STOP", Meaning.STOP),
        ("stop.", Meaning.STOP), ("Arrêt", Meaning.STOP), ("Je passe au stop de bus", Meaning.WORDS),
        ("1 question", Meaning.WORDS), ("", Meaning.WORDS), ("10", Meaning.WORDS),
    ],
)  # fmt: skip
def test_what_a_text_message_means(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) == meaning


def test_an_answer_reaches_the_thread_she_was_written_in(her: User, thread: Thread, write: Write) -> None:
    write("Jeudi 9 h ?", by="bruno", expects_answer=True)
    assert hand_in("1") == 202
    message = Message.objects.get(thread=thread, number=3)
    assert (message.voice, message.way, message.author) == (Voice.THEIRS, Way.SMS, her)
    assert message.body.startswith("1")
    hand_in("2", key="2")
    thread.refresh_from_db()
    assert thread.due_on == clock.today()
    again = [hand_in("Je viens", key="3"), hand_in("Je viens", key="3")]
    assert (again, Message.objects.filter(thread=thread).count()) == ([202, 202], 5)
    hand_in("Je viens", key="4")
    assert Message.objects.filter(thread=thread).count() == 6


def test_from_a_number_that_nobody_has_it_is_sorted(her: User, town: Town) -> None:
    hand_in("C’est Amélie", number="+33698765432")
    row = Incoming.objects.get()
    assert row.state == Incoming.State.TO_SORT
    shown = town.client("rosa").get(reverse("mailboxes:sort", kwargs={"incoming_id": row.pk})).text
    assert "C’est Amélie" in shown
    sorting.give(incoming=row, person=her, by=town.people["rosa"])
    assert Message.objects.get().way == Way.SMS


def test_what_an_employer_writes_names_him_and_is_done_at_his_account(her: User, town: Town) -> None:
    chloe, account = town.people["chloe"], town.employer_account
    chloe.phone = "+33698765431"
    chloe.save()
    hand_in("Fermez mon offre", number=chloe.phone)
    row, page = Incoming.objects.get(), reverse("mailboxes:tray")
    url = reverse("mailboxes:sort", kwargs={"incoming_id": row.pk})
    client = town.client("bruno")
    shown = client.get(url).text
    assert "Fermez mon offre" in shown and chloe.name in shown and account.url in shown
    assert account.url not in town.client("rosa").get(url).text
    assert client.post(url, {"act": "done"})["Location"] == page
    assert url not in client.get(page).text
    row.refresh_from_db()
    assert row.why == "done" and not Message.objects.exists()
    last = Entry.objects.filter(thing="incoming", action="changed").latest("pk")
    assert (last.note, last.actor_id) == ("done", town.people["bruno"].pk)


def test_without_the_token_or_without_a_message_nothing_is_taken(her: User) -> None:
    for token in ("", "autre"):
        assert hand_in("1", token=token) == 404
    wrong = ('{"id":"1","from":"x","text":"y"}', '{"id":"","from":"0612345678","text":"a"}')
    for body in ("", "[]", "{}", *wrong):
        assert post(body) == 400
    assert not Incoming.objects.exists()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("incoming", ["", "geheim"])
def test_what_leaves_as_a_text_message_is_one_in_the_signs_of_every_phone(
    her: User, write: Write, settings: Any, language: str, incoming: str
) -> None:
    settings.SMS_IN_TOKEN, settings.SMS_GATEWAY = incoming, "tests.sms.MemoryGateway"
    her.language = language
    her.save()
    MemoryGateway.sent.clear()
    write("Jeudi 9 h ?", by="bruno")
    news.send(News.objects.get(thing="thread").pk)
    [(_number, text)] = MemoryGateway.sent
    assert gsm.is_in_alphabet(text) and gsm.parts(text) == 1
    assert "9 h" not in text
    # Who can receive an answer asks for one; else a number to call stands there.
    assert ("1" in text and "2" in text) if incoming else settings.VISAVIS_PHONE in text


@pytest.mark.parametrize(("email", "then"), [(None, Channel.PHONE), ("a@example.org", Channel.WEB)])
def test_stop_leads_to_her_next_channel(her: User, email: str | None, then: Channel, thread: Thread) -> None:
    her.phone, her.email = "+447400123456", email
    assert channel_of(her) == then
    her.phone = NUMBER
    her.save()
    hand_in("STOP")
    her.refresh_from_db()
    assert her.channel == then == channel_of(her)
    assert Message.objects.get(thread=thread, number=2).voice == Voice.AUTOMATIC


def test_answers_and_bounces_of_news_reach_the_thread(thread: Thread, write: Write, settings: Any) -> None:
    settings.VISAVIS_MAIL_IN = OURS
    write("Jeudi 9 h ?", by="bruno")
    news.send(News.objects.get(thing="thread").pk)
    [sent] = mail.outbox
    assert sent.reply_to == [address_of(thread.pk)] and sent.from_email == address_of(thread.pk)
    assert sent.extra_headers["From"] == settings.DEFAULT_FROM_EMAIL
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "9 h" not in f"{sent.subject}{sent.body}"
