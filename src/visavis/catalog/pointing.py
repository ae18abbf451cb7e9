"""Where the work is, from what a vacancy says: a commune's point, else the middle of a wider place."""

import math
import re
from dataclasses import dataclass

import numpy as np

from visavis.catalog.distances import km_from
from visavis.catalog.gazetteer import CUT_IN_PARTS, AreaRow, Gazetteer, key_of, said_as
from visavis.folding import fold

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
LABEL = re.compile(r"^\s*(?P<department>\d{2,3}|2[ab])\s*[-–]\s*(?P<name>.+)$", re.IGNORECASE)
PART = re.compile(rf"^({'|'.join(CUT_IN_PARTS.values())}) \d{{1,2}}$")


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """A place of the catalogue, or a point with how far off it may be; `how` says by what it was found."""

    how: str
    latitude: float
    longitude: float
    precision_km: float = 0
    commune: str = ""
    department: str = ""
    label: str = ""


FRANCE = PlaceFound("country", 46.6, 2.5, 500.0, label="France")


@dataclass(frozen=True)
class Pointer:
    """Finds where work is among all the places of a gazetteer."""

    index: Gazetteer

    def find(self, code: str, postcode: str, label: str) -> PlaceFound | None:
        """Find the nearest sure thing: commune, postcode, name, department, region, country.

        The label is a name, or a department and a name such as "07 - ANNONAY".
        """
        index = self.index
        if code in index.row:
            return self._commune(index.row[code], "code")
        match = LABEL.match(label)
        name, department = (match["name"], match["department"].upper()) if match else (label, "")
        if not postcode and "frontalier" in fold(name) and (abroad := self._abroad(name)):
            return abroad
        among = department if department in index.departments else ""
        if found := self._by_postcode(postcode, name) or self._by_name(name, among):
            return found
        for guess in (department, code[:2], code[:3], postcode[:2], postcode[:3]):
            if guess in index.departments and (place := self._department(guess)):
                return place
        return self._wider(name)

    def _by_postcode(self, postcode: str, name: str) -> PlaceFound | None:
        rows, key = self.index.by_postcode.get(postcode, []), key_of(name)
        same = [row for row in rows if key_of(self.index.communes[row].name) == key]
        if same:
            return self._commune(same[0], "postcode_and_name")
        return self._commune(rows[0], "postcode") if rows else None

    def _by_name(self, name: str, department: str) -> PlaceFound | None:
        key, said = key_of(name), said_as(name)
        # "Le Port" is not "Port", unless no other is called so. An arrondissement without a row: the whole town.
        rows = self.index.by_name.get(key) or self.index.by_name.get(PART.sub(r"\1", key), [])
        if department:
            rows = self.index.in_department(rows, department)
        elif said in self.index.department_names or said in self.index.region_names:
            return None
        exact = [row for row in rows if said_as(self.index.communes[row].name) == said]
        return self._commune((exact or rows)[0], "label") if rows else None

    def _wider(self, name: str) -> PlaceFound | None:
        said = said_as(name)
        if said in self.index.department_names:
            return self._department(self.index.department_names[said])
        if said in self.index.region_names:
            return self._region(self.index.region_names[said])
        return self._abroad(name) or (FRANCE if "france" in said else None)

    @staticmethod
    def _abroad(name: str) -> PlaceFound | None:
        said = said_as(name)
        for country, (latitude, longitude, precision) in ACROSS_THE_BORDER.items():
            if country in said:
                return PlaceFound("country", latitude, longitude, precision, label=name.strip())
        return None

    def _commune(self, number: int, how: str) -> PlaceFound | None:
        row = self.index.communes[number]
        if row.latitude is None or row.longitude is None:
            return self._department(row.department_id)
        return PlaceFound(
            how, row.latitude, row.longitude, row.precision_km, row.code, row.department_id, row.name
        )

    def _department(self, code: str) -> PlaceFound | None:
        middle = self._middle(self.index.by_department.get(code, []))
        if middle is None:
            return None
        return PlaceFound("department", *middle, department=code, label=self.index.departments[code].name)

    def _region(self, region: AreaRow) -> PlaceFound | None:
        middle = self._middle(self.index.in_region(region.code))
        return PlaceFound("region", *middle, label=region.name) if middle else None

    def _middle(self, rows: list[int]) -> tuple[float, float, float] | None:
        """Return the point where people live on average, and how far the farthest tenth of the communes is."""
        known = [one for one in map(self.index.communes.__getitem__, rows) if one.latitude is not None]
        if not known:
            return None
        points = np.array([(one.latitude, one.longitude) for one in known], np.float64)
        people = np.array([one.population + 1 for one in known], np.float64)
        latitude, longitude = (points * people[:, None]).sum(axis=0) / people.sum()
        away = np.sort(km_from(latitude, longitude, points))[int(0.9 * (len(known) - 1))]
        return round(float(latitude), 4), round(float(longitude), 4), max(10.0, float(math.ceil(away)))
