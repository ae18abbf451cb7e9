"""Find a place from what a vacancy says of it. Pure: the rows are given, from tables or from files."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from visavis.folding import fold_signs
from visavis.vacancies.feeds.vacancy import PlaceFound

# Work across the border is announced by the country alone: the point is where most cross to.
ACROSS_THE_BORDER = {
    "suisse": (46.204, 6.143, 120.0),
    "luxembourg": (49.612, 6.130, 30.0),
    "allemagne": (48.573, 7.816, 150.0),
    "belgique": (50.604, 3.389, 150.0),
    "monaco": (43.738, 7.424, 2.0),
    "italie": (43.791, 7.608, 100.0),
    "espagne": (43.338, -1.789, 150.0),
    "andorre": (42.507, 1.522, 15.0),
}
FRANCE = PlaceFound("country", 46.6, 2.5, 500.0, label="France")
LABEL = re.compile(r"^\s*(?P<department>\d{2,3}|2[ab])\s*[-–]\s*(?P<name>.+)$", re.IGNORECASE)
ARRONDISSEMENT = re.compile(r"\b(\d{1,2}) ?(?:e|er|eme|ieme)?(?: arrondissement)?$")
CITIES = {"paris": ("751", 20), "lyon": ("6938", 9), "marseille": ("132", 16)}


@dataclass(frozen=True)
class CommuneRow:
    code: str
    name: str
    department: str
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


class PlaceIndex:
    """Places in memory: 35,000 communes take about 30 MB and half a second."""

    def __init__(
        self, communes: Iterable[CommuneRow], departments: Iterable[AreaRow], regions: Iterable[AreaRow]
    ) -> None:
        self.communes: dict[str, CommuneRow] = {}
        self.by_postcode: dict[str, list[str]] = {}
        self.by_name: dict[str, list[str]] = {}
        self.by_department: dict[str, list[str]] = {}
        for row in communes:
            self.communes[row.code] = row
            self.by_name.setdefault(name_key(row.name), []).append(row.code)
            self.by_department.setdefault(row.department, []).append(row.code)
            for postcode in row.postcodes:
                self.by_postcode.setdefault(postcode, []).append(row.code)
        self.departments = {row.code: row for row in departments}
        self.department_names = {name_key(row.name): row.code for row in self.departments.values()}
        self.region_names = {name_key(row.name): row for row in regions}

    def find(self, code: str, postcode: str, label: str) -> PlaceFound | None:
        """Find the nearest sure thing: commune, postcode, name, department, region, country."""
        if code in self.communes:
            return self._commune(code, "code")
        match = LABEL.match(label)
        name, department = (match["name"], match["department"].upper()) if match else (label, "")
        known = department in self.departments
        if not postcode and "frontalier" in fold_signs(name) and (abroad := self._abroad(name)):
            return abroad
        found = self._by_postcode(postcode, name) or self._by_name(name, department if known else "")
        if found:
            return found
        for guess in (department, code[:2], code[:3], postcode[:2], postcode[:3]):
            if guess in self.departments and (place := self._department(guess)):
                return place
        return self._wider(name)

    def _by_postcode(self, postcode: str, name: str) -> PlaceFound | None:
        codes = self.by_postcode.get(postcode, [])
        same = [code for code in codes if name_key(self.communes[code].name) == name_key(name)]
        chosen = same or codes
        return (
            self._commune(self._largest(chosen), "postcode" if not same else "postcode_and_name")
            if chosen
            else None
        )

    def _by_name(self, name: str, department: str) -> PlaceFound | None:
        key = name_key(name)
        codes = self.by_name.get(key, []) or self._arrondissement(key)
        if department:
            codes = [code for code in codes if self.communes[code].department == department]
        elif key in self.department_names or key in self.region_names:
            return None
        return self._commune(self._largest(codes), "label") if codes else None

    def _arrondissement(self, key: str) -> list[str]:
        """Take an arrondissement for a commune of its own, or the whole city when that is all we have."""
        city = key.split(" ", 1)[0]
        match = ARRONDISSEMENT.search(key)
        if city not in CITIES or not match:
            return []
        prefix, most = CITIES[city]
        number = int(match[1])
        code = f"{prefix}{number:0{5 - len(prefix)}d}" if 1 <= number <= most else ""
        return [code] if code in self.communes else self.by_name.get(city, [])

    def _wider(self, name: str) -> PlaceFound | None:
        key = name_key(name)
        if key in self.department_names:
            return self._department(self.department_names[key])
        if key in self.region_names:
            return self._region(self.region_names[key])
        return self._abroad(name) or (FRANCE if "france" in key else None)

    def _abroad(self, name: str) -> PlaceFound | None:
        key = name_key(name)
        for country, (latitude, longitude, precision) in ACROSS_THE_BORDER.items():
            if country in key:
                return PlaceFound("country", latitude, longitude, precision, label=name.strip())
        return None

    def _commune(self, code: str, how: str) -> PlaceFound | None:
        row = self.communes[code]
        if row.latitude is None or row.longitude is None:
            return self._department(row.department)
        return PlaceFound(how, row.latitude, row.longitude, row.precision_km, code, row.department, row.name)

    def _department(self, code: str) -> PlaceFound | None:
        middle = self._middle(self.by_department.get(code, []))
        if middle is None:
            return None
        return PlaceFound("department", *middle, department=code, label=self.departments[code].name)

    def _region(self, row: AreaRow) -> PlaceFound | None:
        inside = [d.code for d in self.departments.values() if d.region == row.code]
        middle = self._middle([code for d in inside for code in self.by_department.get(d, [])])
        return PlaceFound("region", *middle, label=row.name) if middle else None

    def _middle(self, codes: list[str]) -> tuple[float, float, float] | None:
        """Return the point where people live on average, and how far the farthest tenth of them is."""
        rows = [
            r
            for r in map(self.communes.__getitem__, codes)
            if r.latitude is not None and r.longitude is not None
        ]
        total = sum(row.population + 1 for row in rows)
        if not rows:
            return None
        latitude = sum((row.latitude or 0) * (row.population + 1) for row in rows) / total
        longitude = sum((row.longitude or 0) * (row.population + 1) for row in rows) / total
        away = sorted(distance_km(latitude, longitude, row.latitude or 0, row.longitude or 0) for row in rows)
        return (
            round(latitude, 4),
            round(longitude, 4),
            max(10.0, float(math.ceil(away[int(0.9 * (len(away) - 1))]))),
        )

    def _largest(self, codes: list[str]) -> str:
        return max(codes, key=lambda code: (self.communes[code].population, code))


def name_key(name: str) -> str:
    """Write a place's name in one way: "ST DIDIER/S-AUBENAS" and "Saint-Didier-sous-Aubenas" meet.

    >>> name_key("ST DIDIER SOUS AUBENAS") == name_key("Saint-Didier-sous-Aubenas")
    True
    """
    key = re.sub(r"\(.*?\)|\bcedex\b.*", " ", fold_signs(name))
    key = re.sub(r"[^a-z0-9]+", " ", key)
    key = re.sub(r"\bste\b", "sainte", re.sub(r"\bst\b", "saint", key))
    return " ".join(key.split())


def distance_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the distance on the sphere, flat enough for a region."""
    north = (latitude - other_latitude) * 111.2
    east = (longitude - other_longitude) * 111.2 * math.cos(math.radians((latitude + other_latitude) / 2))
    return math.hypot(north, east)
