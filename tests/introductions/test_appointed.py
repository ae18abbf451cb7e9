"""A meeting of an introduction is an appointment: her time is taken, whoever books, and one calendar holds it."""

import datetime as dt

import pytest

from tests import factories
from tests.appointments.making import always_open, booked, kind, receives
from tests.introductions import times
from tests.personas import Town
from visavis.appointments import elsewhere
from visavis.appointments.models import Meeting, Quantum
from visavis.appointments.services import Elsewhere
from visavis.introductions import flow, services, undoing, waiting
from visavis.introductions.enums import Side
from visavis.introductions.models import Introduction
from visavis.introductions.stories import Group

pytestmark = pytest.mark.django_db


def anew() -> Introduction:
    return Introduction.objects.with_person().get()


@pytest.fixture
def agreed(town: Town, row: Introduction) -> Introduction:
    """Both agree on a time."""
    services.take_time(introduction=propose(town, row), side=Side.JOBSEEKER, by=town.people["amelie"])
    return anew()


def propose(town: Town, row: Introduction, day: int = 5) -> Introduction:
    plan = times.plan(day)
    services.set_time(introduction=row, side=Side.EMPLOYER, plan=plan, by=town.people["chloe"])
    return anew()


def taken(town: Town) -> int:
    return Quantum.objects.filter(person=town.people["amelie"]).count()


@pytest.mark.database
def test_a_time_that_both_agree_on_is_hers_until_it_is_cancelled_and_again_when_that_is_taken_back(
    town: Town, agreed: Introduction
) -> None:
    meeting = Meeting.objects.get()
    assert (meeting.starts_at, meeting.is_off, taken(town)) == (agreed.meeting_at, False, 6)
    always_open(town.agency)
    receives(town.agency, town.people["bruno"], ((0, 1440),))
    with pytest.raises(Elsewhere):
        booked(kind(town.agency), meeting.starts_at, town.people["amelie"], town.people["bruno"])
    assert agreed.url in town.client("amelie").get("/appointments/").text
    amelie = town.people["amelie"]
    services.cancel(introduction=agreed, side=Side.JOBSEEKER, reason="prevented", by=amelie)
    assert (taken(town), Meeting.objects.get().is_off) == (0, True)
    undoing.undo(introduction=anew(), by=amelie)
    assert (taken(town), Meeting.objects.get().is_off) == (6, False)
    assert Meeting.objects.get().sequence == 2


@pytest.mark.database
def test_a_time_at_which_she_has_an_appointment_is_not_agreed_on(town: Town, row: Introduction) -> None:
    proposed = propose(town, row)
    assert proposed.meeting_at is not None
    elsewhere.agree(
        person=town.people["amelie"],
        starts_at=proposed.meeting_at,
        ends_at=proposed.meeting_at + dt.timedelta(minutes=5),
    )
    with pytest.raises(elsewhere.TakenThen):
        services.take_time(introduction=proposed, side=Side.JOBSEEKER, by=town.people["amelie"])
    proposed.refresh_from_db()
    assert (proposed.state, proposed.meeting) == ("agreed", None)


def test_she_proposes_no_time_at_which_she_is_expected_elsewhere(town: Town, agreed: Introduction) -> None:
    plan = times.plan(5)
    amelie = town.people["amelie"]
    elsewhere.agree(
        person=amelie, starts_at=times.at_ten(12), ends_at=times.at_ten(12) + dt.timedelta(minutes=30)
    )
    with pytest.raises(elsewhere.TakenThen, match="10"):
        services.set_time(introduction=agreed, side=Side.JOBSEEKER, plan=times.plan(12), by=amelie)
    services.set_time(introduction=agreed, side=Side.JOBSEEKER, plan=plan, by=amelie)
    assert anew().meeting_at == plan.times[0]


def test_meetings_are_listed_in_the_order_of_their_days(town: Town, agreed: Introduction) -> None:
    amelie, chloe = town.people["amelie"], town.people["chloe"]
    sooner = services.want(
        jobseeker=town.jobseeker, vacancy=factories.VacancyFactory(employer=town.employer), by=amelie
    )
    flow.put_next(sooner.vacancy_id)
    services.agree(introduction=sooner, by=chloe)
    services.set_time(introduction=sooner, side=Side.EMPLOYER, plan=times.plan(2), by=chloe)
    services.take_time(introduction=sooner, side=Side.JOBSEEKER, by=amelie)
    found = waiting.listed(waiting.HER_OPEN(amelie.pk), Side.JOBSEEKER)[Group.TO_MEET]
    assert [one.row.pk for one in found] == [sooner.pk, agreed.pk]
