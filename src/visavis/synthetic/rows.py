"""The flat columns of the files `visavis generate` writes and `visavis match` reads. README.md documents them."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypedDict, cast

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
    said = {
        "commune": one.town.code,
        "skills": _pairs(one.skills),
        "experience": _pairs(one.months.items()),
        "languages": _pairs(one.languages),
        "licences": "" if one.licences is None else one.licences or NONE_HELD,
    }
    return _row(JobseekerRow, one, said)


def of_vacancy(one: Vacancy) -> VacancyRow:
    """Flatten a vacancy."""
    said = {
        "commune": one.town.code,
        "latitude": one.town.latitude,
        "longitude": one.town.longitude,
        "languages": _pairs(one.languages),
        "employer": one.employer.name,
    }
    return _row(VacancyRow, one, said)


def _row[R](kind: type[R], one: object, said: dict[str, Any]) -> R:
    """Fill each column with what is said of it, else with what bears its name; a list is joined."""
    found = {name: said[name] if name in said else getattr(one, name) for name in kind.__annotations__}
    return cast(
        R, {name: ";".join(value) if isinstance(value, tuple) else value for name, value in found.items()}
    )


def _pairs(pairs: Iterable[tuple[str, int]]) -> str:
    return ";".join(f"{code}:{number}" for code, number in pairs)
