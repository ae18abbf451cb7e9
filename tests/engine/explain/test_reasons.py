"""Reasons add up to the score and name what they speak of."""

import json

from hypothesis import given, settings

from tests.common.examples import examples
from tests.engine.markets import market_of, openings, people
from visavis.engine.explain.reasons import Reason, explain, reasons_for
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


def told(person: dict, vacancy: dict) -> dict[str, Reason]:
    market = market_of([Jobseeker(**person)], [Vacancy(**vacancy)])
    return {reason.kind: reason for reason in reasons_for(market, 0, 0)}


def test_a_reason_names_codes_and_values() -> None:
    person = HERE | {
        "wishes": ["J1501", "J1506"],
        "skills": [("S2", 1)],
        "experience": [("J1506", 24), ("J1501", 12)],
        "education": 3,
        "languages": [("en", 5)],
        "radius_km": 9.0,
        "lowest_pay": 12.0,
        "interests": ["riasec:S", "riasec:R"],
    }
    vacancy = HERE | {
        "occupation": "J1506",
        "wished_skills": ["S1", "S2"],
        "essential_skills": ["S1", "S2"],
        "experience_months": 12,
        "education": 5,
        "languages": [("en", 4)],
        "pay_min": 14.0,
    }
    found = told(person, vacancy)
    for kind, codes, values in (
        ("occupation_same", ("J1506", "J1506"), {"wish": 2}),
        ("skills_wished", ("S2",), {"shared": 1}),
        ("gap_skill", ("S1",), {}),
        ("experience_enough", (), {"months": 27, "asked_months": 12}),
        ("education_short", (), {"level": 3, "asked": 5}),
        ("languages_enough", ("en",), {}),
        ("distance_near", (), {"km": 0, "radius_km": 9, "place_radius_km": 0}),
        ("pay_above", (), {"offered": 14, "lowest": 12}),
        ("interests_shared", ("riasec:S",), {"asked": 2}),
    ):
        assert found[kind].codes == codes
        assert values.items() <= found[kind].values.items()
    wish, worked = {"wishes": ["J1506"]}, {"experience": [("N4101", 9)]}
    for hers, occupation, kind, codes, number in (
        (wish, "F1704", "occupation_near", ("J1506", "F1704"), 1),
        (worked, "F1703", "occupation_evolution", ("N4101", "F1703"), 0),
        (wish, "F1703", "occupation_unrelated", ("J1506", "F1703"), 1),
    ):
        reason = told(hers, {"occupation": occupation})[kind]
        assert (reason.codes, reason.values["wish"]) == (codes, number)


def test_a_gap_tells_what_the_skill_would_add() -> None:
    assert told({"skills": [("S2", 1)]}, {"essential_skills": ["S1"]})["skills_none"].values == {
        "shared": 0,
        "asked": 1,
    }
    work, hers = {"essential_skills": ["S1", "S2"]}, [("S1", 2)]
    before, after = told({"skills": hers}, work), told({"skills": [*hers, ("S2", 2)]}, work)
    gain = sum(one.logit for one in after.values()) - sum(one.logit for one in before.values())
    assert before["gap_skill"].logit == 0
    assert before["gap_skill"].values["gain"] == gain > 0


def test_a_title_is_close_when_a_person_would_say_so() -> None:
    others = [
        "Aide à domicile", "Boulanger / Boulangère", "Caissier / Caissière", "Agent de propreté", "Boucher",
        "Employé de rayon", "Vendeur en boulangerie", "Serveur", "Secrétaire", "Comptable", "Cuisinier",
        "Magasinier", "Maçon", "Chauffeur routier", "Employé administratif", "Assistant de direction",
    ]  # fmt: skip
    baker, clerk = ("D1102", "Boulangère en grande surface"), ("M1607", "Assistant administratif")
    for (wish, text), occupation, title, kind in (
        (baker, "D1102", "Boulanger en grande surface (H/F)", "title_close"),
        (baker, "D1505", "Caissier en grande surface", "title_alike"),
        (clerk, "M1602", "Assistant administratif (H/F)", "title_close"),
    ):
        work = [Vacancy(occupation=occupation, title=title), *(Vacancy(title=one) for one in others)]
        found = reasons_for(market_of([Jobseeker(wishes=[wish], texts=[text])], work), 0, 0)
        assert [reason.kind for reason in found if reason.part == "title"] == [kind]
