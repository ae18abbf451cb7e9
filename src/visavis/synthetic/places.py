"""Where people live and employers stand: communes drawn by their inhabitants."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from visavis.catalog import starter
from visavis.synthetic.dice import Dice

NEAR_KM = 20.0
_KM_PER_DEGREE = 111.2


class UnknownDepartmentError(ValueError):
    """A department that has no commune, or no inhabitant."""


@dataclass(frozen=True, slots=True)
class Town:
    """One commune as the market needs it."""

    code: str
    name: str
    latitude: float
    longitude: float
    population: int
    row: int

    @property
    def said(self) -> str:
        """The name as people say it: `Paris 12e`."""
        return self.name.removesuffix(" Arrondissement")


class Towns:
    """The communes of the whole country or of some departments, drawn by inhabitants.

    Raises `UnknownDepartmentError` when one of the departments is not a French one.
    """

    def __init__(self, departments: Iterable[str] = ()) -> None:
        self._places = places = starter.places()
        chosen = tuple(departments)
        known = {one.code for one in places.departments}
        if wrong := [code for code in chosen if code not in known]:
            raise UnknownDepartmentError(f"unknown department: {', '.join(wrong)}")
        regular = [one.code for one in places.departments if len(one.region) == 2]
        rows = places.rows_in(chosen or regular)
        self._rows = rows[places.draw_weight[rows] > 0]
        if not len(self._rows):
            raise UnknownDepartmentError(f"nobody lives in: {', '.join(chosen)}")
        self._weight = places.draw_weight[self._rows]
        self._upto = np.cumsum(self._weight).tolist()
        self._latitude = places.latitude[self._rows]
        self._longitude = places.longitude[self._rows]

    def draw(self, dice: Dice) -> Town:
        """Draw a commune by its inhabitants."""
        return self._town(self._at(self._upto, dice))

    def draw_near(self, dice: Dice, town: Town) -> Town:
        """Draw a commune by its inhabitants within 20 km."""
        north = (self._latitude - town.latitude) * _KM_PER_DEGREE
        east = (self._longitude - town.longitude) * _KM_PER_DEGREE * np.cos(np.radians(town.latitude))
        near = np.flatnonzero(north * north + east * east <= NEAR_KM**2)
        return self._town(int(near[self._at(np.cumsum(self._weight[near]).tolist(), dice)]))

    @staticmethod
    def _at(upto: list[float], dice: Dice) -> int:
        return min(bisect_right(upto, dice.uniform() * upto[-1]), len(upto) - 1)

    def _town(self, place: int) -> Town:
        row = int(self._rows[place])
        return Town(
            code=self._places.code[row],
            name=self._places.name[row],
            latitude=float(self._latitude[place]),
            longitude=float(self._longitude[place]),
            population=int(self._places.population[row]),
            row=row,
        )
