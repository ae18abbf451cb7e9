"""Both sides read the same story: whose turn it is and until when never depend on who reads."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.utils import timezone, translation

from tests.introductions import times
from tests.personas import Town
from visavis.common import clock
from visavis.introductions import flow, headlines, hires, offers, permissions, services, timeline, wording
from visavis.introductions.enums import Act, Side
from visavis.introductions.forms import form_for
from visavis.introductions.models import FollowUp, Hire, Introduction
from visavis.introductions.stories import Situation, turn_of
from visavis.introductions.table import TABLE
from visavis.introductions.views.acting import perform
from visavis.introductions.views.answering import Answering

READERS = (Side.JOBSEEKER, Side.EMPLOYER, Side.COUNSELLOR)
NOW = clock.now()
SAID = {"jobseeker_yes_at": NOW, "employer_yes_at": NOW, "put_at": NOW, "changed_at": NOW}
SOON, LATELY = NOW + dt.timedelta(days=3), NOW - dt.timedelta(days=3)

ROWS: dict[Situation, dict[str, object]] = {
    Situation.PROPOSED: {"state": "proposed", "origin": "counsellor", "answer_by": SOON.date()},
    Situation.ASKED: {"state": "proposed", "origin": "employer", "answer_by": SOON.date()},
    Situation.WANTED: {"state": "wanted"},
    Situation.PUT: {"state": "put"},
    Situation.AGREED: {"state": "agreed"},
    Situation.DELAYED: {"state": "agreed", "delayed_since": NOW},
    Situation.TIME_OF_JOBSEEKER: {"state": "agreed", "meeting_at": SOON, "meeting_by": "jobseeker"},
    Situation.TIME_OF_EMPLOYER: {"state": "agreed", "meeting_at": SOON, "meeting_by": "employer"},
    Situation.TIME_PASSED: {"state": "agreed", "meeting_at": LATELY, "meeting_by": "employer"},
    Situation.OTHER_OF_JOBSEEKER: {"state": "agreed", "meeting_wish": "mardi", "meeting_by": "jobseeker"},
    Situation.OTHER_OF_EMPLOYER: {"state": "agreed", "meeting_wish": "mardi", "meeting_by": "employer"},
    Situation.MEETING_OFF: {"state": "agreed", "meeting_off": "prevented", "meeting_off_by": "employer"},
    Situation.TO_MEET: {"state": "interview", "meeting_at": SOON, "meeting_by": "employer"},
    Situation.MET: {"state": "interview", "meeting_at": LATELY, "meeting_by": "employer"},
    Situation.HIRE_OF_JOBSEEKER: {"state": "agreed", "hire": {"declared_side": "jobseeker"}},
    Situation.HIRE_OF_EMPLOYER: {"state": "interview", "hire": {"declared_side": "employer"}},
    Situation.HIRE_OF_COUNSELLOR: {"state": "agreed", "hire": {"declared_side": "counsellor"}},
    Situation.DISPUTED: {"state": "agreed", "hire": {"declared_side": "employer", "disputed_at": NOW}},
    Situation.HIRED: {"state": "hired"},
    Situation.LEFT: {
        "state": "hired",
        "hire": {"declared_side": "employer"},
        "answers": ["still-there", "left"],
    },
    Situation.NOT_HIRED: {"state": "not-hired", "closed_by": "employer", "reason": "did-not-come"},
    Situation.DECLINED_BY_JOBSEEKER: {"state": "declined", "closed_by": "jobseeker", "reason": "pay"},
    Situation.DECLINED_BY_EMPLOYER: {"state": "declined", "closed_by": "employer", "reason": "skills"},
    Situation.EXPIRED: {"state": "expired", "closed_by": "service", "reason": "no-answer"},
    Situation.WITHDRAWN_BY_JOBSEEKER: {"state": "withdrawn", "closed_by": "jobseeker", "reason": "pay"},
    Situation.WITHDRAWN_BY_EMPLOYER: {"state": "withdrawn", "closed_by": "employer", "reason": "other"},
    Situation.WITHDRAWN_BY_COUNSELLOR: {"state": "withdrawn", "closed_by": "counsellor", "reason": "mistake"},
    Situation.CLOSED: {"state": "withdrawn", "closed_by": "service", "reason": "hired-elsewhere"},
}


def row_of(situation: Situation) -> Introduction:
    fields = {"origin": "jobseeker", **SAID, **ROWS[situation]}
    hire = fields.pop("hire", None)
    answers = fields.pop("answers", [])
    row = Introduction(**fields)  # type: ignore[misc]
    if hire is not None:
        said = Hire(pk=1, introduction=row, **hire)  # type: ignore[misc]
        questions = [FollowUp(hire=said, answer=answer) for answer in answers]  # type: ignore[attr-defined]
        said._prefetched_objects_cache = {"follow_ups": questions}  # type: ignore[attr-defined]
    return row


def test_every_situation_is_told_to_everybody_as_one_story_and_what_ended_on_her_side_as_hers() -> None:
    for situation in Situation:
        told = [wording.story(row_of(situation), reader) for reader in READERS]
        assert [one.is_yours for one in told] == [reader in turn_of(situation) for reader in READERS]
        assert {one.situation for one in told} == {situation}
        assert len({(one.turn, one.until) for one in told}) == 1
        assert all(one.headline and one.next for one in told)
    for reason in ("hired-elsewhere", "not-looking"):
        row = Introduction(state="withdrawn", closed_by="service", reason=reason, **SAID)  # type: ignore[misc]
        with translation.override("en"):
            hers, his = wording.story(row, Side.JOBSEEKER), wording.story(row, Side.EMPLOYER)
        assert hers.why.startswith("You") and "other openings" not in hers.next
        assert his.why.startswith("This person")


def test_every_situation_and_step_has_words_for_every_reader_and_days_that_are_left() -> None:
    assert set(headlines.WORDS) == set(Situation)
    assert all(set(words) == set(READERS) for words in headlines.WORDS.values())
    for (_state, act), rule in TABLE.items():
        for side in rule.sides:
            assert all(timeline.words(act, side, reader) for reader in READERS)
    assert wording.days_left(clock.today()) != wording.days_left(clock.today() + dt.timedelta(days=2))
    assert "2" in wording.days_left(clock.today() + dt.timedelta(days=2))
    story = wording.story(row_of(Situation.TIME_OF_EMPLOYER), Side.JOBSEEKER)
    assert story.until == timezone.localdate(SOON)


# What a page offers can be done, and nothing else is offered: each offer is tried on the services -----

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
