"""What changed in a file since who accompanies the person last looked."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.caseload import Person
from tests.personas import Town
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.journal.services import Act, record
from visavis.mailboxes import services as mailboxes
from visavis.mailboxes.enums import Voice
from visavis.mailboxes.services import Written
from visavis.people.models import Membership

pytestmark = pytest.mark.django_db

HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


@pytest.fixture
def looked(town: Town, person: Person) -> Any:
    """Bruno looked at Zita’s page three hours ago."""
    zita = person("Zita")
    # Until three in the morning that was yesterday, and he worked there then.
    Membership.objects.update(starts_on=clock.today() - dt.timedelta(days=2))
    with clock.moved(clock.now() - 3 * HOUR):
        look(town.client("bruno"), zita.pk)
    return zita


def look(client: Client, number: int) -> Any:
    response = client.get(reverse("portal:desk_person", args=[number]))
    assert response.status_code == 200
    return response


def wrote(town: Town, who: Any, at: dt.datetime, by: str = "") -> None:
    author = town.people[by] if by else who.user
    said = Written(body="Bonjour.", voice=Voice.OURS if by else Voice.THEIRS, author=author)
    with clock.moved(at):
        mailboxes.begin(person=who.user, subject="Une question", written=said, by=author)


def test_what_she_did_and_others_did_is_told_and_marked_and_ones_own_acts_are_not(
    town: Town, looked: Any
) -> None:
    wrote(town, looked, clock.now() - 4 * HOUR)
    wrote(town, looked, clock.now() - 2 * HOUR)
    wrote(town, looked, clock.now() - HOUR, by="bruno")
    with clock.moved(clock.now() - MINUTE):
        record(Act("changed", "assignment", looked.pk, looked.user_id), by=town.people["hugo"].pk)
    response = look(town.client("bruno"), looked.pk)
    said = [one.sentence for one in response.context["changes"]]
    for begins in ("La personne –", "Hugo, "):
        assert any(one.startswith(begins) for one in said)
    assert not [one for one in said if "Vous" in one or "Bruno" in one]
    marked = {(event.sentence, event.is_new) for event in response.context["timeline"].events}
    assert ("La personne a écrit (sur le site).", True) in marked
    assert ("La personne a écrit (sur le site).", False) in marked
    assert ("Bruno a écrit à la personne.", False) in marked
    assert "nouveau</span>" in response.content.decode()


def test_coming_back_within_half_an_hour_is_the_same_look_and_what_is_the_same_stands_on_one_line(
    town: Town, looked: Any
) -> None:
    for number in range(3):
        with clock.moved(clock.now() - 2 * HOUR + number * dt.timedelta(seconds=1)):
            record(Act("changed", "plan", 1, looked.user_id), by=looked.user_id)
    client = town.client("bruno")
    for _look in range(2):
        [line] = look(client, looked.pk).context["changes"]
        assert line.times == 3
    with clock.moved(clock.now() + HOUR):
        again = look(town.client("bruno"), looked.pk)
    assert not again.context["changes"] and again.context["looked_at"]
    assert "Personne n’a rien changé depuis." in again.content.decode()


def test_who_looks_for_the_first_time_is_told_nothing_also_where_another_looked(
    town: Town, looked: Any, person: Person
) -> None:
    other = person("Max")
    wrote(town, other, clock.now() - HOUR)
    response = look(town.client("bruno"), other.pk)
    assert response.context["looked_at"] is None and "changed" not in response.content.decode()
    assert Entry.objects.filter(note="looked", actor_id=town.people["bruno"].pk).exists()
    now_of = {"agency": town.other_agency, "counsellor": town.people["dario"]}
    type(looked).objects.filter(pk=looked.pk).update(**now_of)
    assert look(town.client("dario"), looked.pk).context["looked_at"] is None


def test_reading_her_file_elsewhere_is_no_look_and_opening_her_beside_is_one(town: Town, looked: Any) -> None:
    wrote(town, looked, clock.now() - 2 * HOUR)
    client, desk = town.client("bruno"), reverse("portal:desk")

    def counted() -> int:
        filters = client.get(desk).context["filters"]
        return next(one["count"] for one in filters if one["url"].endswith("=changed"))

    assert client.get(reverse("jobseekers:person_profile", args=[looked.pk])).status_code == 200
    assert counted() == 1
    piece = client.get(reverse("portal:desk_beside", args=[looked.pk])).content.decode()
    assert "Changé depuis mon dernier regard" in piece and "La personne –" in piece
    assert counted() == 0
