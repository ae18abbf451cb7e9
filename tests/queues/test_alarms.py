from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.personas import Town
from visavis.journal.models import Entry
from visavis.live import topics
from visavis.live.models import Bulletin
from visavis.people.enums import Role
from visavis.people.models import Membership
from visavis.queues import alarms
from visavis.queues.enums import Ended
from visavis.queues.models import Alarm

PRESS = "/queue/alarm/"


def press(town: Town, who: str = "rosa", **more: object) -> Alarm:
    client = town.client(who)
    client.post(reverse("queues:sit", args=[town.agency.pk]), {"desk": "3"})
    client.post(PRESS, **more)  # type: ignore[arg-type]
    return Alarm.objects.get()


def shown(town: Town, who: str, path: str = "/queue/alarms/") -> str:
    return town.client(who).get(path).text


def act(town: Town, who: str, alarm: Alarm, word: str = "", **data: str) -> int:
    url = reverse("queues:alarm_act", args=[alarm.pk])
    return town.client(who).post(url, data | ({"word": word} if word else {})).status_code


def test_one_tap_tells_every_colleague_where_and_who_and_nobody_else(town: Town) -> None:
    alarm = press(town)
    rosa = town.people["rosa"]
    for who, path in (("bruno", "/"), ("hugo", "/account/"), ("bruno", f"/queue/{town.agency.pk}/")):
        page = town.client(who).get(path, follow=True).text
        assert rosa.name in page and "guichet 3" in page and "J’arrive" in page, path
    assert "Vos collègues" in shown(town, "rosa") and "J’arrive" not in shown(town, "rosa")
    told = Bulletin.objects.filter(topic=alarms.TOPIC)
    assert sorted(told.values_list("for_user", flat=True)) == sorted(
        town.people[who].pk for who in ("bruno", "rosa", "hugo")
    )
    assert {str(one.body) for one in told} == {"{}"}
    may = {who for who, user in town.people.items() if topics.may_hear(user, alarms.TOPIC)}
    assert may == {"bruno", "rosa", "hugo", "dario"}, "each hears what is told to her alone"
    assert not topics.may_hear(None, alarms.TOPIC)
    assert not topics.may_hear(town.people["rosa"], f"alarm:{town.people['rosa'].pk}")
    pages = [Client().get(reverse("queues:hall", args=[town.agency.pk])), Client().get("/")]
    for page in (*pages, *(town.client(who).get("/", follow=True) for who in ("amelie", "dario"))):
        text = page.text
        assert "queues/alarm" not in text and f"/queue/alarm/{alarm.pk}/" not in text
        assert town.people["rosa"].name not in text
    assert 'action="/queue/alarm/"' not in town.client("amelie").get("/", follow=True).text
    assert act(town, "dario", alarm, "come") == 404 == act(town, "amelie", alarm, "come")


def test_who_works_in_several_agencies_hears_of_each_and_calls_from_one(town: Town, settings: Any) -> None:
    settings.VISAVIS_LIVE_PORT = 8001
    rosa, elsewhere = town.people["rosa"], town.other_agency
    Membership.objects.create(user=rosa, role=Role.RECEPTION, organisation=elsewhere.organisation)
    town.client("dario").post(PRESS)
    assert rosa.pk in Bulletin.objects.filter(topic=alarms.TOPIC).values_list("for_user", flat=True)
    page = shown(town, "rosa", "/account/")
    assert f"{town.people['dario'].name} a besoin" in page and f" {elsewhere.name}</b>" in page
    assert page.count('data-visavis-live="alarm"') == 1, "one topic, however many agencies"
    assert f" {elsewhere.name}</b>" not in shown(town, "dario", "/account/"), "who works in one knows which"
    Alarm.objects.all().delete()
    client = town.client("rosa")
    for agency in (town.agency, elsewhere):
        client.post(reverse("queues:sit", args=[agency.pk]), {"desk": "3"})
    client.post(PRESS)
    alarm = Alarm.objects.get()
    assert (alarm.agency, alarm.place) == (elsewhere, "guichet 3")
    board = client.get(reverse("queues:board", args=[town.agency.pk])).text
    assert 'name="desk" value="3"' not in board, "a desk is of one door"


def test_who_presses_twice_has_one_alarm_says_where_afterwards_and_stays_on_the_page(town: Town) -> None:
    rosa = town.client("rosa")
    for _time in range(2):
        rosa.post(PRESS)
    alarm = Alarm.objects.get()
    assert "Lieu non indiqué" in shown(town, "bruno") and 'name="place"' in shown(town, "rosa")
    act(town, "rosa", alarm, place="  salle   2 ")
    assert "salle 2" in shown(town, "bruno")
    assert "salle 2" not in str(list(Entry.objects.values_list("note"))), "the journal has codes"
    here, rosa = "http://testserver/account/", town.client("rosa")
    assert rosa.post(PRESS, headers={"referer": here}).headers["Location"] == here
    answer = rosa.post(PRESS, headers={"referer": "https://elsewhere.example/"})
    assert answer.headers["Location"] == reverse("queues:alarms")


@pytest.mark.database
def test_who_comes_is_seen_and_it_ends_with_a_word_alone(town: Town) -> None:
    alarm = press(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk).update(ended_at=alarm.at)
    act(town, "bruno", alarm, "come")
    act(town, "bruno", alarm, "come")
    assert alarm.answers.count() == 1
    assert f"{town.people['bruno'].name} arrive" in shown(town, "rosa")
    assert act(town, "hugo", alarm, "nonsense") == 404
    act(town, "hugo", alarm, Ended.CALM)
    alarm.refresh_from_db()
    assert (alarm.end, alarm.ended_by) == (Ended.CALM, town.people["hugo"])
    assert "J’arrive" not in shown(town, "bruno") and "Le calme est revenu" in shown(town, "bruno")
    with pytest.raises(alarms.AlreadyOver):
        alarms.come(alarm=alarm, by=town.people["bruno"])
    notes = Entry.objects.filter(thing="alarm").order_by("pk").values_list("note", "actor_id")
    who = {name: town.people[name].pk for name in ("rosa", "bruno", "hugo")}
    assert [*notes] == [("raised", who["rosa"]), ("coming", who["bruno"]), ("ended:calm", who["hugo"])]


def test_who_serves_somebody_at_the_counter_is_called_and_calls(town: Town) -> None:
    """Reception has a person's own pages before her: whoever acts there is herself, of the agency."""
    visit = town.counter_visit
    alarm = press(town, "bruno")
    page = town.client("rosa").get(f"/at-the-counter/{visit.pk}/profile/", follow=True).text
    assert f'action="/queue/alarm/{alarm.pk}/"' in page and 'action="/queue/alarm/"' in page
