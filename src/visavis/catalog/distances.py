"""How far two places are: the engine's own measure, so that a page and a list never differ."""

import numpy as np
import numpy.typing as npt

from visavis.engine.facts import geo

EARTH_RADIUS_KM = geo.EARTH_RADIUS_KM


def km_between(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Measure the great circle between two points in degrees.

    >>> round(km_between(48.8566, 2.3522, 45.7640, 4.8357), 1)
    391.5
    """
    return float(km_from(latitude, longitude, np.array([[to_latitude, to_longitude]]))[0])


def km_from(latitude: float, longitude: float, points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Measure from one point to many, (n, 2) of latitudes and longitudes in degrees; NaN where unknown."""
    here = geo.unit_vectors(np.array([latitude]), np.array([longitude]))
    there = points.reshape(-1, 2)
    return geo.distance_km(here, geo.unit_vectors(there[:, 0], there[:, 1]))
