"""What one change opens, against doing the change and matching again."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from tests.engine import brute_force
from tests.engine.markets import LINKS, TODAY, jobseekers, openings
from tests.engine.test_topk import alike_in, market_of
from visavis.engine.records import Jobseeker, Vacancy
from visavis.engine.score import PART_NAMES
from visavis.engine.topk import parts_of, top_vacancies
from visavis.engine.unlock import Unlock, skill_gains, unlocks

TAUGHT_PARTS = [PART_NAMES.index("skills"), PART_NAMES.index("ideal")]


def changed(person: Jobseeker, change: Unlock) -> Jobseeker:
    """Do what an unlock proposes, on the record."""
    match change.kind:
        case "radius":
            return replace(person, radius_km=person.radius_km + change.amount)
        case "licence":
            return replace(person, licences=[*(person.licences or []), change.code])
        case "language":
            others = [pair for pair in person.languages if pair[0] != change.code]
            return replace(person, languages=[*others, (change.code, int(change.amount))])
        case "contract":
            return replace(person, contracts=[*person.contracts, change.code])
        case "condition":
            return replace(person, avoided=[code for code in person.avoided if code != change.code])
        case "pay":
            return replace(person, lowest_pay=person.lowest_pay - change.amount)
        case "start":
            return replace(person, available_on=person.available_on - int(change.amount))
        case "hours_more":
            return replace(person, hours_max=person.hours_max + change.amount)
        case _:
            return replace(person, hours_min=person.hours_min - change.amount)


def reachable(person: Jobseeker, work: list[Vacancy]) -> set[int]:
    return {j for _, j in brute_force.matches([person], work, LINKS, alike_in(work), TODAY)}


@given(jobseekers(), openings)
@settings(max_examples=120, deadline=None)
def test_a_change_opens_what_matching_again_finds(person: Jobseeker, work: list[Vacancy]) -> None:
    before = reachable(person, work)
    for change in unlocks(market_of([person], work), 0, examples=100):
        opened = reachable(changed(person, change), work) - before
        assert set(change.vacancies) == opened
        assert change.count == len(opened)


@pytest.mark.parametrize(
    ("hers", "theirs", "expected"),
    [
        (
            {"latitude": 48.0, "longitude": 2.0, "radius_km": 5.0},
            {"latitude": 48.1, "longitude": 2.0},
            "radius",
        ),
        ({"licences": []}, {"licences": ["B"]}, "licence"),
        ({"languages": [("en", 2)]}, {"languages": [("en", 4)]}, "language"),
        ({"contracts": ["permanent"]}, {"contract": "temporary"}, "contract"),
        ({"avoided": ["night"]}, {"conditions": ["night"]}, "condition"),
        ({"lowest_pay": 13.0}, {"pay_max": 12.5}, "pay"),
        ({"available_on": TODAY + 20}, {"starts_on": TODAY + 10}, "start"),
        ({"hours_max": 30.0}, {"hours_min": 35.0}, "hours_more"),
        ({"hours_min": 35.0}, {"hours_max": 30.0}, "hours_fewer"),
    ],
)
def test_each_constraint_can_be_unlocked(hers: dict, theirs: dict, expected: str) -> None:
    market = market_of([Jobseeker(**hers)], [Vacancy(**theirs)])
    assert len(top_vacancies(market, 1)) == 0
    found = unlocks(market, 0)
    assert found
    assert {change.kind for change in found} == {expected}


def test_two_obstacles_are_not_one_change_away() -> None:
    market = market_of([Jobseeker(licences=[], lowest_pay=20.0)], [Vacancy(licences=["B"], pay_max=19.5)])
    assert unlocks(market, 0) == []


def test_an_unrelated_vacancy_is_not_an_opening() -> None:
    person = Jobseeker(wishes=["J1506"], licences=[])
    assert unlocks(market_of([person], [Vacancy(occupation="F1703", licences=["B"])]), 0) == []


@given(jobseekers(), openings)
@settings(max_examples=50, deadline=None)
def test_a_skill_gains_what_scoring_again_gives(person: Jobseeker, work: list[Vacancy]) -> None:
    market = market_of([person], work)
    mine = top_vacancies(market, 20).vacancy
    zeros = np.zeros(len(mine), np.int64)
    before = parts_of(market, zeros, mine)[:, TAUGHT_PARTS].sum(axis=1)
    for gain in skill_gains(market, 0, mine, examples=20):
        learnt = replace(person, skills=[*person.skills, (gain.code, 2)])
        after = parts_of(market_of([learnt], work), zeros, mine)[:, TAUGHT_PARTS].sum(axis=1)
        assert (after - before)[np.isin(mine, gain.vacancies)].sum() == gain.gain
