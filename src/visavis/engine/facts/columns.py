"""The two sides of the market as arrays: one entry per jobseeker, one per vacancy.

Every field may be unknown, and says how: NaN, 0, -1, an empty row or `UNKNOWN_DAY`.
"""

from dataclasses import dataclass, fields

import numpy as np

from visavis.engine.arrays import AnyArray, BoolArray, FloatArray, Integers
from visavis.engine.ragged import Ragged


@dataclass(frozen=True)
class JobseekerColumns:
    """The jobseekers, N rows.

    Parameters
    ----------
    ids : array of str, shape (N,)
        Whatever identifies a person outside; never read by the engine.
    latitude, longitude : array of float64, shape (N,)
        Degrees, NaN when the place is unknown.
    radius_km : array of float64, shape (N,)
        How far she goes in a straight line, at least 0; NaN when she has not said.
    wishes : Ragged of str
        Codes of the occupations she wants, the most wanted first.
    skills, skill_levels : Ragged of str, Ragged of int
        Skill codes and their levels 1 (notions) to 4 (expert), 0 when the level is unknown.
    experience, experience_months : Ragged of str, Ragged of float
        Occupation codes and the months spent in each.
    education : array of int, shape (N,)
        Level 0 to 8, -1 when unknown.
    languages, language_levels : Ragged of str, Ragged of int
        ISO 639-1 codes and CEFR levels 1 (A1) to 6 (C2), 0 when the level is unknown. Empty = unknown.
    licences : array of int, shape (N,)
        Mask of `LICENCES`.
    licences_known : array of bool, shape (N,)
        Whether she said which licences she holds.
    contracts : array of int, shape (N,)
        Mask of the `CONTRACTS` she accepts, 0 when she has not said.
    hours_min, hours_max : array of float64, shape (N,)
        Hours a week, NaN when unknown.
    available_on : array of int, shape (N,)
        Days since 1970-01-01, or `UNKNOWN_DAY`.
    lowest_pay : array of float64, shape (N,)
        Gross € an hour, NaN when unknown.
    avoided : array of int, shape (N,)
        Mask of the `CONDITIONS` she avoids.
    interests : Ragged of str
        Codes of the interests she approved for matching.
    texts : Ragged of str
        Titles she wished for and free text, each on its own.

    Raises
    ------
    ValueError
        Two columns differ in length, or a value is out of its range.
    """

    ids: AnyArray
    latitude: FloatArray
    longitude: FloatArray
    radius_km: FloatArray
    wishes: Ragged
    skills: Ragged
    skill_levels: Ragged
    experience: Ragged
    experience_months: Ragged
    education: Integers
    languages: Ragged
    language_levels: Ragged
    licences: Integers
    licences_known: BoolArray
    contracts: Integers
    hours_min: FloatArray
    hours_max: FloatArray
    available_on: Integers
    lowest_pay: FloatArray
    avoided: Integers
    interests: Ragged
    texts: Ragged

    def __post_init__(self) -> None:
        """Check lengths and ranges at the door."""
        _same_length(self)
        _aligned(self, ("skills", "skill_levels"), ("experience", "experience_months"))
        _aligned(self, ("languages", "language_levels"))
        _places(self)
        _at_least_zero(self, "radius_km", "lowest_pay", "hours_min", "hours_max", "experience_months")
        _between(self, "skill_levels", 0, 4)
        _between(self, "language_levels", 0, 6)
        _between(self, "education", -1, 8)

    def __len__(self) -> int:
        """Count the jobseekers."""
        return len(self.ids)


@dataclass(frozen=True)
class VacancyColumns:
    """The vacancies, M rows.

    Parameters
    ----------
    ids : array of str, shape (M,)
        Whatever identifies a vacancy outside; never read by the engine.
    latitude, longitude : array of float64, shape (M,)
        Degrees, NaN when the place is unknown.
    place_radius_km : array of float64, shape (M,)
        How far the true place may be from the one given: 0 for a commune, about 40 for a department.
    is_remote : array of bool, shape (M,)
        Whether the work is done from home altogether.
    occupation : array of str, shape (M,)
        Occupation code, empty when unknown.
    title : array of str, shape (M,)
        As the employer wrote it, empty when unknown.
    essential_skills, wished_skills : Ragged of str
        Skill codes.
    experience_months : array of float64, shape (M,)
        Months asked in the occupation, 0 when beginners are welcome, -1 when unknown.
    experience_is_required : array of bool, shape (M,)
        Asked rather than wished.
    education : array of int, shape (M,)
        Level 0 to 8, -1 when unknown.
    education_is_required : array of bool, shape (M,)
        Asked rather than wished.
    languages, language_levels : Ragged of str, Ragged of int
        Languages required and the least CEFR level 1 to 6, 0 when any level will do.
    licences : array of int, shape (M,)
        Mask of the `LICENCES` required.
    contract : array of int, shape (M,)
        One bit of `CONTRACTS`, 0 when unknown.
    hours_min, hours_max : array of float64, shape (M,)
        Hours a week, NaN when unknown.
    starts_on : array of int, shape (M,)
        Days since 1970-01-01, `UNKNOWN_DAY` for as soon as possible.
    pay_min, pay_max : array of float64, shape (M,)
        Gross € an hour, NaN when unknown.
    conditions : array of int, shape (M,)
        Mask of the `CONDITIONS` of the work.
    positions : array of int, shape (M,)
        How many people are looked for, at least 1.

    Raises
    ------
    ValueError
        Two columns differ in length, or a value is out of its range.
    """

    ids: AnyArray
    latitude: FloatArray
    longitude: FloatArray
    place_radius_km: FloatArray
    is_remote: BoolArray
    occupation: AnyArray
    title: AnyArray
    essential_skills: Ragged
    wished_skills: Ragged
    experience_months: FloatArray
    experience_is_required: BoolArray
    education: Integers
    education_is_required: BoolArray
    languages: Ragged
    language_levels: Ragged
    licences: Integers
    contract: Integers
    hours_min: FloatArray
    hours_max: FloatArray
    starts_on: Integers
    pay_min: FloatArray
    pay_max: FloatArray
    conditions: Integers
    positions: Integers

    def __post_init__(self) -> None:
        """Check lengths and ranges at the door."""
        _same_length(self)
        _aligned(self, ("languages", "language_levels"))
        _places(self)
        _at_least_zero(self, "place_radius_km", "hours_min", "hours_max", "pay_min", "pay_max")
        _between(self, "language_levels", 0, 6)
        _between(self, "education", -1, 8)
        if len(self) and self.positions.min() < 1:
            raise ValueError(f"positions must be at least 1, got {self.positions.min()}")
        if np.isnan(self.place_radius_km).any():
            raise ValueError(
                "place_radius_km must be a number everywhere; 0 when the place itself is unknown"
            )

    def __len__(self) -> int:
        """Count the vacancies."""
        return len(self.ids)


type Columns = JobseekerColumns | VacancyColumns


def _same_length(columns: Columns) -> None:
    expected = len(columns.ids)
    for field in fields(columns):
        value = getattr(columns, field.name)
        shape = (len(value),) if isinstance(value, Ragged) else np.shape(value)
        if shape != (expected,):
            raise ValueError(f"{field.name} has shape {shape}, expected ({expected},) as ids")


def _aligned(columns: Columns, *pairs: tuple[str, str]) -> None:
    for one, other in pairs:
        a, b = getattr(columns, one), getattr(columns, other)
        if not np.array_equal(a.offsets, b.offsets):
            raise ValueError(
                f"{one} and {other} must have equal rows, got {len(a.values)} and {len(b.values)} values"
            )


def _places(columns: Columns) -> None:
    latitude, longitude = columns.latitude, columns.longitude
    if (np.abs(latitude) > 90).any() or (np.abs(longitude) > 180).any():
        raise ValueError("latitude must lie in [-90, 90] and longitude in [-180, 180], or be NaN")
    if (np.isnan(latitude) != np.isnan(longitude)).any():
        raise ValueError("latitude and longitude must be unknown together")


def _at_least_zero(columns: Columns, *names: str) -> None:
    for name in names:
        column = getattr(columns, name)
        values = column.values if isinstance(column, Ragged) else column
        if (values < 0).any() or np.isinf(values).any():
            raise ValueError(
                f"{name} must be finite and at least 0, got {values[(values < 0) | np.isinf(values)][0]}"
            )


def _between(columns: Columns, name: str, low: int, high: int) -> None:
    column = getattr(columns, name)
    values = column.values if isinstance(column, Ragged) else column
    if len(values) and (values.min() < low or values.max() > high):
        raise ValueError(f"{name} must lie in [{low}, {high}], got [{values.min()}, {values.max()}]")
