"""Minutes from door to door, from the straight line, the transport and how densely people live; and back.

One curve per transport, so that a number of minutes is a radius and matching stays exact:
minutes = access + traffic × (start + settled km + early km L / (L + km)), or the walk when it is shorter.
The mean pace falls with distance, from settled + early to settled: the ways get straighter and faster.
The curve rises, without a jump, and its inverse is the root of a quadratic. Sources and errors: docs/engine/travel.md.
"""

from dataclasses import dataclass

import numpy as np
import scipy

from visavis.engine.arrays import AnyArray, FloatArray
from visavis.engine.facts.vocabulary import TRANSPORTS

COUNTRY, CENTRE = 30.0, 20_000.0
"""Inhabitants per km² within `AROUND_KM`: under the first all is country, over the second all is centre."""

AVERAGE = 440.0
"""The density around half of the people of France live: taken when nothing is known (INSEE's populations)."""

AROUND_KM = 5.0
"""How far around a place its inhabitants are counted, km."""

EARTH_RADIUS_KM = 6371.0088


@dataclass(frozen=True, slots=True)
class Curve:
    """How one transport moves. Minutes, and minutes per straight km; pairs are (country, centre)."""

    access: tuple[float, float]  # walks at both ends, waiting, parking
    traffic: tuple[float, float]  # what others on the road multiply the time by
    start: float  # the first and last streets
    settled: float  # pace of a long way
    early: float  # what the first kilometres cost more
    length: float  # after so many km half of `early` is gone


CURVES = {
    "walk": Curve((0.0, 0.0), (1.0, 1.0), 0.0, 15.6, 1.9, 1.0),
    "bike": Curve((2.0, 2.0), (1.0, 1.0), 0.0, 5.0, 0.8, 2.0),
    "transit": Curve((24.0, 14.0), (1.0, 1.0), 0.0, 1.5, 2.0, 10.0),
    "car": Curve((1.0, 5.0), (1.0, 1.4), 2.5, 0.72, 0.72, 60.0),
}
"""Walking 4.8 km/h, cycling 15 km/h, ways 1.25 to 1.4 times the straight line. Driving: fitted on routed times."""


def minutes(km: AnyArray | float, transport: str, density: AnyArray | float = AVERAGE) -> FloatArray:
    """Estimate the time from door to door.

    Parameters
    ----------
    km : array of float64 or float
        Straight line, at least 0; NaN gives NaN.
    transport : str
        One of `TRANSPORTS`.
    density : array of float64 or float
        Inhabitants per km² around one end, at least 0; NaN is taken for `AVERAGE`.

    Returns
    -------
    array of float64
        Minutes, at least 0.

    Raises
    ------
    ValueError
        The transport is unknown or a distance negative.

    Examples
    --------
    >>> minutes([5, 20, 50], "car", 20_000).round().tolist(), minutes([5, 20, 50], "car", 60).round().tolist()
    ([18.0, 44.0, 86.0], [11.0, 30.0, 62.0])
    """
    along = _known(km, transport)
    walk = _forward(CURVES["walk"], along, 0.0)
    if transport == "walk":
        return walk
    return np.minimum(walk, _forward(CURVES[transport], along, centrality(density)))


def reach_km(time: AnyArray | float, transport: str, density: AnyArray | float = AVERAGE) -> FloatArray:
    """Say how far one gets, in a straight line: the inverse of `minutes`.

    Parameters
    ----------
    time : array of float64 or float
        Minutes from door to door, at least 0; NaN gives NaN.
    transport : str
        One of `TRANSPORTS`.
    density : array of float64 or float
        As in `minutes`.

    Returns
    -------
    array of float64
        Kilometres, at least 0.

    Raises
    ------
    ValueError
        The transport is unknown or a time negative.

    Examples
    --------
    >>> reach_km([15, 30, 60], "car").round(1).tolist(), reach_km([15, 30, 60], "transit").round(1).tolist()
    ([5.9, 16.3, 40.7], [0.9, 3.4, 18.2])
    """
    known = _known(time, transport)
    walk = _back(CURVES["walk"], known, 0.0)
    if transport == "walk":
        return walk
    return np.maximum(walk, _back(CURVES[transport], known, centrality(density)))


def centrality(density: AnyArray | float) -> FloatArray:
    """Place a density between country (0) and centre (1), on a logarithmic scale."""
    people = np.asarray(density, np.float64)
    people = np.where(np.isnan(people), AVERAGE, people)
    share: FloatArray = np.log(np.clip(people, COUNTRY, CENTRE) / COUNTRY) / np.log(CENTRE / COUNTRY)
    return share


def densities(latitude: AnyArray, longitude: AnyArray, inhabitants: AnyArray) -> FloatArray:
    """Count the people around each place.

    Parameters
    ----------
    latitude, longitude : array of float64, shape (n,)
        Degrees, NaN when unknown.
    inhabitants : array, shape (n,)
        Each person counted once.

    Returns
    -------
    array of float64, shape (n,)
        Inhabitants per km² within `AROUND_KM` of each place, its own included; NaN where the place is unknown.
    """
    phi, theta = np.radians(np.asarray(latitude, float)), np.radians(np.asarray(longitude, float))
    points = np.stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)], axis=1)
    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    people = np.asarray(inhabitants, np.float64)[known]
    found = np.full(len(points), np.nan)
    if len(known):
        chord = 2 * np.sin(AROUND_KM / EARTH_RADIUS_KM / 2)
        one, other = scipy.spatial.cKDTree(points[known]).query_pairs(chord, output_type="ndarray").T
        near = np.bincount(one, people[other], len(known)) + np.bincount(other, people[one], len(known))
        found[known] = (people + near) / (np.pi * AROUND_KM**2)
    return found


def _known(value: AnyArray | float, transport: str) -> FloatArray:
    if transport not in TRANSPORTS:
        raise ValueError(f"unknown transport {transport!r}; expected one of {', '.join(TRANSPORTS)}")
    known = np.asarray(value, np.float64)
    if (known < 0).any():
        raise ValueError(f"must be at least 0, got {known.min()}")
    return known


def _between(ends: tuple[float, float], share: FloatArray | float) -> FloatArray | float:
    return ends[0] + (ends[1] - ends[0]) * share


def _forward(curve: Curve, km: FloatArray, share: FloatArray | float) -> FloatArray:
    moving = curve.start + curve.settled * km + curve.early * curve.length * km / (curve.length + km)
    found: FloatArray = _between(curve.access, share) + _between(curve.traffic, share) * moving
    return found


def _back(curve: Curve, time: FloatArray, share: FloatArray | float) -> FloatArray:
    """Solve settled km² + ((settled + early) L − t) km − t L = 0 for t minutes of moving beyond the start."""
    moving = (time - _between(curve.access, share)) / _between(curve.traffic, share) - curve.start
    moving = np.maximum(moving, 0.0)
    half = ((curve.settled + curve.early) * curve.length - moving) / 2
    root = np.sqrt(half * half + curve.settled * moving * curve.length)
    # Of the two forms of the positive root, the one that subtracts nothing alike.
    found: FloatArray = np.where(
        half > 0, moving * curve.length / np.where(half > 0, root + half, 1.0), (root - half) / curve.settled
    )
    return found
