"""The flat columns of the files `visavis generate` writes and `visavis match` reads. README.md documents them."""

import datetime as dt
from collections.abc import Iterable
from typing import TypedDict

from visavis.synthetic.people import Jobseeker
from visavis.synthetic.vacancies import Vacancy

NONE_HELD = "none"
"""Written for licences when the person said she holds none; empty means nobody asked."""


class JobseekerRow(TypedDict):
    """One line of a file of jobseekers."""

    id: str
    latitude: float
    longitude: float
    commune: str
    radius_km: float | None
    minutes: int | None
    transport: str
    occupations: str
    titles: str
    skills: str
    experience: str
    education_level: int | None
    languages: str
    licences: str
    contracts: str
    hours_min: float | None
    hours_max: float | None
    available_on: dt.date | None
    lowest_pay_hour: float | None
    avoid: str
    interests: str
    text: str


class VacancyRow(TypedDict):
    """One line of a file of vacancies."""

    id: str
    title: str
    occupation: str
    commune: str
    latitude: float
    longitude: float
    contract: str
    hours_min: float | None
    hours_max: float | None
    starts_on: dt.date | None
    pay_min_hour: float | None
    pay_max_hour: float | None
    licences: str
    experience_months: int | None
    experience_required: bool
    education_level: int | None
    education_required: bool
    languages: str
    conditions: str
    skills_essential: str
    skills_wished: str
    positions: int
    employer: str
    text: str


def of_jobseeker(one: Jobseeker) -> JobseekerRow:
    """Flatten a jobseeker; who she is stays out of the file."""
    return JobseekerRow(
        id=one.id,
        latitude=one.latitude,
        longitude=one.longitude,
        commune=one.town.code,
        radius_km=one.radius_km,
        minutes=one.minutes,
        transport=one.transport,
        occupations=_list(one.occupations),
        titles=_list(one.titles),
        skills=_pairs(one.skills),
        experience=_pairs(one.months.items()),
        education_level=one.education_level,
        languages=_pairs(one.languages),
        licences="" if one.licences is None else _list(one.licences) or NONE_HELD,
        contracts=_list(one.contracts),
        hours_min=one.hours_min,
        hours_max=one.hours_max,
        available_on=one.available_on,
        lowest_pay_hour=one.lowest_pay_hour,
        avoid=_list(one.avoid),
        interests=_list(one.interests),
        text=one.text,
    )


def of_vacancy(one: Vacancy) -> VacancyRow:
    """Flatten a vacancy."""
    return VacancyRow(
        id=one.id,
        title=one.title,
        occupation=one.occupation,
        commune=one.town.code,
        latitude=one.town.latitude,
        longitude=one.town.longitude,
        contract=one.contract,
        hours_min=one.hours_min,
        hours_max=one.hours_max,
        starts_on=one.starts_on,
        pay_min_hour=one.pay_min_hour,
        pay_max_hour=one.pay_max_hour,
        licences=_list(one.licences),
        experience_months=one.experience_months,
        experience_required=one.experience_required,
        education_level=one.education_level,
        education_required=one.education_required,
        languages=_pairs(one.languages),
        conditions=_list(one.conditions),
        skills_essential=_list(one.skills_essential),
        skills_wished=_list(one.skills_wished),
        positions=one.positions,
        employer=one.employer.name,
        text=one.text,
    )


def _list(values: Iterable[str]) -> str:
    return ";".join(values)


def _pairs(pairs: Iterable[tuple[str, int]]) -> str:
    return ";".join(f"{code}:{number}" for code, number in pairs)
