"""The pairs worth looking at: geography first, in blocks that fit in memory."""

from collections.abc import Iterator

import numpy as np

from visavis.engine.arrays import BoolArray, IntArray
from visavis.engine.facts.geo import Grid
from visavis.engine.market.market import Market
from visavis.engine.ragged import expand
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.people import People

PAIRS_AT_ONCE = 500_000
PEOPLE_AT_ONCE = 256
FEW_PAIRS = 2_000
"""So many pairs are looked at one by one sooner than a map of their vacancies is laid out."""
_PEOPLE_LOOKED_UP_AT_ONCE = 4_096


class Reach:
    """Vacancies laid out so that those a person may reach are a few slices.

    Vacancies with a place are in one grid per class of doubt about the place (0 km, 1, 2, 4 … km); then
    come those anybody may reach: remote, or of unknown place.

    Parameters
    ----------
    market : Market
    vacancies : array of int64, shape (m,)
        Vacancies to lay out, each once.
    """

    def __init__(self, market: Market, vacancies: IntArray) -> None:
        """Sort the vacancies into grids."""
        columns = market.vacancies
        self.market = market
        anywhere = columns.is_remote[vacancies] | np.isnan(columns.latitude[vacancies])
        placed = vacancies[~anywhere]
        doubt = np.ceil(np.log2(columns.place_radius_km[placed] + 1.0)).astype(np.int64)
        self.layers: list[tuple[Grid, float, int]] = []
        points, first = [], 0
        for level in np.unique(doubt):
            chosen = placed[doubt == level]
            grid = Grid.of(columns.latitude[chosen], columns.longitude[chosen], chosen)
            self.layers.append((grid, float(columns.place_radius_km[chosen].max()), first))
            points.append(grid.points)
            first += len(chosen)
        self.anywhere_from = first
        self.vacancies = np.concatenate([*points, vacancies[anywhere]])

    def slices(self, jobseekers: IntArray) -> tuple[IntArray, IntArray, IntArray]:
        """Cover what each jobseeker may reach.

        Parameters
        ----------
        jobseekers : array of int64, shape (n,)
            Jobseekers of the market.

        Returns
        -------
        owner, start, stop : array of int64, shape (slices,)
            Place in `jobseekers`, never falling, and slices of `self.vacancies` that do not overlap.
        """
        columns = self.market.jobseekers
        bound = ~np.isnan(columns.latitude[jobseekers]) & ~np.isnan(columns.reach_km[jobseekers])
        found = [self._whole(bound)]
        who = np.flatnonzero(bound)
        rows = jobseekers[who]
        for grid, doubt, first in self.layers:
            reach = columns.reach_km[rows] + doubt
            owner, start, stop = grid.slices(columns.latitude[rows], columns.longitude[rows], reach)
            found.append((who[owner], start + first, stop + first))
        owner, start, stop = (np.concatenate(part) for part in zip(*found, strict=True))
        order = np.argsort(owner, kind="stable")
        return owner[order], start[order], stop[order]

    def _whole(self, bound: BoolArray) -> tuple[IntArray, IntArray, IntArray]:
        """One slice each: what anybody may reach, or everything for who is not bound by a place."""
        everybody = np.arange(len(bound))
        start = np.where(bound, self.anywhere_from, 0).astype(np.int64)
        return everybody, start, np.full(len(bound), len(self.vacancies), np.int64)


def blocks(market: Market, jobseekers: IntArray, vacancies: IntArray) -> Iterator[Pairs]:
    """Give every pair that geography does not exclude, and some it does, block after block.

    Parameters
    ----------
    market : Market
    jobseekers, vacancies : array of int64
        Who is looked at, on each side; no repeats.

    Yields
    ------
    Pairs
        The jobseekers of the blocks follow the order given and each is in one block only. A block holds at
        most `PEOPLE_AT_ONCE` people and, unless one person alone has more, `PAIRS_AT_ONCE` pairs.
    """
    if len(jobseekers) <= PEOPLE_AT_ONCE and len(jobseekers) * len(vacancies) <= FEW_PAIRS:
        local = np.repeat(np.arange(len(jobseekers)), len(vacancies))
        yield Pairs(People(market, jobseekers), local, np.tile(vacancies, len(jobseekers)))
        return
    reach = Reach(market, vacancies)
    for first in range(0, len(jobseekers), _PEOPLE_LOOKED_UP_AT_ONCE):
        group = jobseekers[first : first + _PEOPLE_LOOKED_UP_AT_ONCE]
        owner, start, stop = reach.slices(group)
        counts = np.bincount(owner, weights=stop - start, minlength=len(group)).astype(np.int64)
        for a, b in _cuts(counts):
            low, high = np.searchsorted(owner, [a, b])
            offsets = np.stack([start[low:high], stop[low:high]], axis=1).ravel()
            positions, piece = expand(offsets, 2 * np.arange(high - low))
            local = owner[low:high][piece] - a
            yield Pairs(People(market, group[a:b]), local, reach.vacancies[positions])


def _cuts(counts: IntArray) -> Iterator[tuple[int, int]]:
    first, held = 0, 0
    for place, count in enumerate(counts.tolist()):
        if place > first and (held + count > PAIRS_AT_ONCE or place - first >= PEOPLE_AT_ONCE):
            yield first, place
            first, held = place, 0
        held += count
    yield first, len(counts)
