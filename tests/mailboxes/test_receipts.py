"""What is done at the counter leaves with a receipt: on paper, and by her own channel."""

import uuid

import pytest

from tests.personas import Town
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.mailboxes.receipts import acts
from visavis.news.models import News
from visavis.people.enums import Channel

pytestmark = pytest.mark.django_db


def test_a_receipt_says_what_this_clerk_did_today_and_nothing_else(town: Town) -> None:
    amelie, rosa, bruno = (town.people[name] for name in ("amelie", "rosa", "bruno"))
    for by, thing in ((rosa, "appointment"), (bruno, "profile"), (rosa, "message")):
        journal.record(journal.Act(Entry.Action.CREATED, thing, 1, amelie.pk), by=by.pk)
    journal.read("profile", 1, by=rosa.pk, person_id=amelie.pk)
    [line] = acts.of(amelie, rosa)
    assert (line.what, line.done) == ("un rendez-vous", "c’est noté")


def test_it_is_printed_and_sent_once_by_her_channel_where_something_was_done(town: Town) -> None:
    address = f"/people/{town.jobseeker.pk}/receipt/"
    client = town.client("rosa")
    assert "n’avez rien fait" in client.get(address).text
    client.post(address, {"form": str(uuid.uuid4())})
    assert not Message.objects.exists()
    assert client.get(f"/people/{town.jobseeker.pk}/receipt.pdf").url == address
    amelie, rosa = town.people["amelie"], town.people["rosa"]
    amelie.channel = Channel.POST
    amelie.save()
    journal.record(journal.Act(Entry.Action.CHANGED, "appointment", 1, amelie.pk), by=rosa.pk)
    assert address in client.get(f"/people/{town.jobseeker.pk}/").text
    assert "un rendez-vous" in client.get(address).text
    assert client.get(f"/people/{town.jobseeker.pk}/receipt.pdf").content.startswith(b"%PDF")
    form = {"form": str(uuid.uuid4())}
    client.post(address, form)
    client.post(address, form)
    message = Message.objects.get()
    assert "un rendez-vous" in message.body and rosa.name in message.body
    assert News.objects.get(user=amelie).channel == Channel.POST
