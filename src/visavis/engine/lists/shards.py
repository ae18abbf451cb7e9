"""A market cut by place into shards that are worked on apart, in any order, on any machine, and lose nothing.

A shard is some people, and the vacancies anybody among them can reach. What depends on the whole market (how rare
a skill or an n-gram is) travels with it, so scores and lists are those of the whole run, to the last bit.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from visavis.engine.arrays import AnyArray, BoolArray, FloatArray, IntArray
from visavis.engine.facts.columns import Columns, JobseekerColumns
from visavis.engine.facts.geo import EARTH_RADIUS_KM, TOLERANCE_KM, unit_vectors
from visavis.engine.facts.rows import take_rows
from visavis.engine.lists.matches import Matches
from visavis.engine.market.market import Market
from visavis.engine.ragged import Ragged
from visavis.engine.version import ENGINE_VERSION

CAPS = 16
"""Circles a shard's reach is covered by: more follow a coast more closely, and cost more."""

_MARGIN = TOLERANCE_KM / EARTH_RADIUS_KM + 1e-6
"""Radians, six metres: more than chords lose to rounding, even at the antipode."""


@dataclass(frozen=True, eq=False)
class Shard:
    """Some people of a market, worked on apart."""

    rows: IntArray  # (n,): jobseekers of the market, rising
    digest: str  # changes when anything that could change the shard's results does; the same on every machine


def cut(market: Market, people_at_most: int, *, of_market: str | None = None) -> list[Shard]:
    """Cut the people of a market into shards, neighbours together.

    Who is not bound to a place (place or radius unknown) can reach everything; these are in shards of their
    own, so that the others stay near one place.

    Parameters
    ----------
    market : Market
    people_at_most : int
        At least 1.
    of_market : str, optional
        `market_digest(market)`, when it is known already.

    Returns
    -------
    list of Shard
        Each jobseeker is in one; the order of the shards follows the map, those bound to no place last.

    Raises
    ------
    ValueError
        `people_at_most` is below 1.

    Examples
    --------
    >>> from visavis.engine.facts.records import Jobseeker, jobseeker_columns, vacancy_columns
    >>> paris, lyon = {"latitude": 48.9, "longitude": 2.3}, {"latitude": 45.8, "longitude": 4.8}
    >>> people = [Jobseeker(**place, radius_km=9) for place in (paris, lyon, paris, lyon)]
    >>> shards = cut(Market(jobseeker_columns(people), vacancy_columns([]), today=0), people_at_most=2)
    >>> [shard.rows.tolist() for shard in shards]
    [[0, 2], [1, 3]]
    """
    whole = of_market if of_market is not None else market_digest(market)
    rows = cut_rows(market.jobseekers, people_at_most)
    return [Shard(some, shard_digest(whole, market, some)) for some in rows]


def cut_rows(people: JobseekerColumns, at_most: int) -> list[IntArray]:
    """Give the rows of each shard of `cut`, rising within each."""
    if at_most < 1:
        raise ValueError(f"a shard holds at least 1 person, got {at_most}")
    bound = is_bound(people)
    points = unit_vectors(people.latitude, people.longitude)
    near = np.flatnonzero(bound)
    pieces = _halved(points, near, -(-len(near) // at_most)) if len(near) else []
    far = np.flatnonzero(~bound)
    pieces += [far[first : first + at_most] for first in range(0, len(far), at_most)]
    return pieces


def is_bound(people: JobseekerColumns) -> BoolArray:
    """Tell who is bound to a place, shape (N,): both her place and her radius are known."""
    bound: BoolArray = ~np.isnan(people.latitude) & ~np.isnan(people.radius_km)
    return bound


def reachable(market: Market, rows: IntArray) -> IntArray:
    """List the vacancies that anybody of some people can reach, and few others.

    Parameters
    ----------
    market : Market
    rows : array of int64, shape (n,)
        Jobseekers of the market.

    Returns
    -------
    array of int64, shape (m,)
        Vacancies, rising: remote ones and those of unknown place, and those whose place, less the doubt about
        it, lies in one of `CAPS` circles around the people and as far as they go.
    """
    people, work = market.jobseekers, market.vacancies
    if not len(rows):
        return np.zeros(0, np.int64)
    if not is_bound(people)[rows].all():
        return np.arange(len(work))
    points = unit_vectors(people.latitude[rows], people.longitude[rows])
    radius = people.radius_km[rows] / EARTH_RADIUS_KM
    kept: BoolArray = work.is_remote | np.isnan(work.latitude)
    placed = np.flatnonzero(~kept)
    placed = placed[_within(market, placed, *_cap(points, radius))]
    for some in _halved(points, np.arange(len(rows)), min(CAPS, len(rows))):
        left = placed[~kept[placed]]
        kept[left[_within(market, left, *_cap(points[some], radius[some]))]] = True
    return np.flatnonzero(kept)


def in_whole(found: Matches, rows: IntArray, vacancies: IntArray) -> Matches:
    """Name the rows of the whole market in what was found among some rows of it."""
    return replace(found, jobseeker=rows[found.jobseeker], vacancy=vacancies[found.vacancy])


def joined(found: Sequence[Matches]) -> Matches:
    """Put the lists of jobseekers of all shards together, by jobseeker, then rank: as one run would."""
    whole = _concatenated(found)
    return _taken(whole, np.lexsort((whole.rank, whole.jobseeker)))


def market_digest(market: Market) -> str:
    """Sum up all that the vacancies, the rules and this version of the engine put into any result."""
    total = hashlib.sha256(f"{ENGINE_VERSION} {market.today} {sorted(market.links.items())}".encode())
    _add_columns(total, market.vacancies)
    _add(total, market.interests)
    _add(total, market.occupation_interest)
    total.update(repr([sorted(profile.items()) for profile in market.ideal.profiles]).encode())
    _add(total, market.ideal.codes)
    return total.hexdigest()


def shard_digest(of_market: str, market: Market, rows: IntArray) -> str:
    """Sum up the people of a shard and the market they stand before."""
    total = hashlib.sha256(of_market.encode())
    _add(total, rows)
    _add_columns(total, take_rows(market.jobseekers, rows))
    return total.hexdigest()


def _halved(points: FloatArray, rows: IntArray, pieces: int) -> list[IntArray]:
    """Cut rows into pieces of equal size along the widest side, again and again; equals in their order."""
    if pieces <= 1:
        return [np.sort(rows)]
    here = points[rows]
    side = here[:, int(np.argmax(np.ptp(here, axis=0)))]
    ordered = rows[np.argsort(side, kind="stable")]
    half = pieces // 2
    at = len(rows) * half // pieces
    return _halved(points, ordered[:at], half) + _halved(points, ordered[at:], pieces - half)


def _cap(points: FloatArray, radius: FloatArray) -> tuple[FloatArray, float]:
    """Bound circles, centres (n, 3) and radii in radians (n,), by one: its centre and radius."""
    mean = points.mean(axis=0)
    length = float(np.linalg.norm(mean))
    centre = mean / length if length > 1e-9 else points[0]
    return centre, float((_angle(points, centre) + radius).max())


def _within(market: Market, vacancies: IntArray, centre: FloatArray, angle: float) -> BoolArray:
    doubt = market.vacancies.place_radius_km[vacancies] / EARTH_RADIUS_KM
    near: BoolArray = _angle(market.vacancy_points[vacancies], centre) <= angle + doubt + _MARGIN
    return near


def _angle(points: FloatArray, centre: FloatArray) -> FloatArray:
    difference = points - centre
    chord = np.sqrt(np.einsum("ij,ij->i", difference, difference))
    angle: FloatArray = 2.0 * np.arcsin(np.minimum(1.0, chord / 2.0))
    return angle


def _concatenated(found: Sequence[Matches]) -> Matches:
    if not found:
        raise ValueError("nothing to put together: a run has at least one shard")
    return Matches(
        *(np.concatenate([getattr(one, field.name) for one in found]) for field in fields(Matches))
    )


def _taken(found: Matches, rows: IntArray) -> Matches:
    return Matches(*(getattr(found, field.name)[rows] for field in fields(Matches)))


def _add_columns(total: "hashlib._Hash", columns: Columns) -> None:
    for field in fields(columns):
        column = getattr(columns, field.name)
        total.update(field.name.encode())
        if isinstance(column, Ragged):
            _add(total, column.offsets)
            _add(total, column.values)
        else:
            _add(total, column)


def _add(total: "hashlib._Hash", values: AnyArray) -> None:
    """Add values, shape and kind; texts by their characters, whatever array held them."""
    total.update(f"{values.shape} ".encode())
    if values.dtype.kind in "OUT":
        texts = [str(value) for value in values.tolist()]
        _add(total, np.fromiter(map(len, texts), np.int64, len(texts)))
        total.update("".join(texts).encode("utf-8", "surrogatepass"))
        return
    total.update(f"{values.dtype.str} ".encode())
    total.update(np.ascontiguousarray(values).tobytes())
