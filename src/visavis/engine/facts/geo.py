"""Distances on the globe, and who may be within whose reach.

Places are unit vectors and distances chords between them, so neither the poles nor the date line
need a case of their own.
"""

from dataclasses import dataclass

import numpy as np

from visavis.engine.arrays import AnyArray, FloatArray, IntArray
from visavis.engine.facts import travel
from visavis.engine.facts.travel import AVERAGE

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth, km (IUGG)."""

TOLERANCE_KM = 1e-6
"""A distance within a millimetre of a limit is within the limit."""

BAND_DEGREES = 0.1
"""Height of a band of the grid: about 11 km."""

_KEYS_PER_BAND = 1024.0


def reach_km(minutes: float, transport: str, density: float = AVERAGE) -> float:
    """Turn a travel time into a straight-line distance: `travel.reach_km` of one person.

    Parameters
    ----------
    minutes : float
        Door to door, at least 0.
    transport : str
        One of `TRANSPORTS`.
    density : float
        Inhabitants per km² around her; NaN is taken for the average.

    Returns
    -------
    float
        Kilometres.

    Raises
    ------
    ValueError
        The transport is unknown or the time negative.

    Examples
    --------
    >>> round(reach_km(30, "car"), 1), round(reach_km(30, "car", density=20_000), 1)
    (16.3, 11.6)
    """
    return float(travel.reach_km(minutes, transport, density))


def unit_vectors(latitude: AnyArray, longitude: AnyArray) -> FloatArray:
    """Place points on the unit sphere.

    Parameters
    ----------
    latitude, longitude : array of float64, shape (n,)
        Degrees, NaN when unknown.

    Returns
    -------
    array of float64, shape (n, 3)
        Unit vectors, NaN when unknown.
    """
    phi, theta = np.radians(latitude), np.radians(longitude)
    flat = np.cos(phi)
    return np.stack([flat * np.cos(theta), flat * np.sin(theta), np.sin(phi)], axis=1)


def distance_km(one: FloatArray, other: FloatArray) -> FloatArray:
    """Measure great circles between pairs of unit vectors.

    Parameters
    ----------
    one, other : array of float64, shape (n, 3)
        Unit vectors; NaN rows give NaN.

    Returns
    -------
    array of float64, shape (n,)
        Kilometres in [0, 20015.2].

    References
    ----------
    R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984): the haversine of the angle
    is the square of half the chord.

    Examples
    --------
    >>> paris, lyon = unit_vectors(np.array([48.8566, 45.7640]), np.array([2.3522, 4.8357]))
    >>> distance_km(paris[None], lyon[None]).round(1).tolist()
    [391.5]
    """
    difference = one - other
    half_chord: FloatArray = np.sqrt(np.einsum("ij,ij->i", difference, difference)) / 2.0
    return 2.0 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, half_chord))


@dataclass(frozen=True)
class Grid:
    """Points sorted by band of latitude, then by longitude, so that a reach is a few slices."""

    keys: FloatArray  # (n,): band number times 1024 plus longitude, rising
    points: IntArray  # (n,): the point behind each key

    @classmethod
    def of(cls, latitude: AnyArray, longitude: AnyArray, points: IntArray) -> "Grid":
        """Sort the given points; `latitude` and `longitude` (degrees, known) are those of `points`."""
        keys = np.floor(latitude / BAND_DEGREES) * _KEYS_PER_BAND + longitude
        order = np.argsort(keys, kind="stable")
        return cls(keys[order], points[order])

    def slices(
        self, latitude: FloatArray, longitude: FloatArray, reach: FloatArray
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Cover every point within reach of each centre, and as few others as is cheap.

        Parameters
        ----------
        latitude, longitude, reach : array of float64, shape (n,)
            Centres in degrees, reach in km, all known.

        Returns
        -------
        owner, start, stop : array of int64, shape (slices,)
            Centre, and the half-open slice of `points`; the slices of one centre do not overlap.
        """
        angle = np.degrees((reach + TOLERANCE_KM) / EARTH_RADIUS_KM) + 1e-9
        low = np.floor(np.maximum(latitude - angle, -90.0) / BAND_DEGREES).astype(np.int64)
        high = np.floor(np.minimum(latitude + angle, 90.0) / BAND_DEGREES).astype(np.int64)
        counts = high - low + 1
        owner = np.repeat(np.arange(len(latitude)), counts)
        first = np.cumsum(counts) - counts
        band = np.repeat(low - first, counts) + np.arange(len(owner))
        west, east = _longitudes(latitude, longitude, angle)
        return self._search(owner, band, west[owner], east[owner])

    def _search(
        self, owner: IntArray, band: IntArray, west: FloatArray, east: FloatArray
    ) -> tuple[IntArray, IntArray, IntArray]:
        """Look up each interval of longitudes, and once more the part beyond the date line."""
        over_west, over_east = west < -180.0, east > 180.0
        owners = np.concatenate([owner, owner[over_west], owner[over_east]])
        bands = np.concatenate([band, band[over_west], band[over_east]]) * _KEYS_PER_BAND
        wests = np.concatenate(
            [np.maximum(west, -180.0), west[over_west] + 360.0, np.full(over_east.sum(), -180.0)]
        )
        easts = np.concatenate(
            [np.minimum(east, 180.0), np.full(over_west.sum(), 180.0), east[over_east] - 360.0]
        )
        start = np.searchsorted(self.keys, bands + wests, side="left")
        stop = np.searchsorted(self.keys, bands + easts, side="right")
        filled = stop > start
        return owners[filled], start[filled], stop[filled]


def _longitudes(
    latitude: FloatArray, longitude: FloatArray, angle: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Bound the longitudes of a cap: all of them when it holds a pole.

    Half the width is ``asin(sin(angle) / cos(latitude))`` where the meridian touches the cap.
    """
    holds_pole = np.abs(latitude) + angle >= 90.0
    ratio = np.sin(np.radians(np.minimum(angle, 90.0))) / np.maximum(np.cos(np.radians(latitude)), 1e-12)
    half = np.degrees(np.arcsin(np.minimum(1.0, ratio))) + 1e-7
    whole = holds_pole | (half >= 180.0)
    return np.where(whole, -180.0, longitude - half), np.where(whole, 180.0, longitude + half)
