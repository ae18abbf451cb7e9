"""One message for several people: each alone with it, by her own channel, once; and what became of it is a page."""

import html
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.mailboxes.conftest import Write, away
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.mailboxes import reading
from visavis.mailboxes.models import Broadcast, Message, Thread
from visavis.mailboxes.services import Empty
from visavis.mailboxes.several import reaching, sending
from visavis.mailboxes.several.reaching import Reach
from visavis.mailboxes.several.sending import Once
from visavis.news.models import News
from visavis.people.enums import Channel
from visavis.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(town: Town) -> list[Jobseeker]:
    """Amélie, and two whom nobody reaches by e-mail: one by text message, one by phone only."""
    found = [town.jobseeker]
    for name, channel in (("Béatrice Texto", Channel.SMS), ("Céline Voix", Channel.PHONE)):
        user = factories.UserFactory(name=name, channel=channel, phone=f"+3361234560{len(found)}", email=None)
        found += [factories.JobseekerFactory(user=user, agency=town.agency, counsellor=town.people["bruno"])]
    return found


def once(**more: Any) -> Once:
    return Once(**{"subject": "Atelier", "body": "L’atelier a lieu jeudi.", "form": uuid.uuid4()} | more)


def data(people: list[Jobseeker], **more: Any) -> dict[str, Any]:
    words = {"subject": "Atelier", "body": "L’atelier a lieu jeudi."}
    return {"chosen": [one.pk for one in people], "form": str(uuid.uuid4())} | words | more


def page(client: Client, data: dict[str, Any]) -> str:
    return html.unescape(client.post(reverse("mailboxes:to_several"), data).text)


@pytest.mark.database
def test_each_has_her_own_conversation_by_her_own_channel_once(town: Town, people: list[Jobseeker]) -> None:
    town.people["amelie"].channel = Channel.WEB
    same = once()
    broadcast, is_new = sending.send(people=people, once=same, by=town.people["bruno"])
    assert is_new
    threads = Thread.objects.filter(messages__broadcast=broadcast)
    assert sorted(threads.values_list("person", flat=True)) == sorted(one.user_id for one in people)
    news = dict(News.objects.filter(thing="thread").values_list("user", "state"))
    assert news[people[1].user_id] == News.State.WAITING
    assert news[people[2].user_id] == News.State.TO_TELL
    assert sending.send(people=people, once=same, by=town.people["bruno"]) == (broadcast, False)
    assert Message.objects.filter(broadcast=broadcast).count() == len(people)


def test_all_get_it_or_nobody_and_only_those_whom_he_accompanies_and_nobody_reads_a_name(
    town: Town, people: list[Jobseeker], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, begun = sending._begin, []

    def stumbles(person: Jobseeker, *args: Any) -> None:
        begun.append(person)
        if len(begun) == len(people):
            raise Empty
        begin(person, *args)

    monkeypatch.setattr(sending, "_begin", stumbles)
    with pytest.raises(Empty):
        sending.send(people=people, once=once(), by=town.people["bruno"])
    assert (Broadcast.objects.count(), Message.objects.count()) == (0, 0)
    monkeypatch.undo()
    given = data([*people, town.other_jobseeker], step="send")
    town.client("bruno").post(reverse("mailboxes:to_several"), given)
    assert not Thread.objects.filter(person=town.other_jobseeker.user).exists()
    assert Message.objects.exclude(broadcast=None).count() == len(people)
    hers = town.client("amelie")
    thread = Thread.objects.get(person=town.people["amelie"])
    for address in (reverse("mailboxes:mine"), thread.url):
        shown = hers.get(address).text
        assert not any(one.user.name in shown for one in people[1:])


def test_nothing_is_sent_before_it_is_checked_and_then_once(town: Town, people: list[Jobseeker]) -> None:
    """What is sent is read off the page: nothing of it is typed anew by the test."""
    his = town.client("bruno")
    shown = page(his, data(people, step="check", body="Deux\nlignes"))
    assert not Broadcast.objects.exists()
    assert "Céline Voix" in shown  # who has to be called
    fields = re.findall(r'name="(\w+)" value="([^"]*)"', shown.partition('class="buttons full"')[2])
    given: dict[str, list[str]] = {}
    for name, value in fields:
        given.setdefault(name, []).append(value)
    for _time in range(2):
        sent = his.post(reverse("mailboxes:to_several"), given | {"step": "send"})
        assert sent.status_code == 302
    assert [one.body for one in Message.objects.exclude(broadcast=None)] == ["Deux\nlignes"] * len(people)
    state = html.unescape(his.get(sent["Location"]).text)
    assert all(one.user.name in state for one in people)


def test_a_filter_ticks_whom_it_holds_and_what_was_typed_is_kept(town: Town, people: list[Jobseeker]) -> None:
    his = town.client("bruno")
    found = his.get(reverse("mailboxes:to_several"), {"show": "unreachable"}).text
    assert {"Béatrice Texto", "Céline Voix"} >= set(re.findall("Béatrice Texto|Céline Voix", found))
    ticked = page(his, {"chosen": [people[1].pk]})
    assert "Béatrice Texto" in ticked and "Céline Voix" not in ticked
    assert "L’atelier a lieu jeudi." in page(his, data(people, subject="", step="check"))
    assert "L’atelier a lieu jeudi." in page(his, data([], step="check"))
    assert "L’atelier a lieu jeudi." in page(his, data(people, step="change"))


def test_who_stands_in_follows_it_to_its_end(town: Town, people: list[Jobseeker], colleague: User) -> None:
    broadcast, _new = sending.send(people=people, once=once(), by=town.people["bruno"])
    assert not Broadcast.objects.visible_to(colleague).exists()
    away(town, colleague)
    assert Broadcast.objects.visible_to(colleague).get() == broadcast
    assert len(reaching.of(broadcast, colleague)) == len(people)
    assert not sending.over(clock.now()).exists()
    for one in people:
        Thread.objects.filter(person=one.user).delete()
    assert sending.over(clock.now()).get() == broadcast


def test_how_far_it_came_is_told_whom_to_call_first_by_few_queries(
    town: Town, people: list[Jobseeker], django_assert_max_num_queries: Any, write: Write
) -> None:
    broadcast, _new = sending.send(people=people, once=once(), by=town.people["bruno"])
    with django_assert_max_num_queries(9):
        reaching.of(broadcast, town.people["bruno"])
    bruno = town.people["bruno"]
    reaches = {one.thread.person_id: one.reach for one in reaching.of(broadcast, bruno)}
    assert reaches[people[2].user_id] == Reach.BY_HAND
    threads = {one.person_id: one for one in Thread.objects.filter(messages__broadcast=broadcast)}
    News.objects.filter(user=people[1].user).update(state=News.State.FAILED)
    reading.read(threads[people[0].user_id], by=people[0].user)
    found = reaching.of(broadcast, bruno)
    assert [one.reach for one in found] == [Reach.FAILED, Reach.BY_HAND, Reach.READ]
    assert [one.is_to_call for one in found] == [True, True, False]
    write("Je viens.", to=threads[people[0].user_id])
    assert reaching.of(broadcast, bruno)[-1].reach == Reach.ANSWERED
