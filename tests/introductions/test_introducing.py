"""From a wish to both yes, to a hire, with real people of the town."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from time_machine import TimeMachineFixture

from tests import factories
from tests.introductions import times
from tests.personas import Town
from visavis.common import clock
from visavis.introductions import cards, flow, hires, limits, services
from visavis.introductions.enums import NewsKind, Side, State
from visavis.introductions.models import FollowUp, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.news.models import News
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db

TERMS = hires.Terms("permanent", clock.today() + dt.timedelta(days=6))


@pytest.fixture
def wanted(town: Town, django_capture_on_commit_callbacks: object) -> Introduction:
    """Amélie wishes to meet Chloé's firm, and was put to her."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        row = services.want(
            jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"], score=1.0
        )
    return fresh(row)


def fresh(row: Introduction) -> Introduction:
    return Introduction.objects.with_card().get(pk=row.pk)


def agreed(town: Town, row: Introduction) -> Introduction:
    services.agree(introduction=row, by=town.people["chloe"])
    return fresh(row)


def another(town: Town, **fields: object) -> Jobseeker:
    return factories.JobseekerFactory(agency=town.agency, counsellor=town.people["bruno"], **fields)


def test_a_wish_is_put_to_the_employer_who_is_told_and_who_alone_answers_and_takes_it_back(
    town: Town, wanted: Introduction
) -> None:
    assert wanted.state == State.PUT
    told = News.objects.get(thing_id=wanted.pk, user=town.people["chloe"])
    assert (told.kind, told.told_at is not None) == (NewsKind.TO_ANSWER, True)
    with pytest.raises(services.Moved):
        services.agree(introduction=wanted, by=town.people["chloe"], seen=wanted.version - 1)
    for name in ("emile", "amelie", "dario", "gael"):
        with pytest.raises(services.NotYours):
            services.agree(introduction=wanted, by=town.people[name])
    town.people["amelie"].phone = "+33612345678"
    town.people["amelie"].save()
    row = agreed(town, wanted)
    with pytest.raises(services.NotNow):
        services.undo(introduction=row, by=town.people["amelie"])
    identity = cards.of_person(row).identity
    assert identity is not None
    # A number is read as people write it.
    assert identity.phone_shown == town.people["amelie"].phone_shown == "06 12 34 56 78"


@pytest.mark.database
def test_a_hire_closes_what_it_makes_vain_and_taken_back_opens_it_again(
    town: Town, wanted: Introduction
) -> None:
    elsewhere = factories.VacancyFactory(employer=town.other_employer)
    other = services.want(jobseeker=town.jobseeker, vacancy=elsewhere, by=town.people["amelie"])
    rival = services.want(jobseeker=another(town), vacancy=town.vacancy, by=town.people["bruno"])
    row = agreed(town, wanted)
    hires.declare(introduction=row, side=Side.EMPLOYER, terms=TERMS, by=town.people["chloe"])
    hires.confirm(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    town.vacancy.refresh_from_db()
    town.jobseeker.refresh_from_db()
    assert fresh(row).state == State.HIRED
    assert (fresh(other).reason, fresh(rival).reason) == ("hired-elsewhere", "position-filled")
    assert (town.vacancy.state, town.jobseeker.is_looking) == (Vacancy.State.FILLED, False)
    assert [question.months for question in FollowUp.objects.all()] == [1, 3, 6]
    services.undo(introduction=row, by=town.people["amelie"])
    town.vacancy.refresh_from_db()
    town.jobseeker.refresh_from_db()
    assert (fresh(row).state, fresh(other).state) == (State.AGREED, State.WANTED)
    assert (town.vacancy.state, town.jobseeker.is_looking) == (Vacancy.State.OPEN, True)
    assert not FollowUp.objects.exists()


@pytest.mark.database
def test_two_positions_take_two_hires_and_no_third(town: Town) -> None:
    Vacancy.objects.filter(pk=town.vacancy.pk).update(positions=2)
    rows = []
    for _number in range(3):
        row = services.want(jobseeker=another(town), vacancy=town.vacancy, by=town.people["bruno"])
        flow.put_next(town.vacancy.pk)
        rows.append(agreed(town, fresh(row)))
        hires.declare(introduction=rows[-1], side=Side.EMPLOYER, terms=TERMS, by=town.people["chloe"])
    for row in rows[:2]:
        hires.confirm(introduction=row, side=Side.COUNSELLOR, by=town.people["bruno"])
    with pytest.raises(hires.AllFilled):
        hires.confirm(introduction=rows[2], side=Side.COUNSELLOR, by=town.people["bruno"])
    assert fresh(rows[2]).reason == "position-filled"


@pytest.mark.database
def test_an_answer_frees_the_place_of_the_next(
    town: Town, django_capture_on_commit_callbacks: object
) -> None:
    for number in range(limits.AT_ONCE + 1):
        services.want(
            jobseeker=another(town), vacancy=town.vacancy, by=town.people["bruno"], score=float(number)
        )
    flow.put_next(town.vacancy.pk)
    best = Introduction.objects.get(score=5.0)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.refuse(introduction=best, reason="skills", by=town.people["chloe"])
    assert Introduction.objects.get(score=0.0).state == State.PUT


def test_a_person_has_so_many_in_course(town: Town) -> None:
    for _number in range(limits.MOST_OPEN):
        vacancy = factories.VacancyFactory(employer=town.employer)
        services.want(jobseeker=town.jobseeker, vacancy=vacancy, by=town.people["amelie"])
    with pytest.raises(services.TooMany):
        services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])


def test_a_proposal_not_answered_in_time_ends_and_an_employer_is_reminded_before(
    town: Town, wanted: Introduction, time_machine: TimeMachineFixture
) -> None:
    began, elsewhere = clock.now(), factories.VacancyFactory(employer=town.employer)
    row = services.propose(jobseeker=town.jobseeker, vacancy=elsewhere, by=town.people["bruno"])
    assert row.answer_by == clock.today() + dt.timedelta(days=limits.ANSWER_DAYS)
    time_machine.move_to(began + dt.timedelta(days=limits.ANSWER_DAYS + 1))
    with pytest.raises(services.TooLate):
        services.accept(introduction=row, by=town.people["amelie"])
    assert flow.expire() == 1
    assert flow.expire() == 0
    assert fresh(row).state == State.EXPIRED
    told = News.objects.filter(user=town.people["amelie"], kind=NewsKind.EXPIRED)
    assert told.count() == 1
    time_machine.move_to(began + dt.timedelta(days=15))
    assert (flow.remind(), flow.remind()) == (1, 0)
    time_machine.move_to(began + dt.timedelta(days=61))
    flow.expire()
    assert fresh(wanted).state == State.EXPIRED
    assert told.count() == 2


def test_both_have_said_yes_when_she_accepts_what_the_employer_asked(town: Town) -> None:
    row = services.ask(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["chloe"])
    assert cards.of_person(row).identity is None
    services.accept(introduction=row, by=town.people["amelie"])
    assert fresh(row).state == State.AGREED


def test_who_declared_a_hire_cannot_confirm_it_and_a_follow_up_is_asked_and_answered_once(
    town: Town, wanted: Introduction, time_machine: TimeMachineFixture
) -> None:
    row = agreed(town, wanted)
    plan = times.plan(3, "on-site")
    services.set_time(introduction=row, side=Side.EMPLOYER, plan=plan, by=town.people["chloe"])
    with pytest.raises(services.NotNow):
        services.take_time(introduction=row, side=Side.EMPLOYER, by=town.people["chloe"])
    services.take_time(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    assert fresh(row).state == State.INTERVIEW
    hires.declare(introduction=row, side=Side.EMPLOYER, terms=TERMS, by=town.people["bruno"])
    with pytest.raises(services.NotNow):
        hires.confirm(introduction=row, side=Side.COUNSELLOR, by=town.people["bruno"])
    hires.confirm(introduction=row, side=Side.JOBSEEKER, by=town.people["amelie"])
    time_machine.move_to(clock.now() + dt.timedelta(days=38))
    assert (flow.ask_follow_ups(), flow.ask_follow_ups()) == (1, 0)
    question = FollowUp.objects.get(months=1)
    answer = {"answer": "still-there", "side": Side.JOBSEEKER, "by": town.people["amelie"]}
    hires.answer_follow_up(question=question, **answer)  # type: ignore[arg-type]
    with pytest.raises(services.NotNow):
        hires.answer_follow_up(question=question, **answer)  # type: ignore[arg-type]


def test_an_answer_is_taken_back_for_a_day_only(
    town: Town, wanted: Introduction, time_machine: TimeMachineFixture
) -> None:
    services.refuse(introduction=wanted, reason="skills", by=town.people["chloe"])
    services.undo(introduction=wanted, by=town.people["chloe"])
    assert fresh(wanted).state == State.PUT
    services.refuse(introduction=wanted, reason="skills", by=town.people["chloe"])
    time_machine.move_to(clock.now() + dt.timedelta(days=1, minutes=1))
    with pytest.raises(services.TooLateToUndo):
        services.undo(introduction=wanted, by=town.people["chloe"])


def test_a_vacancy_that_closes_ends_what_waits_as_was_said_before_and_not_what_meets(
    town: Town, wanted: Introduction
) -> None:
    url, chloe = reverse("vacancies:close", args=[town.vacancy.pk]), town.client("chloe")
    assert "1 personne souhaite travailler ici" in chloe.get(url).content.decode()
    row = agreed(town, wanted)
    assert "souhaite travailler ici" not in chloe.get(url).content.decode()
    waiting = services.want(jobseeker=another(town), vacancy=town.vacancy, by=town.people["bruno"])
    Vacancy.objects.filter(pk=town.vacancy.pk).update(state=Vacancy.State.CLOSED)
    assert (flow.close_behind(), flow.close_behind()) == (1, 0)
    assert (fresh(row).state, fresh(waiting).reason) == (State.AGREED, "vacancy-closed")


# When a person was last heard is kept with it, and filled for what began before -----------------------


def test_a_side_that_is_not_hers_is_not_her_and_what_began_before_is_filled_from_its_steps(
    town: Town,
) -> None:
    vacancy = factories.VacancyFactory(employer=town.employer)
    row = services.propose(jobseeker=town.jobseeker, vacancy=vacancy, by=town.people["bruno"])
    assert row.heard_at is None
    services.accept(introduction=row, by=town.people["amelie"])
    row.refresh_from_db()
    assert row.heard_at == row.steps.filter(side=Side.JOBSEEKER).latest("number").at
    Introduction.objects.update(heard_at=None)
    import_module("visavis.introductions.migrations.0015_when_heard").keep(apps, None)
    row.refresh_from_db()
    assert row.heard_at == row.steps.filter(side=Side.JOBSEEKER).latest("number").at
