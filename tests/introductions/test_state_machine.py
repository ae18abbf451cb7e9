"""No sequence of acts by anybody reaches a state outside the table, loses an answer, or tells two stories."""

import datetime as dt
from collections.abc import Callable

import hypothesis
import pytest
from hypothesis import strategies as st

from tests import factories, personas
from tests.common.examples import examples
from tests.introductions import times
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.introductions import cards, flow, hires, permissions, services
from visavis.introductions.enums import BOTH_SAID_YES, CLOSED, OPEN, Act, Side, State
from visavis.introductions.models import Hire, Introduction, Step
from visavis.introductions.models.introduction import REACHED
from visavis.introductions.table import TABLE
from visavis.people.models import User
from visavis.vacancies.models import Vacancy

ACTORS = ("amelie", "bruno", "chloe", "emile", "dario", "gael", "hugo")
TERMS = hires.Terms("permanent", clock.today() + dt.timedelta(days=6))

type Do = Callable[[Introduction, User, Side], object]

ON_ONE: dict[str, Do] = {
    "accept": lambda row, by, side: services.accept(introduction=row, by=by),
    "decline": lambda row, by, side: services.decline(introduction=row, reason="pay", by=by),
    "agree": lambda row, by, side: services.agree(introduction=row, by=by),
    "refuse": lambda row, by, side: services.refuse(introduction=row, reason="skills", by=by),
    "withdraw": lambda row, by, side: services.withdraw(introduction=row, side=side, reason="mistake", by=by),
    "not-hire": lambda row, by, side: services.not_hire(introduction=row, side=side, reason="skills", by=by),
    "set-time": lambda row, by, side: services.set_time(
        introduction=row, side=side, plan=times.plan(), by=by
    ),
    "take-time": lambda row, by, side: services.take_time(introduction=row, side=side, by=by),
    "other-time": lambda row, by, side: services.other_time(
        introduction=row, side=side, words="le matin", by=by
    ),
    "cancel": lambda row, by, side: services.cancel(introduction=row, side=side, reason="prevented", by=by),
    "declare": lambda row, by, side: hires.declare(introduction=row, side=side, terms=TERMS, by=by),
    "confirm": lambda row, by, side: hires.confirm(introduction=row, side=side, by=by),
    "dispute": lambda row, by, side: hires.dispute(introduction=row, side=side, by=by),
    "undo": lambda row, by, side: services.undo(introduction=row, by=by),
}
BEGIN = ("want", "propose", "ask")
SERVICE = ("sweep", "close", "open")

moves = st.tuples(
    st.sampled_from([*BEGIN, *BEGIN, *ON_ONE, *ON_ONE, *SERVICE]),
    st.sampled_from(ACTORS),
    st.sampled_from([Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR]),
    st.integers(0, 3),
)


class World:
    """Two people, two vacancies of one firm, with one position each; whatever happens is checked."""

    def __init__(self) -> None:
        self.town = personas.build()
        self.people = self.town.people
        town = self.town
        other = factories.JobseekerFactory(agency=town.agency, counsellor=town.people["bruno"])
        self.jobseekers = [town.jobseeker, other]
        self.vacancies = [town.vacancy, factories.VacancyFactory(employer=town.employer)]
        self.answers: dict[int, tuple[object, ...]] = {}

    def do(self, name: str, actor: str, side: Side, which: int) -> None:
        by = User.objects.get(pk=self.people[actor].pk)
        jobseeker, vacancy = self.jobseekers[which % 2], self.vacancies[which // 2]
        try:
            if name in BEGIN:
                getattr(services, name)(jobseeker=jobseeker, vacancy=vacancy, by=by)
            elif name == "sweep":
                flow.sweep()
            elif name in SERVICE:
                state = Vacancy.State.CLOSED if name == "close" else Vacancy.State.OPEN
                Vacancy.objects.filter(pk=vacancy.pk).update(state=state)
            else:
                rows = Introduction.objects.filter(jobseeker=jobseeker, vacancy=vacancy).order_by("-pk")
                if row := rows.first():
                    ON_ONE[name](row, by, side)
        except Refused:
            pass

    def check(self) -> None:
        for row in Introduction.objects.with_card():
            steps = list(row.steps.all())
            self.follows_the_table(row, steps)
            self.keeps_the_answers(steps)
            assert row.heard_at == max((one.at for one in steps if one.side == Side.JOBSEEKER), default=None)
            self.tells_one_story(row)
            self.is_the_same_to_the_database(row)
        for vacancy in self.vacancies:
            assert Hire.objects.filter(vacancy=vacancy, seat__isnull=False).count() <= 1

    def follows_the_table(self, row: Introduction, steps: list[Step]) -> None:
        assert [step.number for step in steps] == list(range(1, row.version + 1))
        assert steps[-1].to_state == row.state
        for before, step in zip([None, *steps], steps, strict=False):
            assert step.from_state == (before.to_state if before else "")
            if step.act != Act.UNDO:
                origin = State(step.from_state) if step.from_state else None
                assert TABLE.allows(origin, Act(step.act), Side(step.side), State(step.to_state))
            assert (step.by is None) == (step.side == Side.SERVICE and step.act != Act.UNDO)

    def keeps_the_answers(self, steps: list[Step]) -> None:
        for step in steps:
            said = (step.act, step.side, step.by_id, step.at, step.reason, step.from_state, step.to_state)
            assert self.answers.setdefault(step.pk, said) == said

    def is_the_same_to_the_database(self, row: Introduction) -> None:
        assert Introduction.objects.filter(REACHED, pk=row.pk).exists() == row.has_reached_employer

    def tells_one_story(self, row: Introduction) -> None:
        person, employer = cards.of_person(row), cards.of_employer(row)
        assert (person.identity is not None) == permissions.identity_is_shared(row)
        if row.employer_contact_id:
            assert (person.identity is None) == (employer.identity is None)
        if person.identity:
            assert row.jobseeker_yes_at
            assert row.employer_yes_at
        hire = getattr(row, "hire", None)
        assert (row.state == State.HIRED) == (hire is not None and hire.confirmed_at is not None)
        assert (row.state in OPEN) == (row.closed_at is None)


@pytest.mark.database
@pytest.mark.django_db(transaction=False)
@hypothesis.settings(
    max_examples=examples(60),
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
@hypothesis.given(done=st.lists(moves, min_size=5, max_size=40))
def test_no_sequence_of_acts_breaks_the_table(
    done: list[tuple[str, str, Side, int]], rolled_back: object
) -> None:
    with rolled_back():  # type: ignore[operator]
        world = World()
        for move in done:
            world.do(*move)
            world.check()


def test_every_state_is_reached_every_open_one_can_end_and_contacts_open_only_after_two_yes() -> None:
    reached = {target for rule in TABLE.values() for target in rule.targets}
    assert reached == set(State)
    for state in OPEN:
        assert {Act.EXPIRE, Act.CLOSE} <= {act for here, act in TABLE if here == state}
    assert not {here for here, _act in TABLE} & CLOSED
    now = clock.now()
    both = {"jobseeker_yes_at": now, "employer_yes_at": now}
    for state in State:
        row = Introduction(state=state, **both)
        Hire(introduction=row, starts_on=clock.today())
        assert permissions.identity_is_shared(row) == (state in {*BOTH_SAID_YES, State.HIRED})
        for missing in ({"jobseeker_yes_at": None}, {"employer_yes_at": None}, {"delayed_since": now}):
            assert not permissions.identity_is_shared(Introduction(state=state, **both | missing))
