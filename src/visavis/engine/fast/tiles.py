"""Places cut into small tiles, so that a circle is a few tiles: a k-d tree with its leaves only."""

from typing import NamedTuple

import numpy as np

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.facts.geo import EARTH_RADIUS_KM

TILE = 1024
"""Rows of a tile at most."""

GROUP = 16
"""Tiles of a group, which is looked at before them."""

CLOSE = 1e-7
"""Chords are compared with this margin, less than a metre."""

_CELLS = 1 << 14
"""Cells along an axis of the globe, of less than a kilometre each."""


class Tiles(NamedTuple):
    """Rows of one side in the order of their tiles."""

    start: IntArray  # (T + 1,): tile ``t`` holds the rows ``start[t]:start[t + 1]`` of the order
    low: FloatArray  # (T, 3): a corner of the box that holds its unit vectors; the globe for who has no place
    high: FloatArray  # (T, 3): the corner opposite
    # (T,): the chord of the greatest reach of a row of the tile; infinite when one row has no limit
    farther: FloatArray
    group_low: FloatArray  # the same for groups of `GROUP` tiles, G rows
    group_high: FloatArray  # likewise
    group_farther: FloatArray  # likewise


def lay_out(points: FloatArray, reach: FloatArray, tile: int = TILE) -> tuple[Tiles, IntArray]:
    """Cut points into tiles.

    Parameters
    ----------
    points : array of float64, shape (n, 3)
        Unit vectors; NaN for who has no place: these come last, in tiles that everybody looks at.
    reach : array of float64, shape (n,)
        Added to the other side's reach, km, at least 0; rows of about the same reach share a tile.

    Returns
    -------
    tiles : Tiles
    order : array of int64, shape (n,)
        The rows in the order of the tiles.

    Examples
    --------
    >>> from visavis.engine.facts.geo import unit_vectors
    >>> points = unit_vectors(np.array([48.9, np.nan, 43.3]), np.array([2.3, np.nan, 5.4]))
    >>> tiles, order = lay_out(points, np.zeros(3), tile=1)
    >>> order.tolist(), tiles.start.tolist(), np.isinf(tiles.farther).tolist()
    ([2, 0, 1], [0, 1, 2, 3], [False, False, True])
    """
    placed = ~np.isnan(points[:, 0]) & np.isfinite(reach)
    pieces: list[IntArray] = []
    level = np.ceil(np.log2(np.where(placed, reach, 0.0) + 1.0)).astype(np.int64)
    for one in np.unique(level[placed]):
        _split(points, np.flatnonzero(placed & (level == one)), tile, pieces)
    nowhere = np.flatnonzero(~placed)
    pieces += [nowhere[a : a + tile] for a in range(0, len(nowhere), tile)]
    start = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum([len(piece) for piece in pieces], out=start[1:])
    order = np.concatenate([*pieces, np.zeros(0, np.int64)]).astype(np.int64)
    limits = np.where(placed, chord(np.where(placed, reach, 0.0) / EARTH_RADIUS_KM), np.inf)
    group = np.append(np.arange(0, len(pieces), GROUP), len(pieces)).astype(np.int64)
    boxes = (_boxes(points[order], limits[order], some) for some in (start, start[group]))
    return Tiles(start, *next(boxes), *next(boxes)), order


def chord(angle: FloatArray) -> FloatArray:
    """The chord of an angle of 0 or more, radians; the longest there is beyond half a turn."""
    return 2.0 * np.sin(np.minimum(angle, np.pi) / 2.0)


def along(points: FloatArray) -> IntArray:
    """Give each point its place on a curve that keeps neighbours together (Morton, 1966), who has no place the last.

    Examples
    --------
    >>> from visavis.engine.facts.geo import unit_vectors
    >>> paris_lyon_paris = unit_vectors(np.array([48.9, 45.8, 48.8]), np.array([2.3, 4.8, 2.4]))
    >>> np.argsort(along(paris_lyon_paris), kind="stable").tolist()
    [1, 0, 2]
    """
    cells = np.nan_to_num((points + 1.0) * (_CELLS / 2), nan=2.0 * _CELLS).astype(np.int64)
    place = np.zeros(len(points), np.int64)
    for bit in range(_CELLS.bit_length() + 1):
        for axis in range(3):
            place |= (cells[:, axis] >> bit & 1) << (3 * bit + axis)
    return place


def _split(points: FloatArray, rows: IntArray, tile: int, pieces: list[IntArray]) -> None:
    """Halve the widest side until a piece fits a tile; ties stay in the order of the rows."""
    waiting = [rows]
    while waiting:
        some = waiting.pop()
        if len(some) <= tile:
            pieces.append(np.sort(some))
            continue
        here = points[some]
        axis = int(np.argmax(np.ptp(here, axis=0)))
        half = len(some) // 2
        order = np.argpartition(here[:, axis], half)
        waiting += [some[order[half:]], some[order[:half]]]


def _boxes(
    points: FloatArray, limits: FloatArray, start: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Bound runs of points by boxes: their lowest and highest corners, and the greatest limits."""
    count = len(start) - 1
    low, high, farther = np.full((count, 3), -1.0), np.full((count, 3), 1.0), np.zeros(count)
    for number in range(count):
        some = slice(start[number], start[number + 1])
        farther[number] = limits[some].max(initial=0.0)
        if np.isfinite(farther[number]):
            low[number], high[number] = points[some].min(axis=0), points[some].max(axis=0)
    return low, high, farther
