"""The list of whom nothing has reached, and each of them: to his counsellor and the head, until somebody closes it."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from tests.personas import Town
from visavis.agencies.models import Absence
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.unreached import closing
from visavis.unreached.closing import ClosedAlready, Noted
from visavis.unreached.enums import Outcome, Way
from visavis.unreached.models import Attempt, Unreached

pytestmark = [pytest.mark.django_db]
LIST = reverse("unreached:list")


def one(town: Town) -> str:
    return reverse("unreached:one", args=[town.jobseeker.pk])


def said(**more: str) -> dict[str, str]:
    return {"outcome": "reached", "way": "phone", "words": "", "form": str(uuid.uuid4())} | more


def page(town: Town, name: str, url: str) -> str:
    return town.client(name).get(url).content.decode().replace("\xa0", " ")


def test_the_counsellor_and_the_head_see_whom_nothing_reached_and_since_when(town: Town) -> None:
    assert town.client("bruno").get(one(town))["Location"] == LIST, "nothing is to be done yet"
    for name in ("dario", "rosa"):
        assert town.client(name).get(one(town)).status_code == 404
    row = town.unreached
    for name in ("bruno", "hugo"):
        text = page(town, name, LIST)
        assert "Amélie" in text and "9 semaines" in text and one(town) in text
    assert "Amélie" not in page(town, "dario", LIST)
    assert "Amélie" not in page(town, "bruno", f"{LIST}?show=failed")
    assert "Amélie" in page(town, "bruno", f"{LIST}?show={row.cause}")
    listed = Entry.objects.filter(thing="unreached", action="read")
    assert listed.filter(actor_id=town.people["bruno"].pk, person_id=None).exists()
    # What is closed counts the weeks until it was.
    since, closed_at = clock.now() - dt.timedelta(weeks=15), clock.now() - dt.timedelta(weeks=6)
    closed = {"closed_at": closed_at, "outcome": Outcome.REACHED}
    Unreached.objects.filter(pk=row.pk).update(since=since, found_at=since, **closed)
    for url in (f"{LIST}?show=closed", one(town)):
        text = page(town, "bruno", url)
        assert "9 semaines" in text and "15 semaines" not in text


@pytest.mark.database
def test_who_stands_in_finds_it_on_these_days_and_the_head_whom_no_agency_follows(town: Town) -> None:
    row, on = town.unreached, clock.today()
    colette = factories.UserFactory(role=Role.COUNSELLOR, role__organisation=town.agency.organisation)
    assert not Unreached.objects.visible_to(colette).exists()
    away = {"user": town.people["bruno"], "substitute": colette}
    Absence.objects.create(agency=town.agency, starts_on=on, ends_on=on, **away)
    assert list(Unreached.objects.visible_to(colette)) == [row]
    type(town.jobseeker).objects.filter(pk=town.jobseeker.pk).update(agency=None, counsellor=None)
    assert list(Unreached.objects.visible_to(town.people["hugo"])) == [row]
    for name in ("bruno", "amelie"):
        assert not Unreached.objects.visible_to(town.people[name]).exists()


def test_the_page_says_what_was_tried_what_to_say_and_the_number_to_who_follows_alone(town: Town) -> None:
    person = type(town.people["amelie"]).objects.get(pk=town.people["amelie"].pk)
    person.phone, person.postal_address = "+33612345678", "3 rue du Four\n26000 Valence"
    person.save()
    factories.NewsFactory(
        user=person, state="failed", channel="sms", at=clock.now() - dt.timedelta(days=20), title="Secret"
    )
    Unreached.objects.filter(pk=town.unreached.pk).update(cause="failed", channel="sms")
    his = page(town, "bruno", one(town))
    assert "06 12 34 56 78" in his and "3 rue du Four" in his and "SMS" in his
    heads = page(town, "hugo", one(town))
    assert "06 12 34 56 78" not in heads and "rue du Four" not in heads and "téléphone" in heads
    assert "Secret" not in his + heads
    read = Entry.objects.filter(thing="unreached", action="read", person_id=person.pk)
    assert read.count() == 2


def test_what_became_of_it_closes_it_with_who_and_when_once_a_form(town: Town) -> None:
    row, form = town.unreached, said(words="Elle a changé de numéro.")
    client = town.client("bruno")
    for _ in range(2):
        client.post(one(town), form)
    row.refresh_from_db()
    attempt = Attempt.objects.get()
    assert (row.outcome, row.closed_at) == (Outcome.REACHED, attempt.at)
    assert (attempt.by, attempt.way, attempt.words) == (
        town.people["bruno"], Way.PHONE, "Elle a changé de numéro.",
    )  # fmt: skip
    entry = Entry.objects.filter(thing="unreached", action="changed").get()
    assert (entry.note, entry.person_id, entry.actor_id) == (
        "reached", town.people["amelie"].pk, town.people["bruno"].pk,
    )  # fmt: skip
    assert "Amélie" not in page(town, "bruno", LIST)
    assert "Amélie" in page(town, "bruno", f"{LIST}?show=closed")
    closed = page(town, "hugo", one(town))
    assert "Elle a changé de numéro." in closed and "Bruno" in closed and '<form class="form"' not in closed


def test_what_says_too_little_is_refused_and_a_day_to_try_again_puts_it_off_until_then(town: Town) -> None:
    row, client = town.unreached, town.client("bruno")
    for wrong in (
        {"outcome": ""},
        {"outcome": "heard"},
        {"outcome": "gone"},
        {"way": ""},
        {"outcome": "later", "again_on": ""},
        {"outcome": "later", "again_on": "2020-01-01"},
        {"outcome": "later", "again_on": "2099-01-01"},
        {"words": "x" * 301},
    ):
        assert client.post(one(town), said(**wrong)).status_code == 400, wrong
    row.refresh_from_db()
    assert (row.closed_at, row.rests_until) == (None, None) and not Attempt.objects.exists()
    day = clock.today() + dt.timedelta(days=8)
    client.post(one(town), said(outcome="later", way="", again_on=day.isoformat()))
    row.refresh_from_db()
    assert (row.closed_at, row.rests_until) == (None, day)
    assert "Amélie" not in page(town, "bruno", LIST)
    assert "Amélie" in page(town, "bruno", f"{LIST}?show=put-off")
    with clock.moved(clock.now() + dt.timedelta(days=8)):
        assert list(Unreached.objects.to_do()) == [row]


@pytest.mark.database
def test_desk_and_home_say_it_and_of_two_who_close_it_one_does(town: Town) -> None:
    assert "depuis des semaines" not in page(town, "hugo", "/home/")
    assert town.unreached
    text = page(town, "bruno", reverse("portal:desk") + "?show=unreached")
    assert "Amélie" in text and one(town) in text
    assert "1 personne depuis des semaines" in page(town, "hugo", "/home/")
    row = town.unreached
    closing.note(unreached=row, noted=Noted(Outcome.MOVED), form=uuid.uuid4(), by=town.people["hugo"])
    with pytest.raises(ClosedAlready):
        closing.note(unreached=row, noted=Noted(Outcome.DECEASED), form=uuid.uuid4(), by=town.people["bruno"])
    answer = town.client("bruno").post(one(town), said(outcome="deceased", way=""), follow=True)
    assert "a déménagé" in answer.content.decode()
    row.refresh_from_db()
    assert row.outcome == Outcome.MOVED and Attempt.objects.count() == 1


@pytest.mark.database
def test_the_list_asks_twelve_questions_at_most_however_many_stand_on_it(town: Town) -> None:
    assert town.unreached
    client = town.client("bruno")
    client.get(LIST)
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(LIST)
        asked.append(len(caught))
        for _more in range(5):
            person = factories.JobseekerFactory(agency=town.agency, counsellor=town.people["bruno"]).user
            since = clock.now() - dt.timedelta(weeks=8)
            Unreached.objects.create(person=person, cause="nothing", since=since)
    assert asked[0] == asked[1] <= 12, [one["sql"][:90] for one in caught]
