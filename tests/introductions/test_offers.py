"""What a page offers can be done, and nothing else is offered: each offer is tried on the services."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.introductions import times
from tests.personas import Town
from visavis.common import clock
from visavis.introductions import flow, hires, offers, permissions, services
from visavis.introductions.enums import Act, Side
from visavis.introductions.forms import form_for
from visavis.introductions.models import Introduction
from visavis.introductions.views.acting import perform
from visavis.introductions.views.answering import Answering

pytestmark = pytest.mark.django_db

TYPED = {
    Act.SET_TIME: {"at": "", "place": "phone", "contact": "Mme Roux", "phone": "04 75 00 00 01"},
    Act.DECLARE: {"kind": "permanent", "starts_on": "", "hours_week": ""},
    Act.DECLINE: {"reason": "other"},
    Act.REFUSE: {"reason": "other"},
    Act.WITHDRAW: {"reason": "other"},
    Act.NOT_HIRE: {"reason": "other"},
    Act.CANCEL: {"reason": "prevented"},
    Act.OTHER_TIME: {"words": "le matin"},
}
SCENES = ("proposed", "asked", "put", "agreed", "time", "interview", "declared", "disputed", "hired")


def scene(town: Town, name: str) -> Introduction:
    """Bring an introduction so far."""
    people, pair = town.people, {"jobseeker": town.jobseeker, "vacancy": town.vacancy}
    if name == "proposed":
        return services.propose(by=people["bruno"], **pair)
    if name == "asked":
        return services.ask(by=people["chloe"], **pair)
    row = services.want(by=people["amelie"], **pair)
    flow.put_next(town.vacancy.pk)
    for step in SCENES[SCENES.index("agreed") : SCENES.index(name) + 1]:
        row = fresh(row)
        onwards(town, row, step)
    return fresh(row)


def onwards(town: Town, row: Introduction, step: str) -> None:
    amelie, chloe = town.people["amelie"], town.people["chloe"]
    terms = hires.Terms("permanent", clock.today())
    employer: dict[str, Any] = {"introduction": row, "side": Side.EMPLOYER, "by": chloe}
    acts: dict[str, Callable[[], object]] = {
        "agreed": lambda: services.agree(introduction=row, by=chloe),
        "time": lambda: services.set_time(plan=times.plan(), **employer),
        "interview": lambda: services.take_time(introduction=row, side=Side.JOBSEEKER, by=amelie),
        "declared": lambda: hires.declare(terms=terms, **employer),
        "disputed": lambda: hires.dispute(introduction=row, side=Side.JOBSEEKER, by=amelie),
        "hired": lambda: [
            hires.declare(terms=terms, **employer),
            hires.confirm(introduction=row, side=Side.JOBSEEKER, by=amelie),
        ],
    }
    acts[step]()


def fresh(row: Introduction) -> Introduction:
    return Introduction.objects.with_card().get(pk=row.pk)


@pytest.mark.parametrize("name", SCENES)
def test_whatever_a_page_offers_can_be_done(
    name: str, town: Town, rolled_back: Callable[[], AbstractContextManager[None]]
) -> None:
    row = scene(town, name)
    soon = times.at_ten(1).strftime("%Y-%m-%dT%H:%M")
    for persona in ("amelie", "chloe", "bruno"):
        actor = town.people[persona]
        reader, sides = permissions.reads_as(actor, row), permissions.sides_of(actor, row)
        for side in sides:
            for act in offers.offered(row, side, actor):
                data = {"seen": str(row.version), **TYPED.get(act, {})}
                data |= {"at": soon} if "at" in data else {}
                data |= {"starts_on": clock.today().isoformat()} if "starts_on" in data else {}
                form = form_for(act, side, row, data)
                assert form.is_valid(), (act, form.errors)
                with rolled_back():
                    perform(Answering(row, actor, reader, sides, side), form)


def test_each_side_is_offered_its_own_answer_and_asked_about_a_hire_when_it_is_time(town: Town) -> None:
    row, chloe, amelie = scene(town, "put"), town.people["chloe"], town.people["amelie"]
    assert offers.offered(row, Side.EMPLOYER, chloe) == [Act.AGREE, Act.REFUSE]
    assert offers.offered(row, Side.JOBSEEKER, amelie) == [Act.WITHDRAW]
    for step in ("agreed", "time", "interview"):
        onwards(town, fresh(row), step)
    assert offers.offered(fresh(row), Side.EMPLOYER, chloe)[0] == Act.SET_TIME
    with clock.moved(times.at_ten(10)):
        assert offers.offered(fresh(row), Side.EMPLOYER, chloe)[0] == Act.DECLARE
    onwards(town, fresh(row), "declared")
    assert Act.CONFIRM not in offers.offered(fresh(row), Side.EMPLOYER, chloe)
    assert offers.offered(fresh(row), Side.JOBSEEKER, amelie)[0] == Act.CONFIRM
