"""What a feed says of one vacancy, whatever its format; no table is known here."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from visavis.catalog.pointing import PlaceFound
from visavis.vacancies import ads
from visavis.vacancies.ads.facts import Facts


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
class EmployerRead:
    name: str = ""
    about: str = ""
    naf: str = ""
    siret: str = ""
    is_adapted: bool = False


@dataclass(frozen=True)
class VacancyRead:
    """One vacancy as its feed gives it: `fields` is what its structured fields say, its text is not read yet."""

    key: str
    title: str
    description: str = ""
    fields: Facts = field(default_factory=Facts)
    rome_code: str = ""
    rome_label: str = ""
    isco: str = ""
    esco_uri: str = ""
    title_of_occupation: str = ""
    place: PlaceFound | None = None
    employer: EmployerRead = field(default_factory=EmployerRead)
    pay_text: str = ""
    is_open_to_disability: bool = False
    source_url: str = ""
    published_at: dt.datetime | None = None
    closes_on: dt.date | None = None

    def understood(self, now: dt.datetime) -> Facts:
        """Read title, text and fields together."""
        day = (self.published_at or now).date()
        return ads.read(title=self.title, text=self.description, fields=self.fields, today=day)


@dataclass(frozen=True)
class Read:
    """What one record gave: a vacancy, or none when it was refused, and what there is to say about it.

    `is_closed`: the feed says that this vacancy is over.
    """

    key: str
    vacancy: VacancyRead | None
    notes: tuple[Note, ...] = ()
    is_closed: bool = False
