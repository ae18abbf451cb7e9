"""A visit at the counter opens for who stands there, to this clerk, until it ends: nothing before, beside or after."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests import factories
from tests.appointments.making import overseas
from tests.counter.making import WROTE, another_clerk, at_desk, opening, post, stands, url
from tests.mandates.making import bond
from tests.personas import Town
from visavis.counter import services, telling
from visavis.counter.enums import Ground
from visavis.counter.models import CounterVisit, Deed
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.mandates import passage
from visavis.news.models import News
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.people.services import end_role
from visavis.queues import services as queue
from visavis.stations import badges

pytestmark = [pytest.mark.django_db]
NOON = dt.datetime(2027, 3, 23, 11, tzinfo=dt.UTC)
PAGES = ("", "profile/", "openings/", "messages/", "documents/", "appointments/", "introductions/",
         "account/data/")  # fmt: skip


@pytest.fixture(autouse=True)
def at() -> Any:
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def told(town: Town) -> list[str]:
    news = News.objects.filter(user=town.people["amelie"], thing=telling.THING)
    return list(news.order_by("pk").values_list("kind", flat=True))


def statuses(town: Town, visit: CounterVisit, who: str = "rosa") -> set[int]:
    client = town.client(who)
    return {client.get(url(visit, page)).status_code for page in PAGES}


def test_hours_of_a_visit_overseas_are_those_of_the_wall(town: Town) -> None:
    overseas(town)
    at_desk(town)
    client = town.client("rosa")
    client.post(opening(town))
    visit = CounterVisit.objects.with_words().get()
    for page in (client.get(url(visit)), client.get(url(visit, "documents/"))):
        assert "15\u00a0h\u00a030" in page.content.decode()
    services.end(visit=visit, by=town.people["rosa"])
    assert "15\u00a0h" in town.client("amelie").get(visit.url).content.decode()
    [letter] = News.objects.filter(thing=telling.THING)
    assert any("15\u00a0h" in line for line in telling.on_paper(letter))


# What opens ------------------------------------------------------------------------------------------


def test_her_ticket_at_this_desk_opens_her_pages(town: Town) -> None:
    at_desk(town)
    client = town.client("rosa")
    assert "Amélie" in client.get("/queue/", follow=True).content.decode()
    assert "Le ticket 1, à votre guichet" in client.get(opening(town)).content.decode()
    there = client.post(opening(town))
    visit = CounterVisit.objects.get()
    assert (there["Location"], visit.ground) == (url(visit), Ground.TICKET)
    assert statuses(town, visit) == {200}
    written = Entry.objects.get(thing="counter-visit", action="created")
    assert (written.actor_id, written.person_id) == (town.people["rosa"].pk, town.people["amelie"].pk)


def test_only_reception_of_her_agency_opens_them_and_never_with_nothing_shown(town: Town) -> None:
    for who in ("bruno", "dario", "hugo", "amelie", "gael", "ines", "nadia"):
        assert town.client(who).post(opening(town), {"shown": "paper"}).status_code == 404, who
    with pytest.raises(services.NothingShown):
        services.open_visit(person=town.people["amelie"], by=town.people["rosa"])
    client = town.client("rosa")
    assert "Sans cela, rien ne s’ouvre" in client.post(opening(town)).content.decode()
    factories.JobseekerFactory(user=town.people["bruno"], agency=town.agency)
    assert client.get(opening(town, "bruno")).status_code == 404, "of a colleague"
    other = factories.JobseekerFactory(agency=town.agency, user__name="Zoé")
    town.people["zoe"] = other.user
    at_desk(town, "zoe")
    page = client.post(opening(town), {"shown": "paper"}).content.decode()
    assert "Le ticket d’une autre personne" in page
    assert not CounterVisit.objects.exists()


def test_a_ticket_that_is_not_at_this_desk_opens_nothing(town: Town) -> None:
    another_clerk(town)
    queue.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["amelie"])
    town.client("rosa").post(opening(town))
    assert not CounterVisit.objects.exists(), "it waits"
    ticket = queue.call_next(agency=town.agency, desk="2", by=town.people["paula"])
    town.client("rosa").post(opening(town))
    assert not CounterVisit.objects.exists(), "it is at another desk"
    assert "pas notée comme présente" in town.client("paula").post(opening(town)).content.decode()
    assert not CounterVisit.objects.exists(), "she has not come to the desk"
    queue.begin(ticket=ticket, by=town.people["paula"])
    town.client("paula").post(opening(town))
    assert CounterVisit.objects.get().clerk == town.people["paula"]


def test_a_card_opens_by_its_code_and_no_other_code_does(town: Town) -> None:
    _row, code, _pin = badges.issue(person=town.people["amelie"], by=town.people["rosa"])
    client = town.client("rosa")
    for wrong in ("", "0000000000", code[:-1]):
        page = client.post(opening(town), {"shown": "card", "code": wrong}).content.decode()
        assert "n’est pas celui de la carte" in page
        assert f'value="{wrong}"' in page or not wrong
    assert not CounterVisit.objects.exists()
    client.post(opening(town), {"shown": "card", "code": f" {code} "})
    assert CounterVisit.objects.get().ground == Ground.CARD
    badges.block(person=town.people["amelie"], by=town.people["rosa"])
    client.post(opening(town), {"shown": "card", "code": code})
    assert CounterVisit.objects.count() == 1


def test_two_people_of_one_name_are_told_apart_before_anything_opens(town: Town) -> None:
    factories.JobseekerFactory(agency=town.agency, user__name=town.people["amelie"].name)
    at_desk(town)
    client = town.client("rosa")
    page = client.get(opening(town)).content.decode()
    assert "Une autre personne porte ce nom" in page
    assert "Comparez d’abord" in client.post(opening(town)).content.decode()
    assert not CounterVisit.objects.exists()
    client.post(opening(town), {"is_this_one": "on"})
    assert CounterVisit.objects.get().person == town.people["amelie"]


# Who, and how long -----------------------------------------------------------------------------------


def test_the_visit_of_another_clerk_opens_nothing(town: Town) -> None:
    another_clerk(town)
    visit = stands(town)
    assert statuses(town, visit, "paula") == {404}
    assert town.client("paula").post(f"/counter/visits/{visit.pk}/prolong/").status_code == 404
    held = bond(town.client("rosa").get(url(visit, "messages/new/")))
    assert (
        town.client("paula").post(url(visit, "messages/new/"), {"acting_for": held, **WROTE}).status_code
        == 404
    )
    mine = stands(town, clerk="paula")
    # She went to the other counter: the first is over.
    assert statuses(town, visit) == {404}
    refused = town.client("paula").post(url(mine, "messages/new/"), {"acting_for": held, **WROTE})
    assert (refused.status_code, Message.objects.count()) == (403, 0)


@pytest.mark.parametrize("act", ["finish", "hold", "pass", "leave"])
def test_it_ends_with_the_ticket(act: str, town: Town) -> None:
    rosa, paula = town.people["rosa"], another_clerk(town)
    ticket = at_desk(town)
    visit = services.open_visit(person=town.people["amelie"], by=rosa)
    client = town.client("rosa")
    held = bond(client.get(url(visit, "messages/new/")))
    if act == "finish":
        queue.finish(ticket=ticket, by=rosa)
    elif act == "hold":
        queue.put_on_hold(ticket=ticket, by=rosa)
    elif act == "pass":
        queue.pass_on(ticket=ticket, to=paula, by=rosa)
    else:
        # Left over from the day before.
        type(ticket).objects.filter(pk=ticket.pk).update(state="left")
    assert statuses(town, visit) == {404}
    # Whoever received her reads that it is over; that is all.
    said = client.get(url(visit, "profile/")).content.decode()
    assert "Ce passage est terminé" in said and "Amélie" not in said
    long = WROTE | {"body": "Elle viendra mardi avec son attestation."}
    for sent, is_given_back in ((held, True), ("x", False)):
        given = urlencode({"acting_for": sent, **long})
        answer = client.post(url(visit, "messages/new/"), given, "application/x-www-form-urlencoded")
        assert answer.status_code == 404 and (long["body"] in answer.content.decode()) is is_given_back
    services.sweep()
    assert told(town) == ["done"]
    assert not Message.objects.exists()


def test_it_ends_with_a_nameless_ticket_after_thirty_minutes_or_two_hours(town: Town, at: Any) -> None:
    ticket = at_desk(town, None)
    visit = stands(town)
    assert (visit.ticket, statuses(town, visit)) == (ticket, {200})
    queue.finish(ticket=ticket, by=town.people["rosa"])
    assert statuses(town, visit) == {404}
    visit = stands(town)
    at.shift(dt.timedelta(minutes=29, seconds=59))
    assert statuses(town, visit) == {200}
    at.shift(dt.timedelta(seconds=1))
    assert statuses(town, visit) == {404}
    town.client("rosa").post(f"/counter/visits/{visit.pk}/prolong/")
    assert statuses(town, visit) == {404}
    assert services.sweep() == 1
    visit.refresh_from_db()
    assert visit.ended_at == visit.ends_at
    visit = stands(town)
    for _half in range(5):
        at.shift(dt.timedelta(minutes=25))
        town.client("rosa").post(f"/counter/visits/{visit.pk}/prolong/")
    assert statuses(town, visit) == {404}
    visit.refresh_from_db()
    assert visit.ends_at == visit.begun_at + visit.AT_MOST


@pytest.mark.database
def test_one_counter_is_kept_and_who_ends_it_comes_first(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = stands(town)
    more = {"agency": town.agency, "ground": "paper", "ends_at": visit.ends_at}
    for who in (
        {"clerk": town.people["rosa"], "person": town.people["gael"]},
        {"clerk": another_clerk(town), "person": town.people["amelie"]},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CounterVisit.objects.create(**who, **more)
    # Ended after the address was asked, and before the act: the row is asked once more, and held.
    visit, client = stands(town), town.client("rosa")
    held, find = bond(client.get(url(visit, "messages/new/"))), passage.found_at

    def end_it_first(page: str) -> Any:
        services.end(visit=visit, by=None)
        return find(page)

    monkeypatch.setattr(passage, "found_at", end_it_first)
    assert client.post(url(visit, "messages/new/"), {"acting_for": held, **WROTE}).status_code == 403
    assert not Message.objects.exists()


def test_two_people_in_two_tabs_never_mix(town: Town) -> None:
    other = factories.JobseekerFactory(agency=town.agency, user__name="Zoé", user__role=Role.JOBSEEKER)
    town.people["zoe"] = other.user
    client = town.client("rosa")
    first = stands(town)
    old_tab = bond(client.get(url(first, "messages/new/")))
    second = stands(town, "zoe")
    # The tab of who has gone: neither its own address nor that of the next person takes it.
    assert client.post(url(first, "messages/new/"), {"acting_for": old_tab, **WROTE}).status_code == 404
    assert client.post(url(second, "messages/new/"), {"acting_for": old_tab, **WROTE}).status_code == 403
    assert client.post(url(second, "messages/new/"), WROTE).status_code == 403
    assert not Message.objects.exists()
    assert post(client, url(second, "messages/new/"), **WROTE).status_code == 302
    assert Message.objects.get().thread.person == other.user


def test_outside_of_the_passage_reception_reads_nothing_of_hers(
    town: Town,
) -> None:
    visit, client, thread = stands(town), town.client("rosa"), town.thread
    for path in (
        f"/messages/{thread.pk}/",
        f"/people/{town.jobseeker.pk}/profile/",
        "/profile/",
        "/openings/",
    ):
        assert client.get(path).status_code == 404
    post(client, url(visit, "messages/new/"), **WROTE)
    session = client.session
    session[f"for:counter:{visit.pk}:x"] = "y"
    session.save()
    client.post(f"/counter/visits/{visit.pk}/end/")
    assert not [key for key in client.session.keys() if key.startswith("for:counter:")]  # noqa: SIM118


# On the record ---------------------------------------------------------------------------------------


def test_what_is_done_is_by_reception_in_her_presence(town: Town) -> None:
    visit, client = stands(town), town.client("rosa")
    post(client, url(visit, "messages/new/"), **WROTE)
    entry = Entry.objects.filter(thing="thread", action="created").latest("pk")
    rosa, amelie = town.people["rosa"], town.people["amelie"]
    assert (entry.actor_id, entry.person_id, entry.counter_id, entry.mandate_id) == (
        rosa.pk,
        amelie.pk,
        visit.pk,
        None,
    )
    assert entry.is_whole()
    entry.counter_id = None
    assert not entry.is_whole(), "the visit is signed with the rest"
    assert Deed.objects.get(entry=entry.pk).visit == visit
    thread = Message.objects.get().thread
    assert "par Rosa, au guichet" in town.client("bruno").get(f"/messages/{thread.pk}/").content.decode()
    readings = town.client("amelie").get("/account/readings/").content.decode()
    assert "Rosa, au guichet, en présence de la personne" in readings


def test_the_receipt_is_handed_over_and_she_is_told_by_her_channel_what_was_read_and_done(town: Town) -> None:
    at_desk(town)
    visit = services.open_visit(person=town.people["amelie"], by=town.people["rosa"])
    client = town.client("rosa")
    assert client.get(url(visit, "profile/")).status_code == 200
    post(client, url(visit, "messages/new/"), **WROTE)
    receipt = client.post(f"/counter/visits/{visit.pk}/end/", follow=True).content.decode()
    assert "receipt.pdf" in receipt or "Imprimer le reçu" in receipt
    assert told(town) == ["done"]
    news = News.objects.get(thing=telling.THING)
    page = town.client("amelie").get(news.link).content.decode()
    letter = "\n".join(telling.on_paper(news))
    for said in (page, letter):
        assert "le profil" in said and "Rosa" in said and "Je viens" not in said
    assert "le ticket appelé à ce guichet" in page
    assert town.client("gael").get(visit.url).status_code == 404


def test_on_the_word_of_reception_alone_she_hears_of_it_at_once(town: Town, at: Any) -> None:
    visit = stands(town)
    assert told(town) == ["opened"]
    services.end(visit=visit, by=town.people["rosa"])
    services.end(visit=visit, by=town.people["rosa"])
    assert told(town) == ["opened", "done"]
    at.shift(telling.KEPT)
    assert not telling.past(services.clock.now()).exists()
    at.shift(dt.timedelta(seconds=1))
    assert list(telling.past(services.clock.now())) == [visit]
    visit.delete()
    assert telling.gone(services.clock.now()).count() == 2


def test_a_visit_is_seen_by_her_and_by_who_received_her_while_at_that_counter(town: Town) -> None:
    another_clerk(town)
    visit, rosa = stands(town), town.people["rosa"]

    def seen() -> set[str]:
        return {name for name, who in town.people.items() if CounterVisit.objects.visible_to(who).exists()}

    assert seen() == {"amelie", "rosa"}
    before = Entry.objects.filter(action="read", actor_id=rosa.pk).count()
    town.client("rosa").get(url(visit, "openings/"))
    assert Entry.objects.filter(action="read", actor_id=rosa.pk).count() > before
    end_role(membership=rosa.memberships.get(), by=None)
    assert not CounterVisit.objects.of_clerk(rosa).exists()
    town.people["rosa"] = User.objects.get(pk=rosa.pk)
    assert statuses(town, visit) == {404}
    assert seen() == {"amelie"}
