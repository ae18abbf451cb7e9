"""What a feed says of one vacancy, whatever its format; no table is known here."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from visavis.catalog.pointing import PlaceFound


class Kind(StrEnum):
    """As FeedRunNote.Kind."""

    FELL_BACK = "fell_back"
    REFUSED = "refused"


@dataclass(frozen=True)
class Note:
    """One thing that fell back or was refused: which field, why (a code of feeds.reasons), what stood there."""

    field: str
    reason: str
    value: str = ""
    kind: Kind = Kind.FELL_BACK


class Places(Protocol):
    """Knows where things are."""

    def find(self, code: str, postcode: str, label: str) -> PlaceFound | None:
        """Find by commune code, else by postcode and name, else by a label such as "07 - ANNONAY"."""
        ...


@dataclass(frozen=True)
class SkillRead:
    """One skill asked; `code` is the feed's (OGR), `kind` one of catalog.models.Skill.Kind or nothing."""

    label: str
    code: str = ""
    is_essential: bool = False
    kind: str = ""


@dataclass(frozen=True)
class LanguageRead:
    language: str
    is_required: bool = True
    level: int | None = None


@dataclass(frozen=True)
class EmployerRead:
    name: str = ""
    about: str = ""
    naf: str = ""
    siret: str = ""
    is_adapted: bool = False


@dataclass(frozen=True)
class VacancyRead:
    """One vacancy as understood. Pay in gross euros per hour, hours per week, None is unknown."""

    key: str
    title: str
    description: str = ""
    rome_code: str = ""
    rome_label: str = ""
    isco: str = ""
    esco_uri: str = ""
    title_of_occupation: str = ""
    place: PlaceFound | None = None
    employer: EmployerRead = field(default_factory=EmployerRead)
    contract: str = ""
    contract_months: int | None = None
    hours_min: float | None = None
    hours_max: float | None = None
    pay_min_hour: float | None = None
    pay_max_hour: float | None = None
    pay_text: str = ""
    licences: tuple[str, ...] = ()
    licences_wished: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    experience_months: int | None = None
    experience_is_required: bool = False
    education_level: int | None = None
    education_is_required: bool = False
    skills: tuple[SkillRead, ...] = ()
    languages: tuple[LanguageRead, ...] = ()
    positions: int = 1
    is_open_to_disability: bool = False
    source_url: str = ""
    published_at: dt.datetime | None = None
    starts_on: dt.date | None = None
    closes_on: dt.date | None = None
    is_remote: bool = False


@dataclass(frozen=True)
class Read:
    """What one record gave: a vacancy, or none when it was refused, and what there is to say about it.

    `is_closed`: the feed says that this vacancy is over.
    """

    key: str
    vacancy: VacancyRead | None
    notes: tuple[Note, ...] = ()
    is_closed: bool = False
