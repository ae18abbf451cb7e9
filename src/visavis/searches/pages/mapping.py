"""The towns in which something was found: for the map, and as a list for whom a map says nothing."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Commune
from visavis.catalog.places import gazetteer
from visavis.searches.found import Found
from visavis.searches.pages import drawing
from visavis.searches.pages.asking import commune, query

LISTED = 12
# From a town of the map to its openings; and how far a point may be from the middle of its town.
IN_TOWN_KM, NEAR_KM = 1, 3
KM_A_DEGREE = 111.2


@dataclass(frozen=True)
class Towns:
    """Every town that has a place, and a tree to find the nearest of a point."""

    codes: list[str]
    tree: Any

    def near(self, points: list[tuple[float, float]]) -> list[str]:
        """Return the code of the nearest town of each point; empty where none is near."""
        away, rows = self.tree.query(on_plane(np.array(points)), distance_upper_bound=NEAR_KM)
        return [self.codes[row] if np.isfinite(km) else "" for km, row in zip(away, rows, strict=True)]


def on_plane(points: Any) -> Any:
    """Lay points of the earth out in km, good enough for a few of them."""
    wide = np.cos(np.radians(points[:, 0]))
    return np.column_stack([points[:, 0], points[:, 1] * wide]) * KM_A_DEGREE


def all_towns() -> Towns:
    placed = [one for one in gazetteer().communes if one.latitude is not None]
    points = np.array([(one.latitude, one.longitude) for one in placed], np.float64).reshape(-1, 2)
    return Towns([one.pk for one in placed], cKDTree(on_plane(points)))


towns_by_place = PerEdition(all_towns, of=Commune)


def places(found: Found) -> list[drawing.Place]:
    """Return the towns in which something was found, the fullest first, each with the search of that town alone."""
    counts = Counter[str]()
    codes = towns_by_place().near([point[:2] for point in found.points]) if found.points else []
    for code, (_latitude, _longitude, number) in zip(codes, found.points, strict=True):
        counts[code] += number
    return [
        place_of(town, number, in_town(found, code))
        for code, number in counts.most_common()
        if (town := commune(code))
    ]


def in_town(found: Found, code: str) -> str:
    return query(replace(found.asked, commune=code, department="", reach_km=IN_TOWN_KM, page=1))


def place_of(town: Commune, number: int = 0, url: str = "") -> drawing.Place:
    return drawing.Place(town.name, town.latitude or 0.0, town.longitude or 0.0, number, url)


def towns() -> Iterable[drawing.Place]:
    """Return the towns of the country, the most populated first."""
    return (place_of(one) for one in gazetteer().communes if one.latitude is not None)


def map_of(found: Found) -> dict[str, Any]:
    """Return the drawing, and the same in a list."""
    there, around = places(found), commune(found.asked.commune)
    middle = place_of(around) if around and around.latitude is not None else None
    return {
        "map": drawing.draw(there, towns(), middle, found.asked.reach_km),
        "places": there[:LISTED],
        "more_places": there[LISTED:],
        "nowhere": found.total - sum(one.number for one in there),
    }
