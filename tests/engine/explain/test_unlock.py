"""What a pair breaks and what one change opens, against plain loops and against doing the change."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.common.examples import examples
from tests.engine import brute_force
from tests.engine.lists.test_topk import alike_in
from tests.engine.markets import LINKS, TODAY, jobseekers, market_of, openings, vacancies
from visavis.engine.explain.changes import KM_STEPS
from visavis.engine.explain.unlock import LEAST_CHANCE, Trying, Unlock, unlocks
from visavis.engine.explain.why_not import why_not
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.market.market import Market
from visavis.engine.spread.serving import SERVED

radii = st.sampled_from(KM_STEPS)
HERE = {"latitude": 48.0, "longitude": 2.0}


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
        case "skill":
            return replace(person, skills=[*person.skills, (change.code, 2)])
        case "occupation":
            return replace(person, wishes=[*person.wishes, change.code])
        case "start":
            return replace(person, available_on=person.available_on - int(change.amount))
        case "hours_more":
            return replace(person, hours_max=person.hours_max + change.amount)
        case _:
            return replace(person, hours_min=person.hours_min - change.amount)


def reachable(person: Jobseeker, work: list[Vacancy]) -> set[int]:
    return {j for _, j in brute_force.matches([person], work, LINKS, alike_in(work), TODAY)}


def chances(market: Market) -> float:
    """Sum the chances of the twenty best of a list."""
    return float((1 / (1 + np.exp(-top_vacancies(market, SERVED).score))).sum())


@given(jobseekers(), openings)
@settings(max_examples=examples(120))
def test_a_change_opens_and_adds_what_matching_again_finds(person: Jobseeker, work: list[Vacancy]) -> None:
    before, market = reachable(person, work), market_of([person], work)
    for change in unlocks(market, 0, examples=100, trying=Trying(100)):
        after = changed(person, change)
        opened = reachable(after, work) - before
        assert set(change.vacancies) == opened
        assert change.count == len(opened)
        gain = chances(market_of([after], work)) - chances(market)
        assert change.gain == pytest.approx(gain, abs=1e-9)


@given(jobseekers(), openings, radii)
@settings(max_examples=examples(120))
def test_of_a_kind_with_a_first_step_the_others_are_told_where_it_opens_nothing(
    person: Jobseeker, work: list[Vacancy], km: float
) -> None:
    market, first = market_of([person], work), {"radius": km, "pay": 1.0, "start": 14.0, "hours_more": 10.0}
    everything = unlocks(market, 0, trying=Trying(100))
    opening = {one.kind for one in everything if one.count and one.amount == first.get(one.kind)}
    assert unlocks(market, 0, trying=Trying(100, first)) == [
        one for one in everything if one.kind not in opening or one.amount == first[one.kind]
    ]


def test_each_constraint_can_be_unlocked() -> None:
    for hers, theirs, expected in [
        (HERE | {"radius_km": 5.0}, HERE | {"latitude": 48.1}, "radius"),
        ({"licences": []}, {"licences": ["B"]}, "licence"),
        ({"languages": [("en", 2)]}, {"languages": [("en", 4)]}, "language"),
        ({"contracts": ["permanent"]}, {"contract": "temporary"}, "contract"),
        ({"avoided": ["night"]}, {"conditions": ["night"]}, "condition"),
        ({"lowest_pay": 13.0}, {"pay_max": 12.5}, "pay"),
        ({"available_on": TODAY + 20}, {"starts_on": TODAY + 10}, "start"),
        ({"hours_max": 30.0}, {"hours_min": 35.0}, "hours_more"),
        ({"hours_min": 35.0}, {"hours_max": 30.0}, "hours_fewer"),
    ]:
        market = market_of([Jobseeker(**hers)], [Vacancy(**theirs)])
        assert len(top_vacancies(market, 1)) == 0
        found = unlocks(market, 0)
        assert found
        assert {change.kind for change in found} == {expected}


def test_more_than_twenty_openings_add_only_what_is_better_and_a_skill_moves_what_does_not_name_it() -> None:
    person = Jobseeker(wishes=["J1506"], licences=[])
    work = [Vacancy(occupation="J1506")] * 20
    assert unlocks(market_of([person], [*work, Vacancy(occupation="J1506", licences=["B"])]), 0)[0].gain == 0
    work[0] = Vacancy(occupation="J1501")
    assert unlocks(market_of([person], [*work, Vacancy(occupation="J1506", licences=["B"])]), 0)[0].gain > 0
    person = Jobseeker(wishes=["J1506"], skills=[("S1", 3)])
    work = [Vacancy(occupation="J1506", essential_skills=["S2"]), Vacancy(occupation="J1506")]
    profiles = {"J1506": {"skill:S2": 0.5}}
    before = market_of([person], work).with_ideal_profiles(profiles)
    (skill,) = (change for change in unlocks(before, 0) if change.code == "S2")
    after = market_of([changed(person, skill)], work).with_ideal_profiles(profiles)
    assert skill.gain == pytest.approx(chances(after) - chances(before), abs=1e-9)


def test_a_skill_and_a_neighbouring_occupation_open_what_is_related() -> None:
    person = Jobseeker(wishes=["J1506"], skills=[("S1", 3)])
    work = [Vacancy(occupation="J1506"), Vacancy(occupation="F1703", essential_skills=["S2"])]
    (skill,) = (change for change in unlocks(market_of([person], work), 0) if change.kind == "skill")
    assert (skill.code, skill.count, skill.vacancies) == ("S2", 1, (1,))
    work = [Vacancy(occupation="J1506"), Vacancy(occupation="F1704"), Vacancy(occupation="F1703")]
    found = unlocks(market_of([Jobseeker(wishes=["J1506"])], work), 0)
    assert [(change.kind, change.code, change.count) for change in found] == [("occupation", "F1704", 1)]
    assert found[0].gain > 0
    for best_pay, steps in ((12.0, [1.0]), (11.0, [2.0])):
        market = market_of([Jobseeker(lowest_pay=13.0)], [Vacancy(pay_max=best_pay)])
        assert [one.amount for one in unlocks(market, 0, trying=Trying(first={"pay": 1.0}))] == steps


def test_for_reading_only_what_is_close_and_has_a_chance_is_counted() -> None:
    """To welcome people is asked of a developer too: a cashier is not told that it opens this work."""
    cashier = Jobseeker(wishes=["D1505"], skills=[("till", 2)])
    work = [
        Vacancy(occupation="D1505", essential_skills=["till"]),
        Vacancy(occupation="M1805", essential_skills=["welcome", "java"]),
    ]
    market = market_of([cashier], [*work, Vacancy(occupation="D1505", essential_skills=["till", "welcome"])])
    every, shown = (
        {one.code: one for one in unlocks(market, 0, is_for_reading=is_for)} for is_for in (False, True)
    )
    assert every["welcome"].vacancies == (1,)
    assert "welcome" not in shown or shown["welcome"].count == 0
    person = Jobseeker(wishes=["D1505"], contracts=["permanent"])
    market = market_of([person], [Vacancy(occupation="D1505", contract="temporary")])

    def hopeless(_parts: object, vacancy: np.ndarray) -> np.ndarray:
        return np.full(len(vacancy), LEAST_CHANCE / 2)

    assert [one.count for one in unlocks(market, 0, chances=hopeless)] == [1]
    assert unlocks(market, 0, chances=hopeless, is_for_reading=True) == []


@given(jobseekers(), vacancies())
@settings(max_examples=examples(150))
def test_the_clashes_are_those_of_plain_loops(person: Jobseeker, work: Vacancy) -> None:
    expected = brute_force.clashes(person, work, TODAY)
    if not brute_force.is_related(person, work, LINKS, alike_in([work])):
        expected.add("unrelated")
    found = why_not(market_of([person], [work]), 0, 0)
    assert {clash.kind for clash in found} == expected
    assert len(found) == len(expected)


def test_both_sides_are_quoted_and_a_distance_without_the_doubt_about_the_place() -> None:
    for hers, theirs, said in [
        ({"contracts": ["permanent"]}, {"contract": "other"}, ("contract", ("permanent",), ("other",))),
        ({"licences": ["B"]}, {"licences": ["B", "C"]}, ("licences", ("B",), ("C",))),
        ({"languages": [("en", 2)]}, {"languages": [("en", 4)]}, ("languages", ("en:2",), ("en:4",))),
        ({"languages": [("en", 2)]}, {"languages": [("fr", 0)]}, ("languages", ("en:2",), ("fr:0",))),
        (
            {"avoided": ["night", "noise"]},
            {"conditions": ["noise"]},
            ("conditions", ("night", "noise"), ("noise",)),
        ),
        ({"lowest_pay": 13.0}, {"pay_min": 12.0}, ("pay", 13.0, 12.0)),
        ({"hours_min": 35.0}, {"hours_max": 20.0}, ("hours", 35.0, 20.0)),
        ({"hours_max": 20.0}, {"hours_min": 35.0}, ("hours", 20.0, 35.0)),
        ({"available_on": TODAY + 9}, {"starts_on": TODAY}, ("start", TODAY + 9.0, float(TODAY))),
        ({"wishes": ["J1506"]}, {"occupation": "F1703"}, ("unrelated", ("J1506",), ("F1703",))),
    ]:
        (clash,) = why_not(market_of([Jobseeker(**hers)], [Vacancy(**theirs)]), 0, 0)
        assert (clash.kind, clash.hers, clash.theirs) == said
    person = Jobseeker(latitude=45.0, longitude=2.0, radius_km=30.0)
    work = Vacancy(latitude=46.0, longitude=2.0, place_radius_km=40.0)
    (clash,) = why_not(market_of([person], [work]), 0, 0)
    assert (clash.kind, clash.hers, round(float(clash.theirs), 1)) == ("distance", 30.0, 71.2)
