"""A text being read, and what may be understood from it."""

import datetime as dt
import re
from dataclasses import dataclass, field

from bench.ads_keywords.hours import Hours
from visavis.folding import fold_signs, places_before

MOST_SENTENCES = 500


@dataclass(frozen=True)
class Found[T]:
    """What was understood, and the words it came from."""

    value: T
    words: str


@dataclass(frozen=True)
class Pay:
    low: float
    high: float


@dataclass(frozen=True)
class Contract:
    kind: str
    months: int | None = None


@dataclass(frozen=True)
class Experience:
    months: int
    is_required: bool


@dataclass(frozen=True)
class Education:
    level: int
    is_required: bool


@dataclass(frozen=True)
class Language:
    language: str
    level: int | None
    is_required: bool


@dataclass(frozen=True)
class Understood:
    """Everything a text says that we know how to keep; None and empty are "not said"."""

    contract: Found[Contract] | None = None
    hours: Found[Hours] | None = None
    pay: Found[Pay] | None = None
    experience: Found[Experience] | None = None
    education: Found[Education] | None = None
    starts_on: Found[dt.date] | None = None
    positions: Found[int] | None = None
    licences: list[Found[tuple[str, bool]]] = field(default_factory=list)
    languages: list[Found[Language]] = field(default_factory=list)
    conditions: list[Found[str]] = field(default_factory=list)
    skills: list[Found[str]] = field(default_factory=list)


class Page:
    """A text, its folded form, and its sentences as places in the folded form."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold_signs(text)
        self._places = places_before(text)
        ends = [match.end() for match in re.finditer(r"\n+|[.;!?](?=\s)|$", self.folded)]
        starts = [0, *ends]
        spans = [(a, b) for a, b in zip(starts, ends, strict=False) if self.folded[a:b].strip(" \n.;-•*")]
        self.sentences = spans[:MOST_SENTENCES]

    def words(self, start: int, end: int) -> str:
        """Return the person's own words for a stretch of the folded text."""
        return self.text[self._places[start] : self._places[end]].strip(" \n\t,;:.-•*")

    def original(self, start: int, end: int) -> str:
        return self.text[self._places[start] : self._places[end]]
