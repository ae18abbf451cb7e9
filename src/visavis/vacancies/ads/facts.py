"""What an ad says, each value with the words it was read in."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MONTHS_A_YEAR, WEEKS_A_YEAR = 12, 52
FULL_TIME_HOURS = 35.0
# Below 35 hours a week, work is part time in France: an ad that says no more says at least this.
PART_TIME_MOST = 34.5
DAYS_A_MONTH = 30.4


@dataclass(frozen=True)
class Found[T]:
    """A value, the words it was read in, and where these stand: `title`, `text` or the name of a field.

    `start` and `end` are places in the title or the text, -1 when the words stand in a field.
    """

    value: T
    words: str
    source: str = "text"
    start: int = -1
    end: int = -1


@dataclass(frozen=True)
class Length:
    """How long a contract is, as written: in months or in days."""

    months: float | None = None
    days: int | None = None

    @property
    def in_months(self) -> float:
        """Return months; one day is 0.03."""
        return self.months if self.months is not None else round((self.days or 0) / DAYS_A_MONTH, 2)


@dataclass(frozen=True)
class Hours:
    """Hours a week, least and most."""

    low: float
    high: float


@dataclass(frozen=True)
class Pay:
    """Pay as written; None where "from" or "up to" leaves an end open. Gross unless `is_net`.

    `months`: over how many a year it is paid, where a field says so.
    """

    low: float | None
    high: float | None
    unit: str
    is_net: bool = False
    months: float = MONTHS_A_YEAR

    def per_hour(self, hours: float | None) -> tuple[float | None, float | None]:
        """Return euros an hour; without hours a week a month or a year says nothing, a day has seven hours."""
        if self.unit == "hour":
            divisor = 1.0
        elif self.unit == "day":
            divisor = FULL_TIME_HOURS / 5
        elif hours is None:
            return None, None
        elif self.unit == "week":
            divisor = hours
        else:
            divisor = hours * WEEKS_A_YEAR / (self.months if self.unit == "month" else 1)
        low, high = (None if end is None else round(end / divisor, 2) for end in (self.low, self.high))
        return low, high


@dataclass(frozen=True)
class Education:
    """The lowest diploma that suffices; `is_required` is None where no word says it.

    `is_named`: by its name ("DEAS"), not by its level.
    """

    level: int
    is_required: bool | None = None
    is_named: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Language:
    level: int | None
    is_required: bool


@dataclass(frozen=True)
class Skill:
    """A task, technique, tool or knowledge in the ad's own words; `code` is that of the catalogue in use."""

    words: str
    start: int = -1
    end: int = -1
    code: str = ""
    is_essential: bool | None = None


@dataclass(frozen=True)
class Facts:
    """Everything an ad says that we know how to keep; None and empty are "not said"."""

    contract: Found[str] | None = None
    length: Found[Length] | None = None
    starts: Found[str] | None = None
    ends: Found[str] | None = None
    hours: Found[Hours] | None = None
    working_time: Found[str] | None = None
    pay: Found[Pay] | None = None
    positions: Found[int] | None = None
    experience: Found[str] | None = None
    experience_months: Found[int] | None = None
    beginner: Found[bool] | None = None
    education: Found[Education] | None = None
    licences: Mapping[str, Found[bool]] = field(default_factory=dict)
    languages: Mapping[str, Found[Language]] = field(default_factory=dict)
    conditions: Mapping[str, Found[str]] = field(default_factory=dict)
    own_vehicle: Found[str] | None = None
    remote: Found[str] | None = None
    skills: tuple[Skill, ...] = ()
