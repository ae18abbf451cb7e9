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

    Raises
    ------
    ValueError
        Two columns differ in length, or a value is out of its range.
    """

    ids: AnyArray  # str, (N,): whatever identifies a person outside; never read by the engine
    latitude: FloatArray  # (N,): degrees, NaN when the place is unknown
    longitude: FloatArray  # likewise
    radius_km: FloatArray  # (N,): how far she goes in a straight line, at least 0; NaN when she has not said
    # (N,): how far she is looked for: her radius, else what is usual for her; NaN for anywhere
    reach_km: FloatArray
    wishes: Ragged  # str: codes of the occupations she wants, the most wanted first
    skills: Ragged  # str: codes
    skill_levels: Ragged  # int: 1 (notions) to 4 (expert), 0 when unknown; rows as `skills`
    experience: Ragged  # str: codes of the occupations worked in
    experience_months: Ragged  # float: months spent in each
    education: Integers  # (N,): level 0 to 8, -1 when unknown
    languages: Ragged  # str: ISO 639-1 codes; empty when unknown
    language_levels: Ragged  # int: CEFR 1 (A1) to 6 (C2), 0 when unknown; rows as `languages`
    licences: Integers  # (N,): mask of `LICENCES`
    licences_known: BoolArray  # (N,): whether she said which licences she holds
    contracts: Integers  # (N,): mask of the `CONTRACTS` she accepts, 0 when she has not said
    hours_min: FloatArray  # (N,): hours a week, NaN when unknown
    hours_max: FloatArray  # likewise
    available_on: Integers  # (N,): days since 1970-01-01, or `UNKNOWN_DAY`
    lowest_pay: FloatArray  # (N,): gross € an hour, NaN when unknown
    avoided: Integers  # (N,): mask of the `CONDITIONS` she avoids
    interests: Ragged  # str: codes of the interests she approved for matching
    texts: Ragged  # str: titles she wished for and free text, each on its own

    def __post_init__(self) -> None:
        """Check lengths and ranges at the door."""
        _same_length(self)
        _aligned(self, ("skills", "skill_levels"), ("experience", "experience_months"))
        _aligned(self, ("languages", "language_levels"))
        _places(self)
        _at_least_zero(
            self, "radius_km", "reach_km", "lowest_pay", "hours_min", "hours_max", "experience_months"
        )
        _between(self, "skill_levels", 0, 4)
        _between(self, "language_levels", 0, 6)
        _between(self, "education", -1, 8)

    def __len__(self) -> int:
        """Count the jobseekers."""
        return len(self.ids)


@dataclass(frozen=True)
class VacancyColumns:
    """The vacancies, M rows.

    Raises
    ------
    ValueError
        Two columns differ in length, or a value is out of its range.
    """

    ids: AnyArray  # str, (M,): whatever identifies a vacancy outside; never read by the engine
    latitude: FloatArray  # (M,): degrees, NaN when the place is unknown
    longitude: FloatArray  # likewise
    # (M,): how far the true place may be from the one given: 0 for a commune, about 40 for a department
    place_radius_km: FloatArray
    is_remote: BoolArray  # (M,): whether the work is done from home altogether
    # str, (M,): occupation code, empty when unknown; of several jobs at once their codes, as `joint` joins them
    occupation: AnyArray
    title: AnyArray  # str, (M,): as the employer wrote it, empty when unknown
    essential_skills: Ragged  # str: skill codes
    wished_skills: Ragged  # str: skill codes
    # (M,): months asked in the occupation, 0 when beginners are welcome, -1 when unknown
    experience_months: FloatArray
    experience_is_required: BoolArray  # (M,): asked rather than wished
    education: Integers  # (M,): level 0 to 8, -1 when unknown
    education_is_required: BoolArray  # (M,): asked rather than wished
    languages: Ragged  # str: ISO 639-1 codes of those required
    language_levels: Ragged  # int: the least CEFR level 1 to 6, 0 when any will do
    licences: Integers  # (M,): mask of the `LICENCES` required
    contract: Integers  # (M,): one bit of `CONTRACTS`, 0 when unknown
    hours_min: FloatArray  # (M,): hours a week, NaN when unknown
    hours_max: FloatArray  # likewise
    starts_on: Integers  # (M,): days since 1970-01-01, `UNKNOWN_DAY` for as soon as possible
    pay_min: FloatArray  # (M,): gross € an hour, NaN when unknown
    pay_max: FloatArray  # likewise
    conditions: Integers  # (M,): mask of the `CONDITIONS` of the work
    positions: Integers  # (M,): how many people are looked for, at least 1

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
