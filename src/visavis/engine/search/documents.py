"""An ad as a search reads it, and many of them as columns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import nan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visavis.engine.facts import geo
from visavis.engine.search.coded import Coded
from visavis.engine.search.vocabulary import patterns
from visavis.folding import fold

type Bools = NDArray[np.bool_]
type Floats = NDArray[np.float64]
type Places = NDArray[np.int64]
type Bytes = NDArray[np.uint8]

MOST_TEXT = 20_000
TAGS = (
    *("permanent", "fixed_term", "temporary", "seasonal", "apprenticeship", "self_employed", "other"),
    *("part", "full", "night", "early_morning", "evening", "saturday", "sunday", "split_shifts", "shifts"),
    *("travel", "outdoors", "heavy_loads", "standing", "screen", "remote", "weekdays_only"),
    *("beginner", "experienced", "untrained", "diploma"),
    *("level_0", "level_3", "level_4", "level_5", "level_6", "level_7"),
    *("licence_b", "licence_c", "licence_ce", "licence_d", "no_licence", "caces", "own_vehicle"),
    *("housing", "training", "student", "disability", "prospecting", "no_prospecting", "replacement"),
    *("internship", "asap", "public", "day", "morning", "continuous", "sedentary", "vehicle", "diploma_free"),
    *("english", "german", "spanish", "italian"),
    *("few_hours", "half", "four_days"),
    *("home_evenings", "away", "school_hours", "lunch", "summer", "public_transport"),
    "french",
)
"""What an ad may say of its conditions; one bit each, kept in the database: new ones come last, however many."""

_BIT = {tag: 1 << place for place, tag in enumerate(TAGS)}
ROOM = -(-len(TAGS) // 8)
"""Bytes that the bits of all tags take."""


@dataclass(frozen=True)
class Document:
    """One ad. `names`: what the catalogue calls the work and its skills; `code`: its occupation.

    `pay_low` and `pay_high` in gross euros an hour, `off_km` how far off the point may be; NaN is "not said".
    """

    title: str
    text: str = ""
    names: str = ""
    code: str = ""
    tags: frozenset[str] = field(default_factory=frozenset)
    pay_low: float = nan
    pay_high: float = nan
    latitude: float = nan
    longitude: float = nan
    off_km: float = 0.0
    department: str = ""
    region: str = ""
    country: str = ""


def tags_in(*texts: str) -> set[str]:
    """Return the tags that stand in the words of an ad.

    >>> sorted(tags_in("Serveur (H/F)", "Poste logé nourri, anglais apprécié."))
    ['english', 'housing']
    """
    said = fold("\n".join(texts)[:MOST_TEXT])
    return {tag for tag, pattern in patterns().items() if pattern.search(said)}


def bits(tags: Iterable[str]) -> int:
    """Return tags as bits of one number; a name that is none is passed over."""
    return sum(_BIT[tag] for tag in set(tags) if tag in _BIT)


def packed(number: int) -> bytes:
    """Return bits as bytes, the first eight tags first.

    >>> unpacked(packed(bits(["housing", "lunch"]))) == bits(["lunch", "housing"])
    True
    """
    return number.to_bytes(ROOM, "little")


def unpacked(kept: bytes) -> int:
    """Return the bits that were kept as bytes, when there were fewer tags too."""
    return int.from_bytes(kept, "little")


def beside(numbers: Sequence[int]) -> Bytes:
    """Lay the bits of N ads out, (ROOM, N)."""
    laid = np.frombuffer(b"".join(map(packed, numbers)), np.uint8).reshape(-1, ROOM)
    return np.ascontiguousarray(laid.T)


@dataclass(frozen=True)
class Columns:
    """N ads as arrays of that length, but `points` (N, 2) and `tags` (ROOM, N)."""

    code: NDArray[np.int32]  # place in `codes`, -1 unknown
    codes: tuple[str, ...]
    tags: Bytes
    pay_low: Floats
    pay_high: Floats
    points: Floats
    off_km: Floats
    department: Coded
    region: Coded
    country: Coded

    def __len__(self) -> int:
        return len(self.code)

    @classmethod
    def of(cls, documents: Sequence[Document]) -> "Columns":
        """Lay documents out."""
        codes = tuple(sorted({one.code for one in documents if one.code}))
        place = {code: row for row, code in enumerate(codes)}

        def real(name: str) -> Floats:
            return np.array([getattr(one, name) for one in documents], np.float64)

        def word(name: str) -> Coded:
            return Coded.of(getattr(one, name) for one in documents)

        return cls(
            code=np.array([place.get(one.code, -1) for one in documents], np.int32),
            codes=codes,
            tags=beside([bits(one.tags) for one in documents]),
            pay_low=real("pay_low"),
            pay_high=real("pay_high"),
            points=np.stack([real("latitude"), real("longitude")], axis=1),
            off_km=real("off_km"),
            department=word("department"),
            region=word("region"),
            country=word("country"),
        )

    def cut(self, places: Places) -> "Columns":
        """Keep the documents at some places."""
        columns: dict[str, Any] = {one.name: getattr(self, one.name) for one in fields(self)}
        for name, some in columns.items():
            if name not in ("codes", "tags"):
                columns[name] = some.cut(places) if isinstance(some, Coded) else some[places]
        return Columns(**(columns | {"tags": self.tags[:, places]}))

    @cached_property
    def vectors(self) -> Floats:
        """Where each is, as a point of the unit sphere, (N, 3)."""
        return geo.unit_vectors(self.points[:, 0], self.points[:, 1])

    def has(self, tag: str) -> Bools:
        """Say which have a tag."""
        return self.has_any([tag])

    def has_any(self, tags: Iterable[str]) -> Bools:
        """Say which have one of some tags."""
        wanted = np.frombuffer(packed(bits(tags)), np.uint8)
        held = np.zeros(len(self), bool)
        for place in np.flatnonzero(wanted):
            held |= (self.tags[place] & wanted[place]) != 0
        return held
