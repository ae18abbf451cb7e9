"""Communes: found as people write them, with a fallback that says what it is, and distances.

Every function reads an index of all communes, built once per process and again after an import.
"""

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Commune, Department, Postcode, Region
from visavis.catalog.spelling import Spellings
from visavis.folding import fold_words

EARTH_RADIUS_KM = 6371.0088
CLOSE = 0.75
"""The least score of a name that may be the one meant, written a little differently."""

ARTICLES = frozenset({"l", "le", "la", "les"})
IN_FULL = {"st": "saint", "ste": "sainte", "s": "sur", "ss": "sous"}
ORDINAL = re.compile(r"\b0?(\d{1,2})\s?(?:er|ere|e|eme|nd|nde)?(?:\s+arr(?:ondissement|dt)?)?$")
NOISE = re.compile(r"\(dept\.?\)|\bcedex(?:\s+\d+)?\b|\bet (?:ses )?(?:alentours|environs)\b", re.I)
NUMBER = re.compile(r"(?<![\w])(\d{5}|\d{2,3}|2[AB]\d{3}|2[AB])(?![\w])", re.I)


class How(StrEnum):
    """How a commune was found, the surest first."""

    CODE = "code"
    NAME_AND_POSTCODE = "name_and_postcode"
    NAME_AND_DEPARTMENT = "name_and_department"
    NAME = "name"
    POSTCODE = "postcode"
    DEPARTMENT = "department"
    REGION = "region"
    NOT_FOUND = "not_found"

    @property
    def is_exact(self) -> bool:
        """Say whether the commune is the one meant, and not the biggest of a wider place."""
        return self in EXACT


EXACT = {How.CODE, How.NAME_AND_POSTCODE, How.NAME_AND_DEPARTMENT, How.NAME}


@dataclass(frozen=True)
class CommuneFound:
    """A commune that may be the one meant; `commune` is None when `how` is NOT_FOUND."""

    commune: Commune | None
    how: How


def fold_place(name: str) -> str:
    """Write the name of a place as it is compared.

    >>> fold_place("ST ETIENNE"), fold_place("L'Haÿ-les-Roses"), fold_place("Paris 12e Arrondissement")
    ('saint etienne', 'l hay les roses', 'paris 12')
    """
    words = [IN_FULL.get(word, word) for word in fold_words(name).split()]
    return ORDINAL.sub(lambda found: str(int(found[1])), " ".join(words))


def words_of_place(name: str) -> list[str]:
    """Cut the name of a place into words, articles left out.

    >>> words_of_place("72 Le Mans"), words_of_place("Mans")
    (['72', 'mans'], ['mans'])
    """
    words = fold_place(name).split()
    return [word for word in words if word not in ARTICLES] or words


class Gazetteer:
    """All communes in memory, the most populated first."""

    def __init__(self) -> None:
        self.communes = list(Commune.objects.order_by("-population", "code"))
        departments = Department.objects.in_bulk()
        for one in self.communes:
            one.department = departments[one.department_id]
        biggest = math.log1p(max((one.population for one in self.communes), default=0)) or 1.0
        self.spellings = Spellings(
            [one.name for one in self.communes],
            [0.2 * math.log1p(one.population) / biggest for one in self.communes],
            words_of_place,
            unasked=0.1,
        )
        self.row = {one.code: row for row, one in enumerate(self.communes)}
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.by_department: dict[str, list[int]] = defaultdict(list)
        for row, one in enumerate(self.communes):
            self.by_name[" ".join(words_of_place(one.name))].append(row)
            self.by_department[one.department_id].append(row)
        self.by_postcode: dict[str, list[int]] = defaultdict(list)
        for code, commune in Postcode.objects.values_list("code", "commune_id"):
            self.by_postcode[code].append(self.row[commune])
        for rows in self.by_postcode.values():
            rows.sort(key=self._whole_towns_last)
        self.departments = dict(Department.objects.values_list("code", "region_id"))
        self.department_names = {
            fold_place(name): code for code, name in Department.objects.values_list("code", "name")
        }
        self.region_names = {
            fold_place(name): code for code, name in Region.objects.values_list("code", "name")
        }

    def _whole_towns_last(self, row: int) -> tuple[bool, int]:
        """Put an arrondissement before the town it is a part of: its postcode says which one."""
        one = self.communes[row]
        has_parts = one.code in {"75056", "69123", "13055"}
        return has_parts, row

    def in_department(self, rows: list[int], department: str) -> list[int]:
        return [row for row in rows if self.communes[row].department_id == department]

    def in_region(self, region: str) -> list[int]:
        return [
            row for row, one in enumerate(self.communes) if self.departments.get(one.department_id) == region
        ]


gazetteer = PerEdition(Gazetteer, of=Commune)


def search_communes(typed: str, limit: int = 10) -> list[Commune]:
    """Find communes by name or postcode, best first and bigger before smaller."""
    index = gazetteer()
    number = re.match(r"\s*(\d{2,5})\b\s*(.*)", typed[:100])
    if number and len(number[1]) >= 2 and not number[2]:
        return [index.communes[row] for row in rows_of_postcode(index, number[1])[:limit]]
    wanted = number[2] if number else typed
    found = [row for row, _ in index.spellings.search(wanted, limit * 4)]
    if number:
        of_postcode = set(rows_of_postcode(index, number[1]))
        found = [row for row in found if row in of_postcode] or sorted(of_postcode)
    return [index.communes[row] for row in found[:limit]]


def rows_of_postcode(index: Gazetteer, begun: str) -> list[int]:
    """List the communes whose postcode begins so, the most populated first."""
    if len(begun) == 5:
        return index.by_postcode.get(begun, [])
    rows = {row for code, its_rows in index.by_postcode.items() if code.startswith(begun) for row in its_rows}
    return sorted(rows)


def commune_for(*, code: str = "", postcode: str = "", name: str = "", department: str = "") -> CommuneFound:
    """Find the commune that a feed or a person means, however little is said. Never fails.

    The name may be a label such as "29 - BREST", "Brest (29)" or "29200 Brest". A code that is no
    longer a commune's own (delegated communes) falls back on the postcode and the name.
    """
    index = gazetteer()
    if (row := index.row.get(code.strip().upper())) is not None:
        return CommuneFound(index.communes[row], How.CODE)
    said = NOISE.sub(" ", name)
    for number in NUMBER.findall(said):
        postcode = postcode or (number if len(number) == 5 and number.isdigit() else "")
        department = department or (
            number.upper() if len(number) < 5 and number.upper() in index.departments else ""
        )
    bare = (
        fold_place(NUMBER.sub(" ", said)) if not is_arrondissement(said) else fold_place(without_head(said))
    )
    row, how = narrow(
        index, bare, postcode.strip(), department.strip().upper() or department_of(index, code, postcode)
    )
    return CommuneFound(None if row is None else index.communes[row], how)


def is_arrondissement(label: str) -> bool:
    """Say whether the label ends with the number of an arrondissement, as "13 - MARSEILLE 09"."""
    return bool(
        re.search(r"\b(paris|lyon|marseille)\s+\d{1,2}(er|e|eme|ème)?(\s+arr\w*)?\s*$", label.strip(), re.I)
    )


def without_head(label: str) -> str:
    return re.sub(r"^\s*\d{2,5}\s*[-–]?\s*", "", label)


def department_of(index: Gazetteer, code: str, postcode: str) -> str:
    """Read the department in a commune's code, else in a postcode (Corsica's 20 apart)."""
    for number in (code.strip().upper(), postcode.strip()):
        for size in (3, 2):
            if len(number) == 5 and number[:size] in index.departments:
                return number[:size]
    return ""


def narrow(index: Gazetteer, name: str, postcode: str, department: str) -> tuple[int | None, How]:
    """Take the first that answers: name and postcode, name and department, name, postcode, wider places."""
    of_postcode = index.by_postcode.get(postcode, [])
    key = " ".join(word for word in name.split() if word not in ARTICLES)
    named = index.by_name.get(key, []) if key else []
    if both := [row for row in named if row in of_postcode]:
        return both[0], How.NAME_AND_POSTCODE
    if near := index.in_department(named, department):
        return near[0], How.NAME_AND_DEPARTMENT
    if key and of_postcode and (row := close_to(index, key, of_postcode)) is not None:
        return row, How.NAME_AND_POSTCODE
    if of_postcode:
        return of_postcode[0], How.POSTCODE
    if named and not department:
        return named[0], How.NAME
    return wider(index, name, key, department)


def close_to(index: Gazetteer, name: str, rows: list[int]) -> int | None:
    """Find a name a typo away among a few communes."""
    found = index.spellings.search(name, 1, among=rows)
    return found[0][0] if found and found[0][1] > CLOSE else None


def wider(index: Gazetteer, name: str, key: str, department: str) -> tuple[int | None, How]:
    """Fall back on the biggest commune of the department or region that is named."""
    if department in index.departments:
        rows = index.by_department[department]
        if index.department_names.get(name) == department:
            key = ""
        if key and (row := close_to(index, key, rows)) is not None:
            return row, How.NAME_AND_DEPARTMENT
        return (rows[0], How.DEPARTMENT) if rows else (None, How.NOT_FOUND)
    if name in index.department_names:
        return wider(index, "", "", index.department_names[name])
    if name in index.region_names and (rows := index.in_region(index.region_names[name])):
        return rows[0], How.REGION
    return None, How.NOT_FOUND


def distance_km(one: Commune, other: Commune) -> float | None:
    """Measure the great circle between two communes; None when one has no coordinates."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    return great_circle_km(one.latitude, one.longitude, other.latitude, other.longitude)  # type: ignore[arg-type]


def great_circle_km(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Measure the great circle between two points in degrees (haversine)."""
    phi, to_phi = math.radians(latitude), math.radians(to_latitude)
    half = math.sin((to_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(to_phi) * math.sin(math.radians(to_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def within(centre: Commune, radius_km: float) -> QuerySet[Commune]:
    """Give the communes of the square around a commune that holds every point within the radius."""
    if centre.latitude is None or centre.longitude is None:
        return Commune.objects.filter(pk=centre.pk)
    height = math.degrees(radius_km / EARTH_RADIUS_KM)
    width = height / max(math.cos(math.radians(centre.latitude)), 0.01)
    return Commune.objects.filter(
        latitude__range=(centre.latitude - height, centre.latitude + height),
        longitude__range=(centre.longitude - width, centre.longitude + width),
    )
