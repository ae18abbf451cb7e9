"""Reception has before it whom nothing has reached for weeks: it is told, asks what works now, and that closes it."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from tests import factories
from tests.counter.making import at_desk, stands
from tests.personas import Town
from visavis.common import clock
from visavis.journal.models import Entry
from visavis.people.enums import Role
from visavis.queues import services as queue
from visavis.unreached import closing
from visavis.unreached.closing import Noted
from visavis.unreached.enums import Outcome, Way
from visavis.unreached.models import Attempt, Unreached

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HINT = "Rien n’a atteint cette personne depuis des semaines."


def here(town: Town) -> str:
    return reverse("unreached:here", args=[town.jobseeker.pk])


def text(town: Town, name: str, url: str) -> str:
    return town.client(name).get(url).content.decode().replace("\xa0", " ")


def said(**more: Any) -> dict[str, Any]:
    return {"outcome": "new-address", "form": str(uuid.uuid4())} | more


def test_reception_is_told_wherever_she_stands_before_it_until_it_is_closed(town: Town) -> None:
    row, rosa = town.unreached, town.people["rosa"]
    Unreached.objects.filter(pk=row.pk).update(rests_until=clock.today().replace(year=2099))
    file = reverse("jobseekers:person", args=[town.jobseeker.pk])
    assert HINT in text(town, "rosa", file), "she is here now, though it was put off"
    Unreached.objects.filter(pk=row.pk).update(rests_until=None)
    at_desk(town)
    urls = [
        file,
        reverse("counter:open", args=[town.jobseeker.pk]),
        reverse("counter:person", args=[stands(town).pk]),
    ]
    for url in urls:
        shown = text(town, "rosa", url)
        assert HINT in shown and f'href="{here(town)}"' in shown, url
    board = reverse("queues:board", args=[town.agency.pk])
    read = Entry.objects.filter(thing="unreached", thing_id=str(row.pk), action="read", actor_id=rosa.pk)
    before = read.count()
    for _again in range(3):
        shown = text(town, "rosa", board)
        assert HINT in shown and f'href="{here(town)}"' in shown
    assert [one.person_id for one in read][before:] == [row.person_id], "once a ticket"
    closing.note(
        unreached=row, noted=Noted(Outcome.REACHED, Way.PHONE), form=uuid.uuid4(), by=town.people["bruno"]
    )
    for url in (*urls, board):
        assert HINT not in text(town, "rosa", url), url


def test_it_is_said_from_the_first_call_on_and_of_nobody_else_in_the_queue(town: Town) -> None:
    assert town.unreached
    board = reverse("queues:board", args=[town.agency.pk])
    ticket = queue.come_in(agency=town.agency, by=town.people["rosa"], person=town.people["amelie"])
    assert HINT not in text(town, "rosa", board)
    queue.call(ticket=ticket, desk="1", by=town.people["rosa"])
    assert HINT in text(town, "rosa", board)
    paula = factories.UserFactory(
        name="Paula", role=Role.RECEPTION, role__organisation=town.agency.organisation
    )
    town.people["paula"] = paula
    assert HINT not in text(town, "paula", board)


def test_what_she_says_closes_it_with_who_and_how_once_a_form(town: Town) -> None:
    row, form, rosa = town.unreached, said(), town.client("rosa")
    assert rosa.get(here(town)).status_code == 200
    for _ in range(2):
        answer = rosa.post(here(town), form)
        assert answer["Location"] == reverse("jobseekers:person", args=[town.jobseeker.pk])
    row.refresh_from_db()
    attempt = Attempt.objects.get()
    assert (row.outcome, attempt.way, attempt.by) == (Outcome.NEW_ADDRESS, Way.VISIT, town.people["rosa"])
    written = Entry.objects.filter(
        thing="unreached", person_id=row.person_id, actor_id=town.people["rosa"].pk
    )
    assert sorted(written.values_list("action", flat=True)) == ["changed", "read"]
    assert rosa.get(here(town)).status_code == 302


def test_nothing_chosen_closes_nothing_and_only_her_reception_is_told(town: Town) -> None:
    rosa = town.client("rosa")
    assert rosa.get(here(town)).status_code == 404, "who is not listed has no page"
    row = town.unreached
    for wrong in ({"outcome": ""}, {"outcome": "deceased"}):
        assert rosa.post(here(town), said(**wrong)).status_code == 400
    row.refresh_from_db()
    assert row.closed_at is None
    Unreached.objects.filter(pk=row.pk).update(cause="failed", channel="sms")
    shown = text(town, "rosa", here(town))
    assert reverse("jobseekers:person_reach", args=[town.jobseeker.pk]) in shown
    assert "SMS" not in shown.partition("<main")[2].partition("</main")[0]
    assert town.unreached
    file = reverse("jobseekers:person", args=[town.jobseeker.pk])
    for name in ("bruno", "hugo"):
        assert HINT not in text(town, name, file)
    other = factories.UserFactory(
        name="Olga", role=Role.RECEPTION, role__organisation=town.other_agency.organisation
    )
    town.people["olga"] = other
    for name in ("bruno", "hugo", "dario", "olga", "amelie"):
        assert town.client(name).get(here(town)).status_code == 404
        assert town.client(name).post(here(town), said()).status_code == 404
    assert not Attempt.objects.exists()
