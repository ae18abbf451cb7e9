"""Communes as people write them, from the tables: found with a fallback that says what it is, and distances.

The index of all communes is built once per process and again after an import (`gazetteer.py`).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from django.db import DEFAULT_DB_ALIAS

from visavis.catalog.cache import PerEdition
from visavis.catalog.distances import km_between
from visavis.catalog.gazetteer import ARTICLES, AreaRow, CommuneRow, Gazetteer, fold_place
from visavis.catalog.models import Commune, Department, Postcode, Region

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


KEPT = ("code", "name", "department_id", "latitude", "longitude", "population", "precision_km")
"""What the index keeps of a commune, in the order of a `CommuneRow`."""

KEPT_AS_STORED = [one.attname for one in Commune._meta.concrete_fields if one.attname in KEPT]

EXACT = {How.CODE, How.NAME_AND_POSTCODE, How.NAME_AND_DEPARTMENT, How.NAME}


@dataclass(frozen=True)
class CommuneFound:
    """A commune that may be the one meant; `commune` is None when `how` is NOT_FOUND."""

    commune: Commune | None
    how: How


def build() -> Gazetteer:
    """Read every place of the catalogue."""
    kept: dict[str, str] = {}
    return Gazetteer(
        [
            CommuneRow(code, name, kept.setdefault(department, department), *more)
            for code, name, department, *more in Commune.objects.values_list(*KEPT).iterator()
        ],
        [AreaRow(*row) for row in Department.objects.values_list("code", "name", "region_id")],
        [AreaRow(*row) for row in Region.objects.values_list("code", "name")],
        Postcode.objects.values_list("code", "commune_id").iterator(),
    )


gazetteer = PerEdition(build, of=Commune)


def commune_with(code: str) -> Commune | None:
    """Return the commune of a code; None when no commune of today has it."""
    index = gazetteer()
    row = index.with_code(code)
    return None if row is None else stored(index, row)


def stored(index: Gazetteer, row: CommuneRow) -> Commune:
    """Return the row of the table, with its department; what is not kept of it is read where it is asked for."""
    found = Commune.from_db(DEFAULT_DB_ALIAS, KEPT_AS_STORED, attrgetter(*KEPT_AS_STORED)(row))
    area = index.departments[row.department_id]
    found.department = Department.from_db(
        DEFAULT_DB_ALIAS, ["code", "name", "region_id"], [area.code, area.name, area.region]
    )
    return found


def search_communes(typed: str, limit: int = 10) -> list[Commune]:
    """Find communes by name or postcode, best first and bigger before smaller."""
    index = gazetteer()
    number = re.match(r"\s*(\d{2,5})\b\s*(.*)", typed[:100])
    if number and len(number[1]) >= 2 and not number[2]:
        return [stored(index, index.communes[row]) for row in index.with_postcode(number[1])[:limit]]
    wanted = number[2] if number else typed
    found = [row for row, _ in index.spellings.search(wanted, limit * 4)]
    if number:
        of_postcode = set(index.with_postcode(number[1]))
        found = [row for row in found if row in of_postcode] or sorted(of_postcode)
    return [stored(index, index.communes[row]) for row in found[:limit]]


def commune_for(*, code: str = "", postcode: str = "", name: str = "", department: str = "") -> CommuneFound:
    """Find the commune that a feed or a person means, however little is said. Never fails.

    The name may be a label such as "29 - BREST", "Brest (29)" or "29200 Brest". A code that is no
    longer a commune's own (delegated communes) falls back on the postcode and the name.
    """
    index = gazetteer()
    if (row := index.row.get(code.strip().upper())) is not None:
        return CommuneFound(stored(index, index.communes[row]), How.CODE)
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
    return CommuneFound(None if row is None else stored(index, index.communes[row]), how)


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
    if key and of_postcode and (row := index.close_to(key, of_postcode)) is not None:
        return row, How.NAME_AND_POSTCODE
    if of_postcode:
        return of_postcode[0], How.POSTCODE
    if named and not department:
        return named[0], How.NAME
    return wider(index, name, key, department)


def wider(index: Gazetteer, name: str, key: str, department: str) -> tuple[int | None, How]:
    """Fall back on the biggest commune of the department or region that is named."""
    if department in index.departments:
        rows = index.by_department[department]
        if index.department_names.get(name) == department:
            key = ""
        if key and (row := index.close_to(key, rows)) is not None:
            return row, How.NAME_AND_DEPARTMENT
        return (rows[0], How.DEPARTMENT) if rows else (None, How.NOT_FOUND)
    if name in index.department_names:
        return wider(index, "", "", index.department_names[name])
    if name in index.region_names and (rows := index.in_region(index.region_names[name].code)):
        return rows[0], How.REGION
    return None, How.NOT_FOUND


def distance_km(one: Commune, other: Commune) -> float | None:
    """Measure the great circle between two communes; None when one has no coordinates."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    return km_between(one.latitude, one.longitude, other.latitude, other.longitude)  # type: ignore[arg-type]
