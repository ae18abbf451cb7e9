"""The towns in which something was found: for the map, and as a list for whom a map says nothing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from visavis.catalog.gazetteer import CommuneRow
from visavis.catalog.places import gazetteer
from visavis.searches.found import Found
from visavis.searches.pages.asking import query
from visavis.ui import maps

LISTED = 12


def places(found: Found) -> list[maps.Place]:
    """Return the towns in which something was found, the fullest first, each with the search of that town alone."""
    index = gazetteer()
    return [
        place_of(town, number, in_town(found, code))
        for code, number in found.in_towns()
        if (town := index.with_code(code)) and town.latitude is not None
    ]


def in_town(found: Found, code: str) -> str:
    return query(replace(found.asked, commune=code, department="", reach_km=0, page=1))


def place_of(town: CommuneRow, number: int = 0, url: str = "") -> maps.Place:
    return maps.Place(town.name, town.latitude or 0.0, town.longitude or 0.0, number, url)


def towns() -> Iterable[maps.Place]:
    """Return the towns of the country, the most populated first."""
    return (place_of(one) for one in gazetteer().communes if one.latitude is not None)


def map_of(found: Found) -> dict[str, Any]:
    """Return the drawing, and the same in a list."""
    there, around = places(found), gazetteer().with_code(found.asked.commune)
    middle = place_of(around) if around and around.latitude is not None else None
    return {
        "map": maps.draw(there, towns(), middle, found.asked.reach_km),
        "places": there[:LISTED],
        "more_places": there[LISTED:],
        "nowhere": found.total - sum(one.number for one in there),
    }
