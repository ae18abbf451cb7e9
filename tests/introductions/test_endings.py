"""What is read ends with the introduction: pages, the CV and the service for programs, for both sides."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests.personas import Town
from visavis.api import tokens
from visavis.api.scopes import grantable
from visavis.common import clock, keeping
from visavis.introductions import cards, flow, frozen, hires, lasting, limits, permissions, services
from visavis.introductions.enums import Side, State
from visavis.introductions.models import Frozen, Introduction
from visavis.jobseekers.models import Experience

pytestmark = pytest.mark.django_db


def put(town: Town) -> Introduction:
    Experience.objects.create(
        jobseeker=town.jobseeker, title="x", occupation=town.vacancy.occupation, months=30
    )
    services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    flow.put_next(town.vacancy.pk)
    return fresh()


def fresh() -> Introduction:
    return Introduction.objects.with_person().get()


def agreed(town: Town) -> Introduction:
    services.agree(introduction=put(town), by=town.people["chloe"])
    return fresh()


def hired(town: Town, terms: hires.Terms | None = None) -> Introduction:
    terms = terms or hires.Terms("permanent", clock.today())
    hires.declare(introduction=agreed(town), side=Side.EMPLOYER, terms=terms, by=town.people["chloe"])
    hires.confirm(introduction=fresh(), side=Side.JOBSEEKER, by=town.people["amelie"])
    return fresh()


def later(days: int) -> Any:
    return clock.moved(clock.now() + dt.timedelta(days=days))


def learn(town: Town) -> None:
    """She writes of two more years of the same work, and of a licence."""
    Experience.objects.update(months=54)
    town.jobseeker.licences = ["B"]
    town.jobseeker.save()


def read(town: Town, who: str, row: Introduction) -> str:
    return str(town.client(who).get(row.url).content.decode())


def test_what_she_changes_before_both_yes_or_after_a_no_taken_back_is_read(town: Town) -> None:
    services.refuse(introduction=put(town), reason="skills", by=town.people["chloe"])
    services.undo(introduction=fresh(), by=town.people["chloe"])
    learn(town)
    assert fresh().state == State.PUT
    assert "4 ans" in read(town, "chloe", fresh())


def test_what_both_yes_shared_stays_as_it_was_until_two_years_after_a_no_and_its_cv_until_the_no(
    town: Town,
) -> None:
    row = agreed(town)
    learn(town)
    page = read(town, "chloe", row)
    assert "2 ans" in page
    assert "4 ans" not in page
    assert cards.of_person(fresh()).licences == []
    address = reverse("cvs:introduction", kwargs={"introduction_id": row.pk})
    assert town.client("chloe").get(address).status_code == 200
    services.not_hire(introduction=row, side=Side.EMPLOYER, reason="skills", by=town.people["chloe"])
    assert town.client("chloe").get(address).status_code == 404
    assert address not in read(town, "chloe", row)
    assert "2 ans" in read(town, "chloe", row)
    assert town.people["amelie"].name not in read(town, "chloe", row)
    with later(730):
        assert town.client("chloe").get(row.url).status_code == 404
        assert town.client("amelie").get(row.url).status_code == 200
        listed = reverse("introductions:of_vacancy", kwargs={"vacancy_id": town.vacancy.pk})
        assert row.url not in town.client("chloe").get(listed).content.decode()


def test_what_stood_there_at_a_no_is_frozen_until_nobody_reads_it(town: Town) -> None:
    services.refuse(introduction=put(town), reason="skills", by=town.people["chloe"])
    learn(town)
    assert "2 ans" in read(town, "chloe", fresh())
    assert "4 ans" not in read(town, "chloe", fresh())
    assert keeping.forget()["what introductions showed"] == 0
    with later(limits.READ_AFTER_END.days + 1):
        assert keeping.forget()["what introductions showed"] == 1
    assert not Frozen.objects.exists()
    # An end that is not frozen shows nothing of today.
    assert frozen.shown(fresh()) == frozen.Work()
    assert "4 ans" not in read(town, "chloe", fresh())


def test_after_a_hire_the_contact_closes_before_the_name(town: Town) -> None:
    row = hired(town)
    town.people["amelie"].email = "amelie.neuve@example.org"
    town.people["amelie"].save()
    assert cards.of_person(fresh()).identity == cards.Identity(
        "Amélie", "amelie.neuve@example.org", town.people["amelie"].phone or "", "Le site et l’e-mail"
    )
    with later(limits.CONTACT_AFTER_START.days + 1):
        assert cards.of_person(fresh()).identity == cards.Identity("Amélie")
        assert cards.of_employer(fresh()).identity == cards.Identity("Chloé")
        assert "amelie.neuve" not in read(town, "chloe", row)
    with later(limits.NAMES_AFTER_START.days + 1):
        assert not permissions.identity_is_shared(fresh())
        assert "Amélie" not in read(town, "chloe", row)
        assert "Chloé" not in read(town, "amelie", row)


def test_both_are_told_how_long(town: Town) -> None:
    row = agreed(town)
    assert "210" in lasting.words(row, Side.EMPLOYER) == lasting.words(row, Side.JOBSEEKER)
    assert "210" in read(town, "chloe", row) and "210" in read(town, "amelie", row)
    services.not_hire(introduction=row, side=Side.EMPLOYER, reason="skills", by=town.people["chloe"])
    assert all("maintenant masqués" in read(town, name, row) for name in ("chloe", "amelie"))


def test_a_program_reads_no_more_than_a_page_and_the_name_until_the_last_question_is_answered(
    town: Town,
) -> None:
    row = hired(town)
    learn(town)
    said = asked(town, row)
    assert said["person"] == "Amélie"
    assert said["person_card"]["licences"] == []
    assert said["names_until"] == str(clock.today() + limits.NAMES_AFTER_START)
    with later(limits.NAMES_AFTER_START.days + 1):
        closed = asked(town, row)
        assert "Amélie" not in str(closed)
        assert closed["person_card"]["identity"] is None
    last = row.hire.follow_ups.last()
    until = lasting.names_until(row)
    assert last is not None and until is not None
    assert last.due_on + dt.timedelta(days=20) < until


def asked(town: Town, row: Introduction) -> Any:
    """Ask as the employer's program."""
    user = town.people["chloe"]
    said = {"name": "x", "scopes": grantable(user), "days": 7, "has_second_factor": True}
    _token, key = tokens.create(user=user, **said)
    headers = {"Authorization": f"Bearer {key}"}
    return town.client("visitor").get(f"/api/v1/introductions/{row.pk}", headers=headers).json()


def test_both_yes_of_before_are_frozen_by_the_sweep(town: Town) -> None:
    agreed(town)
    Frozen.objects.all().delete()
    flow.sweep()
    learn(town)
    assert "2 ans" in read(town, "chloe", fresh())
