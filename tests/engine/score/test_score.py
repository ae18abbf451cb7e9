"""What is unknown weighs nothing, what is known the right way, and what a market works out once the same."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
from hypothesis import given, settings

from tests.common.examples import examples
from tests.engine.markets import TODAY, jobseekers, market_of, openings, vacancies
from visavis.engine.facts.occupations import relations
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.market.market import Codes
from visavis.engine.score.constraints import only_feasible
from visavis.engine.score.pairs import Pairs, similarity_of_one
from visavis.engine.score.score import PART_NAMES, score_parts
from visavis.engine.weights import BASE, LOGIT_STEP

UNKNOWN_PERSON, UNKNOWN_VACANCY = Jobseeker(), Vacancy()
PLACE = ("latitude", "longitude")
PERSON_FIELDS = [f.name for f in fields(Jobseeker) if f.name not in ("id", *PLACE)] + ["place"]
NOT_A_LACK = {"is_remote", "place_radius_km", "experience_is_required", "education_is_required", "positions"}
PAY = ("pay_min", "pay_max")  # without a maximum the minimum is taken for the best
VACANCY_FIELDS = [
    *(f.name for f in fields(Vacancy) if f.name not in {"id", *PLACE, *PAY, *NOT_A_LACK}),
    "place",
    "pay",
]


def judge(person: Jobseeker, work: Vacancy) -> tuple[dict[str, float], bool]:
    pairs = Pairs.of(market_of([person], [work]), np.array([0]), np.array([0]))
    return dict(zip(PART_NAMES, score_parts(pairs)[0].tolist(), strict=True)), len(only_feasible(pairs)) == 1


def blanked(record: Any, unknown: Any, field: str) -> Any:
    names = {"place": PLACE, "pay": PAY}.get(field, (field,))
    return replace(record, **{name: getattr(unknown, name) for name in names})


@given(jobseekers(), vacancies())
@settings(max_examples=examples(50))
def test_leaving_a_field_out_never_costs_anybody_anything(person: Jobseeker, work: Vacancy) -> None:
    before, was_feasible = judge(person, work)
    assert all((logit / LOGIT_STEP).is_integer() and abs(logit) < 200 for logit in before.values())
    assert before["interests"] >= 0
    unsaid = {field: (blanked(person, UNKNOWN_PERSON, field), work) for field in PERSON_FIELDS}
    for field in VACANCY_FIELDS:
        left = blanked(work, UNKNOWN_VACANCY, field)
        if field in {"occupation", "other_occupations"}:
            left = replace(left, occupation="", other_occupations=())
        unsaid[f"vacancy's {field}"] = person, left
    for field, (hers, theirs) in unsaid.items():
        after, is_feasible = judge(hers, theirs)
        assert is_feasible or not was_feasible, field
        for part in PART_NAMES[1:]:
            assert after[part] >= min(0.0, before[part]), (field, part)
    for parts, is_feasible in (judge(UNKNOWN_PERSON, work), judge(person, UNKNOWN_VACANCY)):
        assert is_feasible
        assert {part: logit for part, logit in parts.items() if logit} == {"base": BASE}
    # An opening of two jobs stands as near as the nearer.
    one = replace(work, occupation="F1703", other_occupations=())
    for other in ("J1506", "J1501", "N4101"):
        alone, also = (judge(person, replace(one, occupation=code))[0] for code in ("F1703", other))
        both = judge(person, replace(one, other_occupations=[other]))[0]["occupation"]
        assert both == max(alone["occupation"], also["occupation"])


HERE = {"latitude": 48.0, "longitude": 2.0}
THERE = {"latitude": 48.1, "longitude": 2.0}
FAR = {"latitude": 48.25, "longitude": 2.0}
NURSE, ORDERLY, DOCTOR, MASON = "J1506", "J1501", "J1103", "F1703"


def test_the_better_scores_higher() -> None:
    for part, person, better, worse in [
        ("occupation", {"wishes": [NURSE]}, {"occupation": NURSE}, {"occupation": ORDERLY}),
        ("occupation", {"wishes": [NURSE]}, {"occupation": "F1704"}, {"occupation": ORDERLY}),
        ("occupation", {"wishes": [NURSE]}, {"occupation": ORDERLY}, {"occupation": DOCTOR}),
        ("occupation", {"wishes": [NURSE]}, {"occupation": DOCTOR}, {"occupation": MASON}),
        ("occupation", {"wishes": [NURSE, MASON]}, {"occupation": NURSE}, {"occupation": MASON}),
        ("occupation", {"experience": [(NURSE, 5)]}, {"occupation": NURSE}, {"occupation": ORDERLY}),
        ("title", {"texts": ["maçonne"]}, {"title": "Maçon (H/F)"}, {"title": "Infirmier"}),
        ("skills", {"skills": [("S1", 2)]}, {"essential_skills": ["S1"]}, {"essential_skills": ["S1", "S2"]}),
        ("wished_skills", {"skills": [("S1", 2)]}, {"wished_skills": ["S1"]}, {"wished_skills": ["S2"]}),
        (
            "experience",
            {"experience": [(NURSE, 12)]},
            {"occupation": NURSE, "experience_months": 12},
            {"occupation": NURSE, "experience_months": 36},
        ),
        (
            "experience",
            {"experience": [(NURSE, 12)]},
            {"occupation": NURSE, "experience_months": 36},
            {"occupation": NURSE, "experience_months": 36, "experience_is_required": True},
        ),
        ("education", {"education": 4}, {"education": 4}, {"education": 5}),
        ("education", {"education": 4}, {"education": 5}, {"education": 5, "education_is_required": True}),
        ("languages", {"languages": [("en", 3)]}, {"languages": [("en", 3)]}, {"languages": [("en", 4)]}),
        ("distance", HERE | {"radius_km": 30.0}, HERE, THERE),
        ("distance", HERE | {"radius_km": 30.0}, THERE, FAR),
        ("distance", HERE, HERE, THERE),
        ("pay", {"lowest_pay": 12.0}, {"pay_max": 14.0}, {"pay_max": 12.5}),
        ("interests", {"interests": ["riasec:S"]}, {"occupation": NURSE}, {"occupation": MASON}),
    ]:
        high, _ = judge(Jobseeker(**person), Vacancy(**better))
        low, _ = judge(Jobseeker(**person), Vacancy(**worse))
        assert high[part] > low[part]
        assert high[part] > 0 or part == "experience" or "domain" in part or low[part] < high[part] < 0


def test_a_place_in_doubt_weighs_less_and_a_start_in_the_past_is_as_soon_as_possible() -> None:
    person = Jobseeker(**HERE, radius_km=30.0)
    sure, _ = judge(person, Vacancy(**HERE))
    doubtful, _ = judge(person, Vacancy(**HERE, place_radius_km=40.0))
    assert 0 < doubtful["distance"] < sure["distance"]
    person = Jobseeker(available_on=TODAY + 30)
    assert judge(person, Vacancy(starts_on=TODAY - 1))[1]
    assert not judge(person, Vacancy(starts_on=TODAY))[1]
    assert judge(person, Vacancy(starts_on=TODAY + 30))[1]


CODES = np.array(["J1506", "F1703", "D1505"])


def test_an_occupation_is_related_as_if_it_were_the_first_time() -> None:
    market = market_of([], [Vacancy(occupation="J1506"), Vacancy(occupation="F1703+D1505")])
    for asked in (CODES[:1], CODES, CODES[::-1], CODES[:0]):
        expected = relations(asked, market.occupations, market.links)
        assert market.relations_of(asked).tolist() == expected.tolist()
    market = market_of([], [Vacancy(occupation="J1506")])
    assert market.relations_of(CODES).shape == (3, 1)
    assert market.knowing(Codes(occupations=["D1505"])).relations_of(CODES).shape == (3, 2)


@given(jobseekers(), openings)
@settings(max_examples=examples(60))
def test_the_closest_text_is_that_of_each_pair(person: Jobseeker, work: list[Vacancy]) -> None:
    market = market_of([person], work)
    every = np.arange(len(work))
    pairs = Pairs.of(market, np.zeros_like(every), every)
    assert np.array_equal(similarity_of_one(market), pairs.similarity, equal_nan=True)
