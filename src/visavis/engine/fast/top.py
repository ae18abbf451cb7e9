"""The best vacancies of each jobseeker, by the kernels: the same lists as `topk`, to the last bit."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt

from visavis.engine.arrays import FloatArray, IntArray, Progress
from visavis.engine.fast import LAID_OUT, scan
from visavis.engine.fast.flat import (
    JobseekerSide,
    Rules,
    VacancySide,
    jobseeker_side,
    rules,
    sources_of,
    vacancy_side,
)
from visavis.engine.fast.tiles import along
from visavis.engine.fast.workspace import Workspace, empty_workspace
from visavis.engine.market.market import Market
from visavis.engine.score.tiers import Tiers, tiers

PEOPLE_AT_ONCE = 2048
FEW = 16


def laid_out(market: Market) -> VacancySide:
    """Lay out the vacancies of a market, once: `Market.with_jobseekers` hands them on."""
    if LAID_OUT not in market.__dict__:
        market.__dict__[LAID_OUT] = vacancy_side(market)
    found: VacancySide = market.__dict__[LAID_OUT]
    return found


class Prepared:
    """A market laid out for the kernels.

    Parameters
    ----------
    market : Market
    """

    def __init__(self, market: Market) -> None:
        """Lay out what is not laid out yet."""
        sources = sources_of(market)
        self.market = market
        self.vacancies: VacancySide = laid_out(market)
        self.jobseekers: JobseekerSide = jobseeker_side(market, sources)
        self.rules: Rules = rules(market, sources, is_led=True)

    def workspace(self) -> Workspace:
        """Make a workspace for one thread."""
        return empty_workspace(self.vacancies, self.jobseekers, self.rules, len(self.market.ideal))

    def rank(self, rows: IntArray, k: int, at: Workspace) -> scan.TopLists:
        """List the `k` best vacancies of some jobseekers, rows of the market."""
        out = scan.empty_lists(len(rows), k)
        who = (rows, self.order(rows))
        scan.rank(at, self.vacancies, self.jobseekers, self.rules, who, self._ideal(rows), out)
        return out

    def order(self, rows: IntArray) -> IntArray:
        """Order some jobseekers so that neighbours follow each other; a few stay as they are."""
        if len(rows) < FEW:
            return np.arange(len(rows))
        return np.argsort(along(self.jobseekers.point[rows]), kind="stable")

    def _ideal(self, rows: IntArray) -> FloatArray:
        ideal = self.market.ideal
        return ideal.earned(self.market.jobseekers, rows) if len(ideal) else np.zeros((len(rows), 0))


type Found = tuple[IntArray, IntArray, npt.NDArray[np.int32], FloatArray, npt.NDArray[np.float32], Tiers]
"""Jobseeker, vacancy, rank from 1, score, parts, tier: the columns of `topk.Matches`, by jobseeker, then rank."""


def found(prepared: Prepared, rows: IntArray, k: int, *, progress: Progress | None = None) -> Iterator[Found]:
    """Give the lists of some jobseekers as columns, `PEOPLE_AT_ONCE` at a time and in their order."""
    first = 0
    for some in lists(prepared, rows, k, progress=progress):
        taken = np.arange(k) < some.length[:, None]
        owner, place = np.nonzero(taken)
        vacancy = prepared.vacancies.row[some.place[taken]]
        parts = some.parts[taken]
        rank = (place + 1).astype(np.int32)
        yield rows[first + owner], vacancy, rank, some.score[taken], parts, tiers(parts)
        first += len(some.length)


def lists(
    prepared: Prepared, rows: IntArray, k: int, *, threads: int = 1, progress: Progress | None = None
) -> Iterator[scan.TopLists]:
    """Give the lists of some jobseekers, `PEOPLE_AT_ONCE` at a time and in their order."""
    chunks = [rows[a : a + PEOPLE_AT_ONCE] for a in range(0, len(rows), PEOPLE_AT_ONCE)]
    done = 0
    for found in _mapped(prepared, chunks, k, threads):
        done += len(found.length)
        if progress:
            progress(done, len(rows))
        yield found


def _mapped(prepared: Prepared, chunks: list[IntArray], k: int, threads: int) -> Iterator[scan.TopLists]:
    if threads == 1:
        at = prepared.workspace()
        yield from (prepared.rank(chunk, k, at) for chunk in chunks)
        return
    workspaces = [prepared.workspace() for _ in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        for first in range(0, len(chunks), threads):
            some = chunks[first : first + threads]
            yield from pool.map(
                lambda pair: prepared.rank(pair[0], k, pair[1]), zip(some, workspaces, strict=False)
            )
