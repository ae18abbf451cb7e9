"""Introductions and hires through the programs of both sides."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.conftest import MakeProgram, Program
from tests.introductions import times
from tests.personas import Town
from visavis.common import clock
from visavis.introductions import services
from visavis.introductions.models import FollowUp, Hire, Introduction
from visavis.journal.models import Entry
from visavis.people.addresses import Address
from visavis.people.services import change_address

# Whatever tells who she is.
HERS = ("Amélie", "amelie@example.org", "06 12 34 56 78", "+33612345678", "Valence (Dr", "Fournil d")


@pytest.fixture
def amelie(town: Town, program: MakeProgram) -> Program:
    town.job.employer = "Fournil d’avant"
    town.job.save()
    user = town.people["amelie"]
    change_address(user=user, address=Address("phone", "+33612345678"), by=user)
    return program("amelie")


@pytest.fixture
def chloe(town: Town, program: MakeProgram) -> Program:
    return program("chloe")


def said(answer: Any, status: int = 200) -> dict[str, Any]:
    found: dict[str, Any] = answer.json()
    assert answer.status_code == status, found
    return found


def act(who: Program, row: dict[str, Any], path: str, **more: Any) -> dict[str, Any]:
    """Answer the introduction as it is now."""
    now = said(who.get(f"/introductions/{row['id']}"))
    return said(who.post(f"/introductions/{row['id']}/{path}", {"version": now["version"], **more}))


def wanted(town: Town, amelie: Program) -> dict[str, Any]:
    return said(amelie.post("/introductions", {"vacancy_id": town.vacancy.pk}), 201)


@pytest.fixture
def row(town: Town, amelie: Program, django_capture_on_commit_callbacks: Any) -> dict[str, Any]:
    """Her wish, which reaches the employer after the commit."""
    with django_capture_on_commit_callbacks(execute=True):
        return wanted(town, amelie)


def everything(who: Program, row: dict[str, Any], town: Town) -> str:
    """Return all that a program of the other side can read."""
    paths = [
        "/introductions",
        f"/introductions/{row['id']}",
        "/hires",
        f"/vacancies/{town.vacancy.pk}/candidates",
        f"/vacancies/{town.vacancy.pk}",
        "/vacancies/mine",
    ]
    return "\n".join(who.get(path).content.decode() for path in paths)


def test_both_read_who_the_other_is_once_both_said_yes_and_nothing_after_a_no(
    town: Town, amelie: Program, chloe: Program, row: dict[str, Any]
) -> None:
    assert said(chloe.get(f"/introductions/{row['id']}"))["state"] == "put"
    text = everything(chloe, row, town)
    assert not [word for word in HERS if word in text]
    assert "chloe@example.org" not in amelie.get(f"/introductions/{row['id']}").content.decode()
    agreed = act(chloe, row, "agree")
    assert agreed["person_card"]["identity"]["name"] == "Amélie"
    hers = said(amelie.get(f"/introductions/{row['id']}"))
    assert hers["employer_card"]["identity"]["name"] == "Chloé"
    act(amelie, row, "withdraw", reason="found-work")
    text = everything(chloe, row, town)
    assert not [word for word in HERS if word in text]


def test_from_a_wish_to_a_hire_that_lasts(amelie: Program, chloe: Program, row: dict[str, Any]) -> None:
    act(chloe, row, "agree")
    at = times.at_ten(3).isoformat()
    where = {"address": "8 rue des Fours", "phone": "04 75 00 00 01"}
    assert act(chloe, row, "meeting", at=at, place="on-site", **where)["meeting"]["contact"] == "Chloé"
    assert act(amelie, row, "meeting/accept")["state"] == "interview"
    first = (clock.today() - dt.timedelta(days=40)).isoformat()
    act(chloe, row, "hire", kind="permanent", starts_on=first, hours_week=35)
    hired = act(amelie, row, "hire/confirm")
    assert (hired["state"], hired["hire"]["is_confirmed"]) == ("hired", True)
    assert len(said(chloe.get("/hires"))["items"]) == 1
    kept = said(amelie.post(f"/introductions/{row['id']}/follow-ups/1", {"answer": "still-there"}))
    assert kept["follow_ups"][0]["answer"] == "still-there"
    assert FollowUp.objects.get(months=1).answered_side == "jobseeker"
    assert amelie.post(f"/introductions/{row['id']}/follow-ups/1", {"answer": "left"}).status_code == 409


def test_an_employer_says_where_to_meet_and_which_number_to_call_also_when_he_takes_her_time(
    chloe: Program, row: dict[str, Any], amelie: Program
) -> None:
    version = act(chloe, row, "agree")["version"]
    meeting = {"version": version, "at": times.at_ten(3).isoformat(), "place": "on-site"}
    meeting |= {"address": "8 rue des Fours", "phone": "04 75 00 00 01"}
    for missing in ("address", "phone"):
        answer = chloe.post(f"/introductions/{row['id']}/meeting", meeting | {missing: ""})
        assert answer.status_code == 409 and "write" in answer.content.decode().lower()
    version = act(amelie, row, "meeting", at=times.at_ten(3).isoformat(), place="on-site")["version"]
    whole = {"version": version, "address": "8 rue des Fours", "phone": "04 75 00 00 01"}
    where = f"/introductions/{row['id']}/meeting/accept"
    for missing in ("address", "phone"):
        answer = chloe.post(where, whole | {missing: ""})
        assert answer.status_code == 409 and "write" in answer.content.decode().lower()
    assert chloe.post(where, whole | {"phone": "12"}).status_code == 422
    taken = said(chloe.post(where, whole))
    assert taken["state"] == "interview"
    assert (taken["meeting"]["address"], taken["meeting"]["contact"]) == ("8 rue des Fours", "Chloé")
    assert said(amelie.get(f"/introductions/{row['id']}"))["meeting"]["phone"].endswith("475000001")


def test_a_counsellor_proposes_she_answers_and_another_agency_proposes_nothing(
    town: Town, program: MakeProgram, amelie: Program
) -> None:
    sent = {"vacancy_id": town.vacancy.pk}
    assert program("dario").post(f"/people/{town.jobseeker.pk}/introductions", sent).status_code == 404
    sent = {"vacancy_id": town.vacancy.pk, "note": "Regardez celle-ci."}
    row = said(program("bruno").post(f"/people/{town.jobseeker.pk}/introductions", sent), 201)
    assert row["state"] == "proposed"
    assert said(amelie.get(f"/introductions/{row['id']}"))["note"] == "Regardez celle-ci."
    declined = act(amelie, row, "decline", reason="too-far")
    assert declined["state"] == "declined"


def test_what_does_not_go_is_refused_with_its_sentence_and_stays_unseen_by_strangers(
    town: Town, amelie: Program, program: MakeProgram, chloe: Program
) -> None:
    row = wanted(town, amelie)
    for stranger in ("gael", "dario", "emile"):
        other = program(stranger)
        assert other.get(f"/introductions/{row['id']}").status_code == 404
        assert said(other.get("/introductions"))["items"] == []
        for path in ("accept", "agree", "undo", "hire/confirm"):
            assert other.post(f"/introductions/{row['id']}/{path}", {"version": 1}).status_code == 404
    refused = amelie.post(f"/introductions/{row['id']}/accept", {"version": row["version"]})
    assert said(refused, 409)["type"].endswith("#refused")
    twice = said(amelie.post("/introductions", {"vacancy_id": town.vacancy.pk}), 409)
    assert twice["detail"].endswith(".")
    assert chloe.get(f"/introductions/{row['id']}").status_code == 404


def test_each_answers_for_her_own_side_what_can_be_done_now_and_reading_it_is_in_the_journal(
    town: Town, amelie: Program, chloe: Program, row: dict[str, Any]
) -> None:
    version = said(amelie.get(f"/introductions/{row['id']}"))["version"]
    possible = said(chloe.get(f"/introductions/{row['id']}"))["possible"]
    chloe.get("/introductions")
    read = Entry.objects.readings().filter(thing="introduction")
    assert [entry.actor_id for entry in read] == [town.people["chloe"].pk] * 2
    for side in (None, "employer", "counsellor"):
        sent = {"version": version, "side": side}
        assert amelie.post(f"/introductions/{row['id']}/agree", sent).status_code == 409
    assert Introduction.objects.get().state == "put"
    assert [one["act"] for one in possible] == ["agree", "refuse"]
    assert "experience" in possible[1]["reasons"]
    refused = chloe.post(f"/introductions/{row['id']}/agree", {"version": 99})
    assert said(refused, 409)["type"].endswith("#stale")
    assert Introduction.objects.get().employer_yes_at is None
    act(chloe, row, "refuse", reason="experience")
    assert act(chloe, row, "undo")["state"] == "put"


def test_a_hire_needs_a_day_that_is_and_another_who_confirms(
    chloe: Program, row: dict[str, Any], amelie: Program
) -> None:
    act(chloe, row, "agree")
    sent = {"version": 1, "kind": "permanent", "starts_on": "2027-02-30"}
    wrong = said(chloe.post(f"/introductions/{row['id']}/hire", sent), 422)["errors"]
    assert [one["field"] for one in wrong] == ["starts_on"]
    act(chloe, row, "hire", kind="permanent", starts_on=clock.today().isoformat())
    version = said(chloe.get(f"/introductions/{row['id']}"))["version"]
    own = chloe.post(f"/introductions/{row['id']}/hire/confirm", {"version": version})
    assert own.status_code == 409
    assert Hire.objects.get().confirmed_at is None
    assert act(amelie, row, "hire/dispute")["hire"]["is_disputed"] is True


def test_a_list_asks_the_database_no_more_for_more_rows(town: Town, program: MakeProgram) -> None:
    bruno, now = town.people["bruno"], clock.now()
    asked = program("bruno")
    counted: dict[str, list[int]] = {"/introductions": [], "/hires": []}
    hired = {"state": "hired", "jobseeker_yes_at": now, "employer_yes_at": now, "closed_at": now}
    terms = {"kind": "permanent", "starts_on": clock.today(), "declared_side": "employer"}
    for number in range(1, 4):
        person = factories.JobseekerFactory(agency=town.agency, counsellor=bruno)
        vacancy = factories.VacancyFactory(employer=town.employer)
        row = services.propose(jobseeker=person, vacancy=vacancy, by=bruno)
        Introduction.objects.filter(pk=row.pk).update(**hired)
        hire = Hire.objects.create(introduction=row, vacancy=vacancy, **terms)
        FollowUp.objects.create(hire=hire, months=1, due_on=clock.today())
        for path, numbers in counted.items():
            with CaptureQueriesContext(connection) as queries:
                assert len(said(asked.get(path))["items"]) == number
            numbers.append(len(queries))
    # The first time, the use of the token is noted.
    assert all(numbers[1] == numbers[2] <= 16 for numbers in counted.values()), counted
