"""How far minutes reach from a commune: the engine's model of travel with the people who live around it."""

from collections.abc import Mapping
from functools import lru_cache
from math import ceil, nan

import numpy as np

from visavis.catalog.cache import PerEdition
from visavis.catalog.models import Commune
from visavis.engine.facts import travel

USUAL = "car"
"""The transport of who has not said one."""


def reach_km(minutes: float, transport: str, commune: str | None) -> float:
    """Return how far she gets in a straight line, km; a car and an average place when not known."""
    return _reach_km(float(minutes), transport or USUAL, density(commune))


def minutes(km: float, transport: str, commune: str | None) -> float:
    """Return about how long a straight line takes from her commune, from door to door."""
    return float(travel.minutes(km, transport or USUAL, density(commune)))


def said_minutes(km: float, transport: str, commune: str | None, *, enough: bool = False) -> int:
    """Return about how many minutes from door to door, to five minutes, at least five.

    With `enough`, never less than it takes: who accepts so many minutes reaches so far.
    """
    fives = minutes(km, transport, commune) / 5
    return max(5, 5 * (ceil(fives) if enough else round(fives)))


def density(commune: str | None) -> float:
    """Return the inhabitants per km² around a commune; the average when it is not known."""
    found = all_densities().get(commune, nan) if commune else nan
    return travel.AVERAGE if found != found else found


def build() -> Mapping[str, float]:
    """Count the people around every commune, those of Paris, Lyon and Marseille by arrondissement."""
    fields = ("code", "latitude", "longitude", "population", "parent_id")
    rows = list(Commune.objects.values_list(*fields))
    cut = {parent for *_, parent in rows if parent}
    where = np.array([(north, east) for _, north, east, *_ in rows], np.float64).reshape(-1, 2)
    people = [0 if code in cut else population for code, _, _, population, _ in rows]
    found = travel.densities(where[:, 0], where[:, 1], np.array(people))
    return dict(zip((code for code, *_ in rows), found.tolist(), strict=True))


all_densities = PerEdition(build, Commune)
# A list asks once for each opening, and people do not move by the second.
all_densities.checks_every_s = 600.0


# Many people say the same minutes in the same place.
@lru_cache(maxsize=65_536)
def _reach_km(minutes: float, transport: str, density: float) -> float:
    return float(travel.reach_km(minutes, transport, density))
