"""Rows of people and of vacancies as the engine reads them; what nobody has said stays unknown."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from math import nan

from django.db.models import QuerySet

from visavis.catalog import travel
from visavis.engine.records import Jobseeker as JobseekerRecord
from visavis.engine.records import Vacancy as VacancyRecord
from visavis.engine.vocabulary import UNKNOWN_DAY, UNKNOWN_LEVEL
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy

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


def records_of_people(jobseekers: Iterable[Jobseeker]) -> dict[int, JobseekerRecord]:
    return {jobseeker.pk: record_of_jobseeker(jobseeker) for jobseeker in jobseekers}


def records_of_work(vacancies: Iterable[Vacancy]) -> dict[int, VacancyRecord]:
    return {vacancy.pk: record_of_vacancy(vacancy) for vacancy in vacancies}


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
        skills=skills_of(jobseeker),
        experience=jobs_of(jobseeker),
        education=education_of(jobseeker),
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


def record_of_traits(jobseeker: Jobseeker) -> JobseekerRecord:
    """Read what traits are made of, today."""
    return JobseekerRecord(
        skills=skills_of(jobseeker), experience=jobs_of(jobseeker), education=education_of(jobseeker)
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


def skills_of(jobseeker: Jobseeker) -> list[tuple[str, int]]:
    return [(held.skill_id, held.level or LEVEL_UNKNOWN) for held in jobseeker.skills_held.all()]


def jobs_of(jobseeker: Jobseeker) -> list[tuple[str, float]]:
    return [
        (job.occupation_id, float(job.months))
        for job in jobseeker.experiences.all()
        if job.occupation_id and job.months is not None
    ]


def education_of(jobseeker: Jobseeker) -> int:
    return UNKNOWN_LEVEL if jobseeker.education_level is None else jobseeker.education_level


def radius(jobseeker: Jobseeker) -> float:
    """Return how far she goes, km: said in km, or in minutes by her transport where she lives; NaN when not said."""
    if jobseeker.radius_km is not None:
        return float(jobseeker.radius_km)
    if jobseeker.minutes is not None:
        return travel.reach_km(jobseeker.minutes, jobseeker.transport, jobseeker.commune_id)
    return nan


def number(value: float | Decimal | None) -> float:
    """Return a float, NaN for what is unknown."""
    return nan if value is None else float(value)


def day(date: dt.date | None) -> int:
    """Return days since 1970-01-01."""
    return UNKNOWN_DAY if date is None else (date - dt.date(1970, 1, 1)).days
