"""One person, one vacancy: what a caller fills in, every field optional, and the way to columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import Any

import numpy as np

from visavis.engine.arrays import AnyArray, BoolArray, FloatArray, Integers
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.occupations import joint
from visavis.engine.facts.vocabulary import CONDITIONS, CONTRACTS, LICENCES, UNKNOWN_DAY, UNKNOWN_LEVEL, mask
from visavis.engine.ragged import Ragged


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobseeker:
    """One jobseeker; what is left out is unknown. Units and ranges are those of `JobseekerColumns`.

    `licences` is None when unknown and empty when she holds none. Skills, experience and languages are
    pairs (code, level or months). `usual_km` is how far somebody like her usually goes: it stands in for a radius that
    she has not said, and costs nothing.
    """

    id: str = ""
    latitude: float = nan
    longitude: float = nan
    radius_km: float = nan
    usual_km: float = nan
    wishes: Sequence[str] = ()
    skills: Sequence[tuple[str, int]] = ()
    experience: Sequence[tuple[str, float]] = ()
    education: int = UNKNOWN_LEVEL
    languages: Sequence[tuple[str, int]] = ()
    licences: Sequence[str] | None = None
    contracts: Sequence[str] = ()
    hours_min: float = nan
    hours_max: float = nan
    available_on: int = UNKNOWN_DAY
    lowest_pay: float = nan
    avoided: Sequence[str] = ()
    interests: Sequence[str] = ()
    texts: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """One vacancy; what is left out is unknown. Units and ranges are those of `VacancyColumns`."""

    id: str = ""
    latitude: float = nan
    longitude: float = nan
    place_radius_km: float = 0.0
    is_remote: bool = False
    occupation: str = ""
    other_occupations: Sequence[str] = ()
    title: str = ""
    essential_skills: Sequence[str] = ()
    wished_skills: Sequence[str] = ()
    experience_months: float = UNKNOWN_LEVEL
    experience_is_required: bool = False
    education: int = UNKNOWN_LEVEL
    education_is_required: bool = False
    languages: Sequence[tuple[str, int]] = ()
    licences: Sequence[str] = ()
    contract: str = ""
    hours_min: float = nan
    hours_max: float = nan
    starts_on: int = UNKNOWN_DAY
    pay_min: float = nan
    pay_max: float = nan
    conditions: Sequence[str] = ()
    positions: int = 1


def jobseeker_columns(people: Iterable[Jobseeker]) -> JobseekerColumns:
    """Lay people out as columns, in their order.

    Raises
    ------
    ValueError
        A code is not in its vocabulary, or a value is out of its range.

    Examples
    --------
    >>> columns = jobseeker_columns([Jobseeker(id="a", wishes=["J1506"], licences=["B"])])
    >>> len(columns), columns.wishes.row(0).tolist(), int(columns.licences[0])
    (1, ['J1506'], 8)
    """
    rows = list(people)
    skills, skill_levels = _pairs([p.skills for p in rows], np.int8)
    experience, months = _pairs([p.experience for p in rows], np.float64)
    languages, language_levels = _pairs([p.languages for p in rows], np.int8)
    return JobseekerColumns(
        ids=_texts(p.id for p in rows),
        latitude=_floats(p.latitude for p in rows),
        longitude=_floats(p.longitude for p in rows),
        radius_km=_floats(p.radius_km for p in rows),
        reach_km=_floats(p.usual_km if isnan(p.radius_km) else p.radius_km for p in rows),
        wishes=Ragged.from_lists(p.wishes for p in rows),
        skills=skills,
        skill_levels=skill_levels,
        experience=experience,
        experience_months=months,
        education=_ints(p.education for p in rows),
        languages=languages,
        language_levels=language_levels,
        licences=_ints(mask(p.licences or (), LICENCES) for p in rows),
        licences_known=_flags(p.licences is not None for p in rows),
        contracts=_ints(mask(p.contracts, CONTRACTS) for p in rows),
        hours_min=_floats(p.hours_min for p in rows),
        hours_max=_floats(p.hours_max for p in rows),
        available_on=_ints(p.available_on for p in rows),
        lowest_pay=_floats(p.lowest_pay for p in rows),
        avoided=_ints(mask(p.avoided, CONDITIONS) for p in rows),
        interests=Ragged.from_lists(p.interests for p in rows),
        texts=Ragged.from_lists((p.texts for p in rows), object),
    )


def vacancy_columns(vacancies: Iterable[Vacancy]) -> VacancyColumns:
    """Lay vacancies out as columns, in their order.

    Raises
    ------
    ValueError
        A code is not in its vocabulary, or a value is out of its range.

    Examples
    --------
    >>> columns = vacancy_columns([Vacancy(id="v", contract="permanent", title="Infirmier")])
    >>> len(columns), int(columns.contract[0]), int(columns.education[0])
    (1, 1, -1)
    """
    rows = list(vacancies)
    languages, language_levels = _pairs([v.languages for v in rows], np.int8)
    return VacancyColumns(
        ids=_texts(v.id for v in rows),
        latitude=_floats(v.latitude for v in rows),
        longitude=_floats(v.longitude for v in rows),
        place_radius_km=_floats(v.place_radius_km for v in rows),
        is_remote=_flags(v.is_remote for v in rows),
        occupation=_texts(joint([v.occupation, *v.other_occupations]) for v in rows),
        title=_texts(v.title for v in rows),
        essential_skills=Ragged.from_lists(v.essential_skills for v in rows),
        wished_skills=Ragged.from_lists(v.wished_skills for v in rows),
        experience_months=_floats(v.experience_months for v in rows),
        experience_is_required=_flags(v.experience_is_required for v in rows),
        education=_ints(v.education for v in rows),
        education_is_required=_flags(v.education_is_required for v in rows),
        languages=languages,
        language_levels=language_levels,
        licences=_ints(mask(v.licences, LICENCES) for v in rows),
        contract=_ints(mask([v.contract] if v.contract else [], CONTRACTS) for v in rows),
        hours_min=_floats(v.hours_min for v in rows),
        hours_max=_floats(v.hours_max for v in rows),
        starts_on=_ints(v.starts_on for v in rows),
        pay_min=_floats(v.pay_min for v in rows),
        pay_max=_floats(v.pay_max for v in rows),
        conditions=_ints(mask(v.conditions, CONDITIONS) for v in rows),
        positions=_ints(v.positions for v in rows),
    )


def _floats(values: Iterable[float]) -> FloatArray:
    return np.fromiter(values, np.float64)


def _ints(values: Iterable[int]) -> Integers:
    return np.fromiter(values, np.int32)


def _flags(values: Iterable[bool]) -> BoolArray:
    return np.fromiter(values, np.bool_)


def _texts(values: Iterable[str]) -> AnyArray:
    return np.array(list(values), dtype=object)


def _pairs(rows: list[Sequence[tuple[str, Any]]], dtype: Any) -> tuple[Ragged, Ragged]:
    names = Ragged.from_lists([name for name, _ in row] for row in rows)
    numbers = Ragged.from_lists(([number for _, number in row] for row in rows), dtype)
    return names, numbers
