"""All communes in memory, found by code, postcode, name or department. Pure: rows of a table or of the shipped files.

Two questions are asked of it, and they differ on purpose. A person, or a form, names a commune:
`commune_for` gives one, the biggest of a wider place if need be (`places.py`). A vacancy says where
the work is: `Pointer.find` gives a point and how far off it may be, and never takes a department for
its biggest town (`pointing.py`).
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from visavis.catalog.distances import EARTH_RADIUS_KM, km_from
from visavis.catalog.spelling import Spellings
from visavis.folding import fold_words

CLOSE = 0.75
"""The least score of a name that may be the one meant, written a little differently."""

ARTICLES = frozenset({"l", "le", "la", "les"})
IN_FULL = {"st": "saint", "ste": "sainte", "s": "sur", "ss": "sous"}
ORDINAL = re.compile(r"\b0?(\d{1,2})\s?(?:er|ere|e|eme|ieme|nd|nde)?(?:\s+arr(?:ondissement|dt)?)?$")
NOISE = re.compile(r"\(.*?\)|\bcedex\b.*", re.I)
CUT_IN_PARTS = {"75056": "paris", "69123": "lyon", "13055": "marseille"}
"""The towns that have arrondissements: their code and their key."""


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """A commune, of a file or of the table, without what a model's object carries: it is kept 35,000 times."""

    code: str
    name: str
    department_id: str
    latitude: float | None
    longitude: float | None
    population: int = 0
    precision_km: float = 0
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AreaRow:
    """A department with its region's code, or a region."""

    code: str
    name: str
    region: str = ""


def fold_place(name: str) -> str:
    """Write the name of a place as it is compared.

    >>> fold_place("ST ETIENNE"), fold_place("L'Haÿ-les-Roses"), fold_place("Paris 12e Arrondissement")
    ('saint etienne', 'l hay les roses', 'paris 12')
    """
    words = [IN_FULL.get(word, word) for word in fold_words(name).split()]
    return ORDINAL.sub(lambda found: str(int(found[1])), " ".join(words))


def said_as(name: str) -> str:
    """Write the name of a place as it is compared, without what stands in brackets or after CEDEX."""
    return fold_place(NOISE.sub(" ", name))


def square(degrees: float) -> int:
    """Return the square of a quarter of a degree in which a latitude or a longitude lies."""
    return math.floor(4 * degrees)


def words_of_place(name: str) -> list[str]:
    """Cut the name of a place into words, articles left out.

    >>> words_of_place("72 Le Mans"), words_of_place("Mans")
    (['72', 'mans'], ['mans'])
    """
    words = fold_place(name).split()
    return [word for word in words if word not in ARTICLES] or words


def key_of(name: str) -> str:
    """Write a place's name in one way: "ST DIDIER SOUS AUBENAS" and "Saint-Didier-sous-Aubenas" meet.

    >>> key_of("ST DIDIER SOUS AUBENAS") == key_of("Saint-Didier-sous-Aubenas (07)")
    True
    """
    return " ".join(words_of_place(said_as(name)))


class Gazetteer:
    """All communes, the most populated first. 35,000 take about 20 MB, their spellings 8, and half a second."""

    def __init__(
        self,
        communes: Sequence[CommuneRow],
        departments: Iterable[AreaRow],
        regions: Iterable[AreaRow],
        postcodes: Iterable[tuple[str, str]],
    ) -> None:
        self.communes = sorted(communes, key=lambda one: (-one.population, one.code))
        self.row = {one.code: row for row, one in enumerate(self.communes)}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_department: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(self.communes):
            # "Château-Chinon (Ville)" is called with and without what tells it from its neighbour.
            for key in {" ".join(words_of_place(one.name)), key_of(one.name)}:
                self.by_name[key].append(row)
            self.by_department[one.department_id].append(row)
        self.by_postcode: dict[str, list[int]] = defaultdict(list)
        for code, commune in postcodes:
            self.by_postcode[code].append(self.row[commune])
        for rows in self.by_postcode.values():
            # An arrondissement before the town it is a part of: its postcode says which one.
            rows.sort(key=lambda row: (self.communes[row].code in CUT_IN_PARTS, row))
        self.departments: Mapping[str, AreaRow] = {one.code: one for one in departments}
        self.department_names = {fold_place(one.name): one.code for one in self.departments.values()}
        self.region_names = {fold_place(one.name): one for one in regions}

    @classmethod
    def of_rows(
        cls, communes: Iterable[CommuneRow], departments: Iterable[AreaRow], regions: Iterable[AreaRow]
    ) -> "Gazetteer":
        """Build one from rows that hold their postcodes."""
        rows = list(communes)
        postcodes = [(postcode, one.code) for one in rows for postcode in one.postcodes]
        return Gazetteer(rows, departments, regions, postcodes)

    def with_code(self, code: str) -> CommuneRow | None:
        """Return the commune of a code; None when no commune has it."""
        row = self.row.get(code)
        return None if row is None else self.communes[row]

    @cached_property
    def spellings(self) -> Spellings:
        """The names as people type them, bigger towns a little before."""
        biggest = math.log1p(max((one.population for one in self.communes), default=0)) or 1.0
        return Spellings(
            [one.name for one in self.communes],
            [0.2 * math.log1p(one.population) / biggest for one in self.communes],
            words_of_place,
            unasked=0.1,
        )

    @cached_property
    def squares(self) -> dict[tuple[int, int], list[int]]:
        """The communes of each square of a quarter of a degree, the most populated first."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row, one in enumerate(self.communes):
            if one.latitude is not None and one.longitude is not None:
                found[square(one.latitude), square(one.longitude)].append(row)
        return found

    @cached_property
    def points(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        """Where the communes lie, from south to north: latitudes and longitudes, (n, 2)."""
        known = [
            (one.latitude, one.longitude)
            for one in self.communes
            if one.latitude is not None and one.longitude is not None
        ]
        found = np.array(known, np.float64).reshape(-1, 2)
        return found[np.argsort(found[:, 0], kind="stable")]

    def count_within(self, latitude: float, longitude: float, km: float) -> int:
        """Count the communes whose point lies within a distance."""
        height = math.degrees(km / EARTH_RADIUS_KM)
        # A little more than the distance: what lies on the edge is measured.
        first, last = np.searchsorted(self.points[:, 0], [latitude - height - 1e-6, latitude + height + 1e-6])
        return int((km_from(latitude, longitude, self.points[first:last]) <= km).sum())

    def around(self, latitude: float, longitude: float, degrees: float) -> list[CommuneRow]:
        """Return the communes of the squares that lie so near, the most populated first."""
        rows = [
            row
            for north in range(square(latitude - degrees), square(latitude + degrees) + 1)
            for east in range(square(longitude - 1.5 * degrees), square(longitude + 1.5 * degrees) + 1)
            for row in self.squares.get((north, east), ())
        ]
        return [self.communes[row] for row in sorted(rows)]

    def in_department(self, rows: Iterable[int], department: str) -> list[int]:
        return [row for row in rows if self.communes[row].department_id == department]

    def in_region(self, region: str) -> list[int]:
        """List the communes of a region, the most populated first."""
        inside = {one.code for one in self.departments.values() if one.region == region}
        return [row for row, one in enumerate(self.communes) if one.department_id in inside]

    def with_postcode(self, begun: str) -> list[int]:
        """List the communes whose postcode begins so, the most populated first."""
        if len(begun) == 5:
            return self.by_postcode.get(begun, [])
        return sorted(
            {row for code, rows in self.by_postcode.items() if code.startswith(begun) for row in rows}
        )

    def close_to(self, name: str, rows: list[int]) -> int | None:
        """Find a name a typo away among a few communes."""
        found = self.spellings.search(name, 1, among=rows)
        return found[0][0] if found and found[0][1] > CLOSE else None
