"""What she asked for comes first: tiers read from parts, and the lists in their order."""

import numpy as np

from visavis.engine import weights as w
from visavis.engine.facts.records import Jobseeker, Vacancy, jobseeker_columns, vacancy_columns
from visavis.engine.lists.matches import worth_reading
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.market.market import Market
from visavis.engine.score.tiers import ASKED, BEYOND, DISCOVER, NEAR, SAME, leads
from visavis.engine.spread.serving import TIER_STEP
from visavis.matches.models import match

VALENCE = {"latitude": 44.9333, "longitude": 4.8917}
LYON = {"latitude": 45.76, "longitude": 4.84}
LINKS = [("D1102", "D1104", "near")]


def market(person: Jobseeker, work: list[Vacancy]) -> Market:
    return Market(jobseeker_columns([person]), vacancy_columns(work), today=0, occupation_links=LINKS)


def test_tiers_fall_apart_by_their_logits_and_a_match_reads_them_as_the_engine_wrote_them() -> None:
    """The occupation part alone tells the tier: what is asked is above the line, whatever the wish, all else below."""
    wishes = [w.RELATION_LOGIT - step * w.WISH_STEP * (w.RELATION_LOGIT > 0) for step in range(3)]
    for logits in (*wishes, w.WORK_LOGIT):
        assert (logits >= w.ASKED_LOGIT).tolist() == [False] * 6 + [True]
        assert (logits[3:6] > 0).all() and (logits[:3] <= 0).all()
    best = float(np.rint(w.RELATION_LOGIT.max() / w.LOGIT_STEP) * w.LOGIT_STEP)
    assert 3 * (w.TITLE_BEST + w.SKILLS_BEST + w.RELATION_LOGIT.max()) < w.ASKED_LEAD
    assert float(np.float32(best + w.ASKED_LEAD) - np.float32(w.ASKED_LEAD)) == best
    assert leads(np.array([1.3, 1.4])).tolist() == [0.0, w.ASKED_LEAD]
    assert match.TIER_STEP == TIER_STEP
    assert [tier.value for tier in match.Tier] == [ASKED, SAME, NEAR, DISCOVER, BEYOND]


def test_the_job_she_asked_for_stands_before_what_suits_better_however_many() -> None:
    person = Jobseeker(wishes=["D1102"], skills=[("S1", 4), ("S2", 4)], **VALENCE, radius_km=20)
    work = [
        Vacancy(occupation="G1602", essential_skills=["S1", "S2"], **VALENCE),
        Vacancy(occupation="D1104", essential_skills=["S1"], **VALENCE),
        Vacancy(occupation="D1102", experience_months=60, essential_skills=["S3"], **VALENCE),
    ]
    found = top_vacancies(market(person, work), k=3)
    assert found.vacancy.tolist() == [2, 1, 0]
    assert found.tier.tolist() == [ASKED, NEAR, DISCOVER]
    assert found.score[0] < found.score[1]
    person = Jobseeker(wishes=["D1102"], skills=[("S1", 4)], **VALENCE, radius_km=20)
    work = [Vacancy(occupation="D1104", essential_skills=["S1"], **VALENCE)] * 60
    asked = Vacancy(occupation="D1102", education=8, education_is_required=True, **VALENCE)
    found = top_vacancies(market(person, [*work, asked]), k=50)
    assert found.vacancy[0] == 60 and len(found) == 50


def test_a_title_like_her_words_is_asked_and_what_hardly_speaks_fills_a_short_list() -> None:
    person = Jobseeker(wishes=["D1102"], texts=["Boulanger"], **VALENCE, radius_km=20)
    work = [
        Vacancy(occupation="D1102", title="Pâtissier", **VALENCE),
        Vacancy(occupation="D1102", **VALENCE),
        Vacancy(occupation="G1602", title="Boulanger (H/F)", latitude=44.94, longitude=4.9),
    ]
    found = top_vacancies(market(person, work), k=3)
    tiers = dict(zip(found.vacancy.tolist(), found.tier.tolist(), strict=True))
    assert tiers == {0: SAME, 1: ASKED, 2: ASKED}
    person = Jobseeker(experience=[("D1102", 24.0)], **VALENCE, radius_km=20)
    work = [Vacancy(occupation="D1104", **VALENCE), Vacancy(occupation="D1102", **VALENCE)]
    assert top_vacancies(market(person, work), k=2).tier.tolist() == [ASKED, NEAR]
    person = Jobseeker(wishes=["D1102"], texts=["Boulanger"], **VALENCE, radius_km=20)
    clerks = [Vacancy(occupation="D1401", title="Assistant commercial", **VALENCE)] * 9
    asked = [Vacancy(occupation="D1102", title="Boulanger", **VALENCE)] * 5
    for many, tiers in ((0, [DISCOVER] * 6), (5, [ASKED] * 5 + [DISCOVER])):
        found = worth_reading(top_vacancies(market(person, [*clerks, *asked[:many]]), k=20))
        assert found.tier.tolist() == tiers


def test_what_lies_beyond_a_usual_reach_waits_apart_at_no_cost_and_beyond_a_radius_stands_nowhere() -> None:
    """A usual reach says where to look first: the score is that of somebody who said no radius."""
    work = [Vacancy(occupation="D1102", **LYON), Vacancy(occupation="D1102", **VALENCE)]
    scores = []
    for said, tiers in (
        ({"radius_km": 50.0}, [ASKED]),
        ({"usual_km": 50.0}, [ASKED, BEYOND]),
        ({}, [ASKED, ASKED]),
    ):
        person = Jobseeker(wishes=["D1102"], **VALENCE, **said)
        found = top_vacancies(market(person, work), k=5)
        assert found.tier.tolist() == tiers and found.vacancy[0] == 1
        scores.append(found.score.tolist())
    assert scores[1] == scores[2]
    person = Jobseeker(wishes=["D1102"], **VALENCE, usual_km=50.0)
    work = [Vacancy(occupation="D1102", **LYON)] + [Vacancy(occupation="D1104", **VALENCE)] * 3
    assert top_vacancies(market(person, work), k=3).tier.tolist() == [NEAR] * 3
