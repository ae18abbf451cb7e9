"""The town's past obeys the table of introductions, and every page of the first roles has something true."""

import datetime as dt
from collections import Counter, defaultdict

import pytest

from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.demo.roles import person
from visavis.introductions import flow, reasons
from visavis.introductions.enums import BOTH_SAID_YES, CLOSED, Act, Reason, Side, State
from visavis.introductions.models import FollowUp, Hire, Introduction, Step
from visavis.introductions.table import TABLE
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.journal import chain
from visavis.journal.models import Entry
from visavis.matches.models import IdealProfile
from visavis.news.models import News
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.usefixtures("filled", "db")]


def role(slug: str) -> User:
    found = person(slug)
    assert found is not None
    return found


@pytest.fixture
def hers() -> list[Introduction]:
    return list(Introduction.objects.filter(jobseeker__user=role("jobseeker")).with_card())


@pytest.fixture
def his() -> list[Introduction]:
    """Those of the demonstration's employer that his open vacancies tell."""
    return list(Introduction.objects.of_employer(role("employer")).filter(vacancy__state="open").with_card())


@pytest.fixture
def followed() -> list[Introduction]:
    return list(Introduction.objects.filter(jobseeker__counsellor=role("counsellor")).with_card())


# Every row ------------------------------------------------------------------------------------------


def test_every_step_is_in_the_table_and_follows_the_one_before() -> None:
    steps: dict[int, list[Step]] = defaultdict(list)
    for step in Step.objects.order_by("introduction", "number"):
        steps[step.introduction_id].append(step)
    for row in Introduction.objects.all():
        mine = steps[row.pk]
        assert [step.number for step in mine] == list(range(1, row.version + 1))
        before, at = "", row.opened_at
        for step in mine:
            assert step.from_state == before and step.at >= at
            known = State(before) if before else None
            assert TABLE.allows(known, Act(step.act), Side(step.side), State(step.to_state))
            before, at = step.to_state, step.at
        assert row.state == before and row.changed_at == at


def test_what_has_ended_says_when_by_whom_and_why() -> None:
    last = {step.introduction_id: step for step in Step.objects.order_by("number")}
    for row in Introduction.objects.filter(state__in=CLOSED):
        step = last[row.pk]
        assert (row.closed_at, row.reason) == (step.at, step.reason)
        assert row.closed_by == ("" if row.state == State.HIRED else step.side)
        if step.side != Side.SERVICE and row.state != State.HIRED:
            assert reasons.is_known(Side(step.side), Act(step.act), row.reason), (step.act, row.reason)


def test_nothing_happens_after_now() -> None:
    now = clock.now()
    assert not Introduction.objects.filter(changed_at__gt=now).exists()
    assert not Step.objects.filter(at__gt=now).exists()
    assert not News.objects.filter(at__gt=now).exists() | News.objects.filter(told_at__gt=now).exists()
    assert not FollowUp.objects.filter(answered_at__gt=now).exists()
    assert not Appointment.objects.filter(at__gt=now).exists()
    assert not Entry.objects.filter(at__gt=now).exists()
    assert not Hire.objects.filter(confirmed_at__gt=now).exists()


def test_it_goes_two_years_back() -> None:
    first = Introduction.objects.order_by("opened_at").first()
    assert first is not None and first.opened_at < clock.now() - dt.timedelta(days=600)


def test_a_vacancy_has_no_more_hires_than_positions_and_is_filled_when_it_has_as_many() -> None:
    seats = Counter(Hire.objects.filter(seat__isnull=False).values_list("vacancy", flat=True))
    for vacancy in Vacancy.objects.filter(pk__in=seats):
        assert seats[vacancy.pk] <= vacancy.positions
        assert (vacancy.state == Vacancy.State.FILLED) == (seats[vacancy.pk] == vacancy.positions)


def test_who_declared_a_hire_has_not_confirmed_it() -> None:
    for hire in Hire.objects.filter(confirmed_at__isnull=False):
        assert hire.declared_by_id and hire.confirmed_by_id
        assert hire.declared_by_id != hire.confirmed_by_id and hire.declared_side != hire.confirmed_side


def test_who_was_hired_looks_no_more_and_has_the_job_in_her_file() -> None:
    hires = Hire.objects.filter(confirmed_at__isnull=False, starts_on__lte=clock.today())
    for hire in hires.select_related("introduction__jobseeker", "vacancy"):
        jobseeker = hire.introduction.jobseeker
        assert not jobseeker.is_looking
        assert Experience.objects.filter(jobseeker=jobseeker, starts_on=hire.starts_on).exists()


def test_what_a_hire_ended_says_which_one() -> None:
    caused = Step.objects.filter(reason__in=[Reason.HIRED_ELSEWHERE, Reason.POSITION_FILLED])
    assert caused.exists()
    for step in caused.select_related("because_of"):
        assert step.because_of is not None and step.because_of.act == Act.CONFIRM


def test_the_sweep_finds_nothing_left_undone() -> None:
    assert (flow.expire(), flow.remind(), flow.ask_follow_ups(), flow.put_all()) == (0, 0, 0, 0)
    assert not News.objects.filter(state=News.State.WAITING).exists()


def test_three_questions_follow_each_hire_and_those_due_were_asked() -> None:
    hires = Hire.objects.filter(confirmed_at__isnull=False).count()
    assert FollowUp.objects.count() == 3 * hires
    assert not FollowUp.objects.filter(due_on__lte=clock.today(), asked_at=None).exists()
    assert not FollowUp.objects.filter(due_on__gt=clock.today(), asked_at__isnull=False).exists()
    answers = set(FollowUp.objects.values_list("answer", flat=True))
    assert {"still-there", "over", ""} <= answers


def test_the_journal_is_whole() -> None:
    chain.link()
    assert chain.broken() == []


def test_profiles_have_learnt_from_it() -> None:
    assert IdealProfile.objects.exists()


# The first roles ------------------------------------------------------------------------------------


def test_the_jobseeker_has_one_of_each(hers: list[Introduction]) -> None:
    states = Counter(row.state for row in hers)
    assert states[State.PROPOSED] >= 1 and states[State.PUT] + states[State.WANTED] >= 1
    assert states[State.AGREED] == 1 and states[State.INTERVIEW] == 1
    assert states[State.DECLINED] >= 2 and states[State.EXPIRED] >= 1 and states[State.WITHDRAWN] >= 1
    noted = [row for row in hers if row.state == State.PROPOSED and row.note]
    assert [row.answer_by for row in noted] == [clock.today() + dt.timedelta(days=5)]


def test_the_jobseeker_has_a_time_to_accept_and_an_interview_to_come(hers: list[Introduction]) -> None:
    to_accept = next(row for row in hers if row.state == State.AGREED)
    assert to_accept.meeting_by == Side.EMPLOYER and to_accept.meeting_agreed_at is None
    agreed = next(row for row in hers if row.state == State.INTERVIEW)
    assert agreed.meeting_at is not None and agreed.meeting_at > clock.now()


def test_the_jobseeker_reads_a_kind_reason(hers: list[Introduction]) -> None:
    refused = next(row for row in hers if row.closed_by == Side.EMPLOYER)
    assert reasons.helps(refused.reason, refused.closed_by)


def test_the_employer_has_people_to_answer_to_meet_and_to_confirm(his: list[Introduction]) -> None:
    by_state = Counter(row.state for row in his)
    assert 3 <= by_state[State.PUT] <= 6 and by_state[State.AGREED] >= 1
    silent = [row for row in his if row.state == State.INTERVIEW and not hasattr(row, "hire")]
    assert any(row.meeting_at and row.meeting_at < clock.now() for row in silent)
    to_confirm = [row for row in his if hasattr(row, "hire") and row.hire.is_pending]
    assert [row.hire.declared_side for row in to_confirm] == [Side.JOBSEEKER]
    two = Counter(row.vacancy_id for row in his if row.vacancy.positions == 2)
    assert max(two.values()) >= 3


def test_the_counsellor_has_something_in_every_list(followed: list[Introduction]) -> None:
    counsellor, tomorrow = role("counsellor"), clock.today() + dt.timedelta(days=1)
    proposed = [row.answer_by for row in followed if row.state == State.PROPOSED]
    assert len(proposed) >= 3 and any(day and day <= tomorrow for day in proposed)
    hires = [row.hire for row in followed if row.state in BOTH_SAID_YES and hasattr(row, "hire")]
    assert {hire.is_pending for hire in hires} == {True, False}
    due = FollowUp.objects.filter(
        asked_at__isnull=False, answered_at=None, hire__introduction__jobseeker__counsellor=counsellor
    )
    assert due.exists()


def test_the_counsellor_has_people_to_tell_and_one_without_any_address() -> None:
    counsellor = role("counsellor")
    assert News.objects.to_do_by(counsellor).values("user").distinct().count() >= 2
    alone = Jobseeker.objects.looking().filter(
        counsellor=counsellor, user__email__isnull=True, user__phone__isnull=True
    )
    assert alone.exists()


def test_nobody_has_more_waiting_than_the_limits_allow() -> None:
    put = Introduction.objects.filter(state=State.PUT, vacancy__state="open")
    assert max(Counter(put.values_list("vacancy", flat=True)).values()) <= 5
    proposed = Introduction.objects.filter(state=State.PROPOSED).values_list("jobseeker", flat=True)
    assert max(Counter(proposed).values()) <= 5
