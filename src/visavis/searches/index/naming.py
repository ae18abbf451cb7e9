"""The place that words of a search name, among all communes, departments and regions. Pure."""

import math
from collections.abc import Collection, Sequence
from functools import cached_property

import numpy as np

from visavis.catalog.gazetteer import Gazetteer, fold_place, key_of
from visavis.catalog.pointing import ACROSS_THE_BORDER
from visavis.engine.search.understanding import Place

LEAST_PEOPLE = 3_000
"""A commune that no word announces is meant only where so many live there."""

LEAST_LONGER = (400, 0)
"""One of two words, and of more: nobody says "Vallon-Pont-d'Arc" and means something else."""

LEAST_CUT = 5_000
"""One whose name is cut, "Tournon" for Tournon-sur-Rhône."""

LEAST_COMMON = 20_000
"""One that is called like a thing of work ("Les Vignes", "Bois") is not meant unless it is a big town."""

LONG = 6
"""A first word of so many letters is enough where one commune alone begins so: "Guilherand"."""

BIGGER = 10
"""A longer name is meant where it has so many times the people: "Tournon" is Tournon-sur-Rhône."""

JOINS = frozenset(["sur", "en", "les", "sous", "de", "d", "du", "des", "le", "aux", "l"])
ENGLISH = {
    "switzerland": "suisse",
    "germany": "allemagne",
    "belgium": "belgique",
    "italy": "italie",
    "spain": "espagne",
    "luxemburg": "luxembourg",
}


class Naming:
    """Finds places by name; `common` are folded words that speak of work."""

    def __init__(self, index: Gazetteer, common: Collection[str]) -> None:
        self.index, self.common = index, common

    @cached_property
    def begun(self) -> dict[str, list[int]]:
        """The communes whose longer name begins so, the most populated first."""
        found: dict[str, list[int]] = {}
        first: dict[str, list[int]] = {}
        for row, one in enumerate(self.index.communes):
            words = key_of(one.name).split()
            for size in range(1, len(words)):
                if words[size] in JOINS:
                    found.setdefault(" ".join(words[:size]), []).append(row)
                    break
            else:
                if len(words) > 1 and len(words[0]) >= LONG:
                    first.setdefault(words[0], []).append(row)
        alone = {word: rows for word, rows in first.items() if len(rows) == 1 and word not in found}
        return found | alone

    def __call__(self, words: Sequence[str], is_announced: bool) -> Place | None:
        """Return the place that these words name, nothing more and nothing less."""
        said = " ".join(words)
        if said.isdigit() or said in ("2a", "2b"):
            return self._numbered(said.upper(), is_announced)
        return self._wide(said) or self._commune(said, is_announced)

    def _numbered(self, code: str, is_announced: bool) -> Place | None:
        if len(code) == 5 and (rows := self.index.by_postcode.get(code)):
            return self._town(rows[0])
        sure = is_announced or code.startswith("0") or not code.isdigit()
        return self._department(code) if sure and code in self.index.departments else None

    def _wide(self, said: str) -> Place | None:
        country = ENGLISH.get(said, said)
        if country in ACROSS_THE_BORDER:
            return Place("country", country, country.capitalize())
        name = fold_place(said)
        if name in self.index.department_names and name != "paris":
            return self._department(self.index.department_names[name])
        if region := self.index.region_names.get(name):
            return Place("region", region.code, region.name)
        return None

    def _department(self, code: str) -> Place:
        towns = (self.index.communes[row] for row in self.index.by_department[code])
        points = [(one.latitude, one.longitude) for one in towns if one.latitude is not None]
        inside = np.array(points, np.float64).reshape(-1, 2)
        return Place("department", code, self.index.departments[code].name, inside=inside)

    def _commune(self, said: str, is_announced: bool) -> Place | None:
        key = key_of(said)
        exact, longer = self.index.by_name.get(key, [])[:1], self.begun.get(key, [])[:1]
        rows = exact or longer
        if exact and longer and self._people(longer[0]) > BIGGER * self._people(exact[0]):
            rows = longer
        if not rows or len(key) < 2:
            return None
        longer_than_one = LEAST_LONGER[min(len(key.split()), 3) - 2] if " " in key else LEAST_PEOPLE
        least: float = 0 if is_announced and exact else longer_than_one if exact else LEAST_CUT
        if all(word in self.common for word in key.split()):
            # "Maçon" is a trade, "à Mâcon" a town.
            least = LEAST_COMMON if is_announced else math.inf
        return self._town(rows[0]) if self._people(rows[0]) >= least else None

    def _people(self, row: int) -> int:
        return self.index.communes[row].population

    def _town(self, row: int) -> Place | None:
        one = self.index.communes[row]
        if one.latitude is None or one.longitude is None:
            return None
        return Place("town", one.code, one.name, one.latitude, one.longitude)
