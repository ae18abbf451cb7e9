"""Rows to arrays and back: the only place where the tables and the engine meet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import nan
from typing import Any

from django.db.models import QuerySet

from visavis.catalog.models import Mobility, OccupationInterest
from visavis.common import clock
from visavis.engine.geo import reach_km
from visavis.engine.market import Market
from visavis.engine.reasons import Reason, explain
from visavis.engine.records import Jobseeker as JobseekerRecord
from visavis.engine.records import Vacancy as VacancyRecord
from visavis.engine.records import jobseeker_columns, vacancy_columns
from visavis.engine.topk import Matches, top_jobseekers, top_vacancies
from visavis.engine.unlock import SkillGain, Unlock, skill_gains, unlocks
from visavis.engine.version import ENGINE_VERSION
from visavis.engine.vocabulary import SPEED_KM_H, UNKNOWN_DAY, UNKNOWN_LEVEL
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy

__all__ = [
    "ENGINE_VERSION",
    "Ranked",
    "SkillGain",
    "best_jobseekers",
    "best_vacancies",
    "changes_for",
    "with_all_asked",
    "with_everything",
]

# Less than five chances in a hundred that both say yes: showing it would waste two people's time.
LEAST_SCORE = -3.0
# A level nobody gave, where the engine wants a number.
LEVEL_UNKNOWN = 0


def with_everything(jobseekers: QuerySet[Jobseeker]) -> QuerySet[Jobseeker]:
    """Fetch what the engine reads of people, in a fixed number of queries."""
    return jobseekers.select_related("commune").prefetch_related(
        "wishes", "experiences", "skills_held", "languages", "interests"
    )


def with_all_asked(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Fetch what the engine reads of vacancies, in a fixed number of queries."""
    return vacancies.prefetch_related("skills_asked", "languages_asked")


def market(jobseekers: Iterable[Jobseeker], vacancies: Iterable[Vacancy]) -> Market:
    """Lay both sides out for the engine, in the order given."""
    links = Mobility.objects.values_list("origin_id", "target_id", "kind")
    interests: dict[str, list[str]] = {}
    for occupation, interest in OccupationInterest.objects.values_list("occupation_id", "interest_id"):
        interests.setdefault(occupation, []).append(interest)
    return Market(
        jobseeker_columns(record_of_jobseeker(jobseeker) for jobseeker in jobseekers),
        vacancy_columns(record_of_vacancy(vacancy) for vacancy in vacancies),
        today=day(clock.today()),
        occupation_links=list(links),
        occupation_interests=interests,
    )


def record_of_jobseeker(jobseeker: Jobseeker) -> JobseekerRecord:
    """Read one profile; what she has not said stays unknown."""
    place = jobseeker.commune
    wishes = list(jobseeker.wishes.all())
    return JobseekerRecord(
        id=str(jobseeker.pk),
        latitude=number(place.latitude if place else None),
        longitude=number(place.longitude if place else None),
        radius_km=radius(jobseeker),
        wishes=[wish.occupation_id for wish in wishes if wish.occupation_id],
        skills=[(held.skill_id, held.level or LEVEL_UNKNOWN) for held in jobseeker.skills_held.all()],
        experience=[
            (job.occupation_id, float(job.months))
            for job in jobseeker.experiences.all()
            if job.occupation_id and job.months is not None
        ],
        education=UNKNOWN_LEVEL if jobseeker.education_level is None else jobseeker.education_level,
        languages=[(spoken.language, spoken.level) for spoken in jobseeker.languages.all()],
        licences=jobseeker.licences,
        contracts=jobseeker.contracts,
        hours_min=number(jobseeker.hours_min),
        hours_max=number(jobseeker.hours_max),
        available_on=day(jobseeker.available_on),
        lowest_pay=number(jobseeker.lowest_pay_hour),
        avoided=jobseeker.avoided_conditions,
        interests=[approved.interest_id for approved in jobseeker.interests.all()],
        texts=[wish.typed for wish in wishes if wish.typed] + ([jobseeker.about] if jobseeker.about else []),
    )


def record_of_vacancy(vacancy: Vacancy) -> VacancyRecord:
    """Read one vacancy; what its employer has not said stays unknown."""
    asked = [skill for skill in vacancy.skills_asked.all() if skill.skill_id]
    months = vacancy.experience_months
    return VacancyRecord(
        id=str(vacancy.pk),
        latitude=number(vacancy.latitude),
        longitude=number(vacancy.longitude),
        place_radius_km=vacancy.precision_km,
        is_remote=vacancy.is_remote,
        occupation=vacancy.occupation_id or "",
        title=vacancy.title,
        essential_skills=[skill.skill_id or "" for skill in asked if skill.is_essential],
        wished_skills=[skill.skill_id or "" for skill in asked if not skill.is_essential],
        experience_months=UNKNOWN_LEVEL if months is None else months,
        experience_is_required=vacancy.experience_is_required,
        education=UNKNOWN_LEVEL if vacancy.education_level is None else vacancy.education_level,
        education_is_required=vacancy.education_is_required,
        languages=[
            (asked.language, asked.level) for asked in vacancy.languages_asked.all() if asked.is_required
        ],
        licences=vacancy.licences,
        contract=vacancy.contract,
        hours_min=number(vacancy.hours_min),
        hours_max=number(vacancy.hours_max),
        starts_on=day(vacancy.starts_on),
        pay_min=number(vacancy.pay_min_hour),
        pay_max=number(vacancy.pay_max_hour),
        conditions=vacancy.conditions,
        positions=vacancy.positions,
    )


def radius(jobseeker: Jobseeker) -> float:
    """Return how far she goes, km: said in km, or in minutes by her transport; NaN when not said."""
    if jobseeker.radius_km is not None:
        return float(jobseeker.radius_km)
    if jobseeker.minutes is not None:
        return reach_km(float(jobseeker.minutes), jobseeker.transport or "car")
    return nan


def number(value: float | Decimal | None) -> float:
    """Return a float, NaN for what is unknown."""
    return nan if value is None else float(value)


def day(date: dt.date | None) -> int:
    """Return days since 1970-01-01."""
    return UNKNOWN_DAY if date is None else (date - dt.date(1970, 1, 1)).days


@dataclass(frozen=True)
class Ranked:
    """One place in a list, in rows' numbers again."""

    jobseeker: int
    vacancy: int
    rank: int
    score: float
    distance_km: float | None
    reasons: list[dict[str, Any]]


def best_vacancies(jobseekers: list[Jobseeker], vacancies: list[Vacancy], k: int) -> list[Ranked]:
    """Return each person's best vacancies, explained."""
    if not jobseekers or not vacancies:
        return []
    laid_out = market(jobseekers, vacancies)
    return _rows(laid_out, top_vacancies(laid_out, k), jobseekers, vacancies)


def best_jobseekers(jobseekers: list[Jobseeker], vacancies: list[Vacancy], k: int) -> list[Ranked]:
    """Return each vacancy's best people, explained."""
    if not jobseekers or not vacancies:
        return []
    laid_out = market(jobseekers, vacancies)
    return _rows(laid_out, top_jobseekers(laid_out, k), jobseekers, vacancies)


def changes_for(jobseeker: Jobseeker, vacancies: list[Vacancy]) -> tuple[list[Unlock], list[SkillGain]]:
    """Return what one change would open for a person, and the skills worth learning; exact."""
    if not vacancies:
        return [], []
    laid_out = market([jobseeker], vacancies)
    listed = top_vacancies(laid_out, 20).vacancy
    return unlocks(laid_out, 0), skill_gains(laid_out, 0, listed)


def _rows(
    laid_out: Market, matches: Matches, jobseekers: list[Jobseeker], vacancies: list[Vacancy]
) -> list[Ranked]:
    """Turn the engine's arrays into rows, each with its reasons."""
    explained = explain(laid_out, matches)
    return [
        Ranked(
            jobseeker=jobseekers[one].pk,
            vacancy=vacancies[other].pk,
            rank=rank,
            score=score,
            distance_km=distance_in(reasons),
            reasons=[reason.as_dict() for reason in reasons],
        )
        for one, other, rank, score, reasons in zip(
            matches.jobseeker.tolist(),
            matches.vacancy.tolist(),
            matches.rank.tolist(),
            matches.score.tolist(),
            explained,
            strict=True,
        )
        if score >= LEAST_SCORE
    ]


def distance_in(reasons: list[Reason]) -> float | None:
    """Return the distance that a reason tells, km, if one does."""
    return next((reason.values["km"] for reason in reasons if "km" in reason.values), None)


def minutes_for(distance_km: float, transport: str) -> int:
    """Return the minutes from door to door, to five minutes, at least five."""
    minutes = 60.0 * distance_km / SPEED_KM_H[transport or "car"]
    return max(5, 5 * round(minutes / 5))
