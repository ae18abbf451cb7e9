"""All that happened to a person, by kind and by time: for her and for who accompanies her."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from tests.personas import Town
from visavis.common import clock
from visavis.documents.models import Step as DocumentStep
from visavis.introductions.models import Step
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.people import happening
from visavis.people.models import User

pytestmark = pytest.mark.django_db
MINE = "portal:everything"


@pytest.fixture
def full(town: Town) -> Town:
    """Let one thing of each kind have happened to Amélie, with the steps that the town's short cuts leave out."""
    User.objects.update(language="en")
    for name in ("thread", "appointment", "plan_item", "minutes", "introduction", "mandate", "ending"):
        getattr(town, name)
    said = {"number": 1, "side": "jobseeker", "from_state": "", "to_state": "put"}
    Step.objects.create(introduction=town.introduction, act="want", **said)
    sent = {"number": 1, "side": "person", "from_state": "", "to_state": "received"}
    DocumentStep.objects.create(document=town.document, act="send", **sent)
    her = town.people["amelie"].pk
    journal.record(journal.Act("changed", "profile", town.jobseeker.pk, her, "pay"), by=her)
    return town


@pytest.mark.database
def test_each_kind_is_told_to_both_and_leads_him_to_pages_of_his(
    full: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk = reverse("portal:desk_everything", args=[full.jobseeker.pk])
    for persona, url in (("amelie", reverse(MINE)), ("bruno", desk)):
        client = full.client(persona)
        for kind in (one.slug for one in happening.chapters()):
            part = client.get(url, {"kind": kind}).context["part"]
            assert part.told and {one.chapter.slug for one in part.told} == {kind}, persona
        for query in ("", "?from=3", "?kind=messages&days=366"):
            with django_assert_max_num_queries(12):
                client.get(url + query)
    entry = Entry.objects.latest("pk")
    assert (entry.thing, entry.person_id) == ("timeline", full.people["amelie"].pk)
    for one in client.get(desk).context["part"].told:
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


def test_a_time_leaves_out_what_was_before_and_nonsense_in_the_address_is_no_error(full: Town) -> None:
    Message.objects.update(at=clock.now() - dt.timedelta(days=40))
    client, asked = full.client("amelie"), {"kind": "messages", "days": "31"}
    assert not client.get(reverse(MINE), asked).context["part"].told
    assert client.get(reverse(MINE), asked | {"days": "92"}).context["part"].told
    for query in ("?kind=x&days=7&from=-1", "?from=99999999", "?from=%C2%B2", "?days=31&kind=plan&from=9000"):
        assert client.get(reverse(MINE) + query).status_code == 200, query
