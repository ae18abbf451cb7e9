"""Whatever is asked, in whatever order and tab, on whatever day: no act for the wrong person, each stamped and told."""

import datetime as dt
from dataclasses import dataclass, field

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.common.examples import examples
from tests.mandates import making
from tests.personas import Town
from visavis.journal.models import Entry
from visavis.mailboxes.models import Message
from visavis.mandates import services
from visavis.mandates.enums import Days
from visavis.mandates.errands import Code
from visavis.mandates.models import Mandate, Stamp
from visavis.news.models import News
from visavis.people.models import User
from visavis.people.services import end_role

pytestmark = [pytest.mark.django_db, pytest.mark.database]
NOON = dt.datetime(2027, 3, 27, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ERRANDS = ((Code.WRITE_MESSAGES,), (Code.WRITE_MESSAGES,), (Code.READ_MESSAGES,), (Code.READ_APPOINTMENTS,))
MANDATES = st.lists(
    st.tuples(st.sampled_from(["amelie", "gael"]), st.sampled_from(["ines", "paul"]), st.sampled_from(Days.values[:2]),
              st.sampled_from(ERRANDS)),
    min_size=2, max_size=4,
)  # fmt: skip
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.sampled_from([1, 9, 11, 13, 14, 24, 31 * 24]), st.just(0)),
        st.tuples(st.just("open"), st.integers(0, 3), st.sampled_from(["ines", "paul"])),
        st.tuples(st.just("send"), st.integers(0, 3), st.integers(0, 9)),
        st.tuples(st.just("send"), st.integers(0, 3), st.integers(0, 9)),
        st.tuples(st.just("end"), st.integers(0, 3), st.just(0)),
        st.tuples(st.just("leave"), st.just(0), st.sampled_from(["ines", "paul"])),
        st.tuples(st.just("sweep"), st.just(0), st.just(0)),
    ),
    min_size=4, max_size=12,
)  # fmt: skip

TWO = [("amelie", "ines", 1, (Code.WRITE_MESSAGES,)), ("gael", "ines", 1, (Code.WRITE_MESSAGES,))]


@dataclass
class Tab:
    """A form that somebody has before her: of which mandate, whose browser."""

    mandate: Mandate
    helper: str
    bond: str


@dataclass
class Model:
    """What is true of the mandates, said without the code that is tested."""

    ended: set[int] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    helpers: dict[int, str] = field(default_factory=dict)
    midnights: dict[int, dt.datetime] = field(default_factory=dict)

    def holds(self, mandate: Mandate, helper: str, now: dt.datetime) -> bool:
        return (
            self.helpers[mandate.pk] == helper
            and mandate.pk not in self.ended
            and helper not in self.left
            and now < self.midnights[mandate.pk]
        )


@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    # The first that fails is told: to make it smaller would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(mandates=MANDATES, acts=ACTS)
# At her midnight, at his, after a helper left, after it was ended, from another tab.
@example(mandates=TWO, acts=[("wait", 11, 0), ("send", 0, 0), ("send", 1, 1)])
@example(mandates=TWO, acts=[("wait", 9, 0), ("send", 1, 1), ("send", 0, 0)])
@example(mandates=TWO, acts=[("leave", 0, "ines"), ("send", 0, 0), ("end", 1, 0), ("send", 1, 1)])
@example(mandates=TWO, acts=[("send", 1, 0), ("send", 0, 1), ("send", 0, 0), ("send", 1, 1)])
def test_no_act_for_the_wrong_person(
    town: Town, mandates: list[tuple[str, str, int, tuple[Code, ...]]], acts: list[tuple[str, int, object]]
) -> None:
    with time_machine.travel(NOON, tick=False) as at, transaction.atomic():
        walk(town, mandates, acts, at)
        transaction.set_rollback(True)


def walk(
    town: Town,
    mandates: list[tuple[str, str, int, tuple[Code, ...]]],
    acts: list[tuple[str, int, object]],
    at: time_machine.Traveller,
) -> None:
    """Do one after the other, and compare each answer with what is true."""
    # Gaël lives on La Réunion: his midnight comes earlier.
    there = factories.DepartmentFactory(code="974", name="La Réunion")
    town.other_jobseeker.commune = factories.CommuneFactory(
        code="97411", name="Saint-Denis", department=there
    )
    town.other_jobseeker.save()
    # What an example before this one left is taken back in the database only.
    for name in ("amelie", "gael", "ines"):
        town.people[name] = User.objects.get(pk=town.people[name].pk)
    town.people["paul"] = making.of_association()
    membership = {name: town.people[name].memberships.get() for name in ("ines", "paul")}
    model, rows, tabs, done = Model(), [], [], []
    for person, helper, days, errands in mandates:
        rows.append(begin(town, person, helper, days, errands))
        model.helpers[rows[-1].pk] = helper
        model.midnights[rows[-1].pk] = midnight(person, days)
    now = NOON
    # Every form is open in a tab from the beginning; more are opened on the way.
    for row in rows:
        page = town.client(model.helpers[row.pk]).get(path(row))
        if bond := making.bond(page):
            tabs.append(Tab(row, model.helpers[row.pk], bond))
    for act, which, what in acts:
        row = rows[which % len(rows)]
        if act == "wait":
            now += which * HOUR
            at.move_to(now)
        elif act == "end":
            services.end(mandate=row, by=row.person)
            model.ended.add(row.pk)
        elif act == "leave" and what not in model.left:
            end_role(membership=membership[str(what)], by=None)
            town.people[str(what)].refresh_from_db()
            model.left.add(str(what))
        elif act == "sweep":
            services.sweep()
        elif act == "open":
            page = town.client(str(what)).get(path(row))
            covered = model.holds(row, str(what), now) and Code.WRITE_MESSAGES in row.errands
            assert (page.status_code == 200) == covered
            if covered:
                tabs.append(Tab(row, str(what), making.bond(page)))
        elif act == "send" and tabs:
            tab = tabs[int(str(what)) % len(tabs)]
            wrote = {"acting_for": tab.bond, "subject": f"n{len(done)}", "body": "x"}
            answer = town.client(tab.helper).post(path(row), wrote)
            lands = tab.mandate == row and model.holds(row, tab.helper, now)
            assert (answer.status_code == 302) == lands
            if lands:
                done.append(row)
    at.move_to(now + HOUR)
    services.sweep()
    check(done)


def begin(town: Town, person: str, helper: str, days: int, errands: tuple[Code, ...]) -> Mandate:
    """Give a mandate: to who helps for an association on paper, to another by a code."""
    if helper == "ines":
        return making.given(town.people[person], town.people[helper], errands, days)
    paul = town.people["paul"]
    named = services.Named(str(paul.email), paul.name, "Le Pont")
    asked = services.Asked(days, errands)
    row = services.prepare(person=town.people[person], asked=asked, named=named, by=town.people["rosa"])
    return services.record_signed(mandate=row, by=town.people["rosa"])


def midnight(person: str, days: int) -> dt.datetime:
    """Return the end of a mandate given at noon of 27 March 2027, as a calendar and two clocks say it."""
    if person == "gael":
        return dt.datetime(2027, 3, 27, 20, tzinfo=dt.UTC) + dt.timedelta(days=days - 1)
    # In the night to 28 March Paris puts its clocks forward.
    first = dt.datetime(2027, 3, 27, 23, tzinfo=dt.UTC)
    return first if days == 1 else first - HOUR + dt.timedelta(days=days - 1)


def path(row: Mandate) -> str:
    return f"/for/{row.pk}/messages/new/"


def check(done: list[Mandate]) -> None:
    """Each act is there once, of its own person, in both names; and nothing else is."""
    messages = list(Message.objects.filter(thread__subject__isnull=False).order_by("pk"))
    assert [one.thread.person_id for one in messages] == [row.person_id for row in done]
    for message, row in zip(messages, done, strict=True):
        entry = Entry.objects.get(thing="thread", thing_id=str(message.thread_id), action="created")
        assert (entry.actor_id, entry.person_id, entry.mandate_id) == (row.helper_id, row.person_id, row.pk)
        stamp = Stamp.objects.get(entry=entry.pk)
        assert stamp.visit.mandate_id == row.pk
        assert stamp.visit.told_at is not None
        assert (
            News.objects.filter(user=row.person, thing="mandate-visit", thing_id=stamp.visit_id).count() == 1
        )
    assert Stamp.objects.values("visit__mandate").distinct().count() == len({row.pk for row in done})
