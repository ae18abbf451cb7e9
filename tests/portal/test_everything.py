"""All that happened to a person, by kind and by time: for her and for who accompanies her."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import pytest
from django.urls import reverse
from django.utils.functional import lazystr
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from tests.personas import Town
from visavis.common import clock
from visavis.documents.models import Step as DocumentStep
from visavis.introductions.models import Step
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.people import happening, waiting
from visavis.people.models import User
from visavis.people.waiting import App, Chapter, Event, Happened

pytestmark = pytest.mark.django_db
MINE = "portal:everything"


@pytest.fixture
def full(town: Town) -> Town:
    """Let one thing of each kind have happened to Amélie."""
    User.objects.update(language="en")
    for name in ("thread", "appointment", "plan_item", "minutes", "introduction", "mandate", "ending"):
        getattr(town, name)
    with_steps(town)
    return town


def with_steps(town: Town) -> None:
    """Write the steps that the short cuts of the town leave out."""
    said = {"number": 1, "side": "jobseeker", "from_state": "", "to_state": "put"}
    Step.objects.create(introduction=town.introduction, act="want", **said)
    sent = {"number": 1, "side": "person", "from_state": "", "to_state": "received"}
    DocumentStep.objects.create(document=town.document, act="send", **sent)
    her = town.people["amelie"].pk
    journal.record(journal.Act("changed", "profile", town.jobseeker.pk, her, "pay"), by=her)


def of_desk(town: Town) -> str:
    return reverse("portal:desk_everything", args=[town.jobseeker.pk])


@pytest.mark.database
def test_each_kind_is_told_to_both_and_leads_him_to_pages_of_his(
    full: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for persona, url in (("amelie", reverse(MINE)), ("bruno", of_desk(full))):
        client = full.client(persona)
        for kind in (one.slug for one in happening.chapters()):
            part = client.get(url, {"kind": kind}).context["part"]
            assert part.told and {one.chapter.slug for one in part.told} == {kind}, persona
        for query in ("", "?from=3", "?kind=messages&days=366"):
            with django_assert_max_num_queries(12):
                client.get(url + query)
    entry = Entry.objects.latest("pk")
    assert (entry.thing, entry.person_id) == ("timeline", full.people["amelie"].pk)
    for one in client.get(of_desk(full)).context["part"].told:
        assert not one.event.url or client.get(one.event.url).status_code == 200, one.event.sentence


def _rest(town: Town, part: happening.Part) -> list[happening.Told]:
    """Read on to the end, as she does."""
    found: list[happening.Told] = []
    while part.older:
        before, part = part, happening.part(town.jobseeker, town.people["amelie"], skip=part.older)
        assert part.told and part.older != before.older
        found += part.told
    return found


def test_what_she_reads_is_said_to_her_and_leads_to_her_pages(full: Town) -> None:
    client = full.client("amelie")
    with override("en"):
        first = happening.part(full.jobseeker, full.people["amelie"])
        part = happening.Part([*first.told, *_rest(full, first)], 0)
    said = " ".join(str(one.event.sentence) for one in part.told)
    assert "You wrote" in said and "shared with you" in said and "the person" not in said.lower()
    for one in part.told:
        assert not one.event.url or client.get(one.event.url).status_code == 200, one.event.sentence


def test_going_on_loses_nothing_and_repeats_nothing(full: Town) -> None:
    number = 3 * happening.A_PAGE
    for count in range(number):
        written = {"number": count + 2, "voice": "theirs", "author": full.people["amelie"], "body": "x"}
        at = clock.now() - dt.timedelta(minutes=count // 7)
        Message.objects.create(thread=full.thread, at=at, **written)
    first = happening.part(full.jobseeker, full.people["amelie"])
    found = [*first.told, *_rest(full, first)]
    kinds = {one.chapter.slug for one in found}
    assert kinds == {one.slug for one in happening.chapters()}
    assert sum(one.chapter.slug == "messages" for one in found) == Message.objects.count()
    ats = [one.event.at for one in found]
    assert ats == sorted(ats, reverse=True)


def test_a_time_leaves_out_what_was_before(full: Town) -> None:
    Message.objects.update(at=clock.now() - dt.timedelta(days=40))
    client, asked = full.client("amelie"), {"kind": "messages", "days": "31"}
    assert not client.get(reverse(MINE), asked).context["part"].told
    assert client.get(reverse(MINE), asked | {"days": "92"}).context["part"].told


def test_nonsense_in_the_address_is_no_error(town: Town) -> None:
    client = town.client("amelie")
    for query in ("?kind=x&days=7&from=-1", "?from=99999999", "?from=%C2%B2", "?days=31&kind=plan&from=9000"):
        assert client.get(reverse(MINE) + query).status_code == 200, query


def test_an_app_that_nobody_names_is_folded_in(full: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    class Letters(App):
        chapter = Chapter("letters", lazystr("Letters"), 9)

        def happened(self, person: Any) -> Happened:
            return Happened(User.objects.filter(pk=person.user_id), "joined_at")

        def tell(self, rows: Iterable[Any], person: Any, actor: User) -> list[Event]:
            return [Event(row.joined_at, "A letter came.") for row in rows]

    monkeypatch.setattr(waiting, "APPS", [*waiting.APPS, Letters()])
    page = full.client("amelie").get(reverse(MINE), {"kind": "letters"}).content.decode()
    assert "A letter came." in page and "Letters" in page
