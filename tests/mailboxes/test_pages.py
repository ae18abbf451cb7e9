"""The pages: sending once, kept words, drafts, notes that she never reads, keys, and what each side is told."""

import datetime as dt
import html

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mailboxes.conftest import Write
from tests.personas import Town
from visavis.common import clock
from visavis.mailboxes import drafts, telling, told
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.models import Message, ReadyText, Thread
from visavis.news.models import News
from visavis.people.enums import Channel, Role
from visavis.ui import dates

pytestmark = pytest.mark.django_db


def page(client: Client, thread: Thread) -> str:
    return client.get(thread.url).text


def test_she_writes_also_without_a_file_and_sees_who_has_opened_it(town: Town) -> None:
    hers, his = town.client("amelie"), town.client("bruno")
    sent = hers.post(reverse("mailboxes:new"), {"subject": "Un doute", "body": "Le diplôme ?"}, follow=True)
    assert "Le diplôme ?" in sent.text
    assert "Nobody has opened it yet" in sent.text or "Personne ne l’a encore ouvert" in sent.text
    thread = Thread.objects.get(person=town.people["amelie"])
    assert "Le diplôme ?" in page(his, thread)
    assert town.people["bruno"].name in page(hers, thread)
    nell, hers = factories.UserFactory(name="Nell Sans Dossier", role=Role.JOBSEEKER), Client()
    hers.force_login(nell)
    hers.post(reverse("mailboxes:new"), {"subject": "Début", "body": "Bonjour"})
    thread, his = Thread.objects.get(person=nell), town.client("bruno")
    assert nell.name in page(his, thread)
    his.post(thread.url, {"body": "Bienvenue.", "act": "send"})
    assert "Bienvenue." in page(hers, thread)


def test_a_note_never_stands_on_her_page_and_she_sends_none(town: Town, thread: Thread) -> None:
    his = town.client("bruno")
    his.post(thread.url, {"body": "Prudence avec ce dossier.", "act": "note"})
    assert "Prudence" in page(his, thread)
    assert "Prudence" not in page(town.client("amelie"), thread)
    town.client("amelie").post(thread.url, {"body": "Bonjour", "act": "note"})
    assert Message.objects.get(thread=thread, number=3).voice == Voice.THEIRS


def test_a_draft_what_was_refused_and_a_ready_text_stand_in_the_field(town: Town, thread: Thread) -> None:
    his = town.client("bruno")
    his.post(thread.url, {"body": "Je vérifie et", "act": "draft"})
    assert drafts.of(thread, town.people["bruno"]) == "Je vérifie et"
    assert "Je vérifie et" in page(his, thread)
    assert town.people["amelie"].name in his.get(reverse("mailboxes:box"), {"box": "drafts"}).text
    assert "Je vérifie et" not in page(town.client("amelie"), thread)
    answer = town.client("bruno").post(thread.url, {"body": "À jeudi", "due_on": "hier", "act": "send"})
    assert "À jeudi" in answer.text
    assert not Message.objects.filter(thread=thread, voice=Voice.OURS).exists()
    ready = ReadyText.objects.create(agency=town.agency, title="Papiers", body="Apportez une pièce.")
    assert "Apportez une pièce" in his.get(thread.url, {"ready": ready.pk}).text
    other = ReadyText.objects.create(agency=town.other_agency, title="Autre", body="Rien à voir ici.")
    assert "Rien à voir" not in his.get(thread.url, {"ready": other.pk}).text


def test_until_when_an_answer_is_due_she_reads_on_her_pages_and_paper(town: Town, thread: Thread) -> None:
    until = clock.today() + dt.timedelta(days=9)
    sent = {"body": "Quand venez-vous ?", "due_on": until.isoformat(), "act": "send"}
    town.client("bruno").post(thread.url, sent)
    thread.refresh_from_db()
    assert thread.theirs_since is not None, "who gives a day expects an answer, ticked or not"
    hers = town.client("amelie")
    said = f"Votre réponse est attendue pour le {dates.day(until)}"
    assert said in html.unescape(page(hers, thread))
    assert said in html.unescape(hers.get(reverse("mailboxes:mine")).text)
    assert f"{said}." in telling.on_paper(News(thing=telling.THING, thing_id=thread.pk))
    hers.post(thread.url, {"body": "Jeudi.", "act": "send"})
    assert said not in html.unescape(page(hers, thread))


def test_reception_writes_down_what_she_says_and_reads_nothing(town: Town) -> None:
    rosa = town.client("rosa")
    url = reverse("mailboxes:said", kwargs={"jobseeker_id": town.jobseeker.pk})
    answer = rosa.post(url, {"way": "phone", "subject": "Absence", "body": "Malade lundi."}, follow=True)
    assert answer.status_code == 200
    thread = Thread.objects.get(person=town.people["amelie"])
    assert rosa.get(thread.url).status_code == 404
    shown = page(town.client("bruno"), thread)
    assert "Malade lundi." in shown and town.people["rosa"].name in shown


def test_the_list_shows_what_waits_and_words_stand_in_no_address(town: Town, thread: Thread) -> None:
    his = town.client("bruno")
    found = his.post(reverse("mailboxes:box"), {"q": "mardi"})
    assert town.people["amelie"].name in found.text
    assert "mardi" not in found.request["QUERY_STRING"]
    assert town.people["amelie"].name in his.get(reverse("mailboxes:box")).text
    his.post(reverse("mailboxes:move", kwargs={"thread_id": thread.pk}), {"act": "done"})
    assert town.people["amelie"].name not in his.get(reverse("mailboxes:box")).text


def test_what_waits_stands_on_both_homes_and_how_it_is_told(town: Town, thread: Thread, write: Write) -> None:
    her = town.people["amelie"]
    her.channel = Channel.PHONE
    her.save()
    assert reverse("mailboxes:box") in town.client("bruno").get(reverse("portal:home")).text
    write("Venez jeudi.", by="bruno")
    shown = page(town.client("bruno"), thread)
    assert "told by phone" in shown or "par téléphone" in shown
    assert thread.url in town.client("amelie").get(reverse("portal:home")).text


def test_whatever_became_of_the_news_he_reads_it_in_words(town: Town, thread: Thread, write: Write) -> None:
    for state in (one for one in News.State if one not in (News.State.SENT, News.State.TOLD)):
        write("Venez jeudi.", by="bruno")
        News.objects.filter(thing="thread").update(state=state)
        assert str(told.TOLD[state]) in html.unescape(page(town.client("bruno"), thread))
