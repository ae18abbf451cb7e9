"""Reasons add up to the score and name what they speak of."""

import json

import pytest
from hypothesis import given, settings

from tests.common.examples import examples
from tests.engine.markets import market_of, openings, people
from visavis.engine.explain.reasons import explain, reasons_for
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.lists.topk import top_jobseekers, top_vacancies


@given(people, openings)
@settings(max_examples=examples(25))
def test_reasons_add_up_to_the_score_exactly(persons: list[Jobseeker], work: list[Vacancy]) -> None:
    market = market_of(persons, work)
    for found in (top_vacancies(market, 5), top_jobseekers(market, 5)):
        told = explain(market, found)
        assert len(told) == len(found)
        for reasons, score in zip(told, found.score.tolist(), strict=True):
            again = json.loads(json.dumps([reason.as_dict() for reason in reasons]))
            assert sum(reason["logit"] for reason in again) == score
    if persons:  # any pair can be explained
        assert all(reasons_for(market, 0, j)[0].kind == "base" for j in range(len(work)))


HERE = {"latitude": 48.0, "longitude": 2.0}


@pytest.mark.parametrize(
    ("person", "vacancy", "kind", "codes", "values"),
    [
        (
            {"wishes": ["J1501", "J1506"]},
            {"occupation": "J1506"},
            "occupation_same",
            ("J1506", "J1506"),
            {"wish": 2},
        ),
        ({"wishes": ["J1506"]}, {"occupation": "F1704"}, "occupation_near", ("J1506", "F1704"), {"wish": 1}),
        (
            {"experience": [("N4101", 9)]},
            {"occupation": "F1703"},
            "occupation_evolution",
            ("N4101", "F1703"),
            {"wish": 0},
        ),
        (
            {"wishes": ["J1506"]},
            {"occupation": "F1703"},
            "occupation_unrelated",
            ("J1506", "F1703"),
            {"wish": 1},
        ),
        ({"skills": [("S2", 1)]}, {"wished_skills": ["S1", "S2"]}, "skills_wished", ("S2",), {"shared": 1}),
        ({"skills": [("S2", 1)]}, {"essential_skills": ["S1", "S2"]}, "gap_skill", ("S1",), {}),
        ({"skills": [("S2", 1)]}, {"essential_skills": ["S1"]}, "skills_none", (), {"shared": 0, "asked": 1}),
        (
            {"experience": [("J1506", 24), ("J1501", 12)]},
            {"occupation": "J1506", "experience_months": 12},
            "experience_enough",
            (),
            {"months": 27, "asked_months": 12},
        ),
        ({"education": 3}, {"education": 5}, "education_short", (), {"level": 3, "asked": 5}),
        ({"languages": [("en", 5)]}, {"languages": [("en", 4)]}, "languages_enough", ("en",), {}),
        (
            HERE | {"radius_km": 9.0},
            HERE,
            "distance_near",
            (),
            {"km": 0, "radius_km": 9, "place_radius_km": 0},
        ),
        ({"lowest_pay": 12.0}, {"pay_min": 14.0}, "pay_above", (), {"offered": 14, "lowest": 12}),
        (
            {"interests": ["riasec:S", "riasec:R"]},
            {"occupation": "J1506"},
            "interests_shared",
            ("riasec:S",),
            {"asked": 2},
        ),
    ],
)
def test_a_reason_names_codes_and_values(
    person: dict, vacancy: dict, kind: str, codes: tuple, values: dict
) -> None:
    market = market_of([Jobseeker(**person)], [Vacancy(**vacancy)])
    (reason,) = (reason for reason in reasons_for(market, 0, 0) if reason.kind == kind)
    assert reason.codes == codes
    assert values.items() <= reason.values.items()


def test_a_gap_tells_what_the_skill_would_add() -> None:
    person, work = Jobseeker(skills=[("S1", 2)]), Vacancy(essential_skills=["S1", "S2"])
    learnt = Jobseeker(skills=[("S1", 2), ("S2", 2)])
    reasons = reasons_for(market_of([person], [work]), 0, 0)
    (gap,) = (reason for reason in reasons if reason.kind == "gap_skill")
    before = sum(reason.logit for reason in reasons)
    after = sum(reason.logit for reason in reasons_for(market_of([learnt], [work]), 0, 0))
    assert gap.logit == 0
    assert gap.values["gain"] == after - before > 0


@pytest.mark.parametrize(
    ("wish", "text", "occupation", "title", "kind"),
    [
        (
            "D1102",
            "Boulangère en grande surface",
            "D1102",
            "Boulanger en grande surface (H/F)",
            "title_close",
        ),
        ("D1102", "Boulangère en grande surface", "D1505", "Caissier en grande surface", "title_alike"),
        (
            "G1603",
            "Équipier polyvalent de restauration",
            "D1507",
            "Équipier polyvalent de magasin",
            "title_alike",
        ),
        ("M1607", "Assistant administratif", "M1602", "Assistant administratif (H/F)", "title_close"),
    ],
)
def test_a_title_is_close_when_a_person_would_say_so(
    wish: str, text: str, occupation: str, title: str, kind: str
) -> None:
    others = [
        "Aide à domicile", "Boulanger / Boulangère", "Caissier / Caissière", "Agent de propreté", "Boucher",
        "Employé de rayon", "Vendeur en boulangerie", "Serveur", "Secrétaire", "Comptable", "Cuisinier",
        "Magasinier", "Maçon", "Chauffeur routier", "Employé administratif", "Assistant de direction",
    ]  # fmt: skip
    work = [Vacancy(occupation=occupation, title=title), *(Vacancy(title=one) for one in others)]
    found = reasons_for(market_of([Jobseeker(wishes=[wish], texts=[text])], work), 0, 0)
    assert [reason.kind for reason in found if reason.part == "title"] == [kind]
