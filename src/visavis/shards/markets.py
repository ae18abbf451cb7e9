"""The lists of a market worked out shard by shard: the same lists, on as many processes or machines as there are."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from visavis.common.progress import Report, silent
from visavis.engine.arrays import IntArray
from visavis.engine.facts.columns import JobseekerColumns
from visavis.engine.facts.rows import take_rows
from visavis.engine.fast import LAID_OUT
from visavis.engine.lists.matches import Matches
from visavis.engine.lists.shards import (
    cut,
    in_whole,
    is_bound,
    joined,
    market_digest,
    reachable,
)
from visavis.engine.lists.topk import is_worth_compiling, top_vacancies
from visavis.engine.market.market import Market
from visavis.engine.market.numbered import with_vacancies
from visavis.engine.score.score import PART_NAMES
from visavis.shards import kept, pool

MARKET = "market"
LARGEST_SHARD, SMALLEST_SHARD, SHARDS = 20_000, 250, 32
"""People in a shard: at most, at least, and how many shards a small market is cut into."""


def matched(
    market: Market, top: int, *, keep: Path, workers: int, address: str | None = None, report: Report = silent
) -> list[Path]:
    """Work out the `top` vacancies of everybody, shard by shard, and give the folders of the results.

    Raises
    ------
    pool.ClusterRefused, pool.Stopped
        As `pool.map_shards` does; `keep` can be given again.
    """
    of_market = market_digest(market)
    folder = keep_market(market, keep, of_market)
    people = len(market.jobseekers)
    at_most = min(LARGEST_SHARD, max(SMALLEST_SHARD, -(-people // SHARDS)))
    tasks = [
        pool.Task(
            f"{number:05d}", f"{shard.digest} top {top}", partial(_given, market, shard.rows, folder, top)
        )
        for number, shard in enumerate(cut(market, at_most, of_market=of_market))
    ]
    pool.map_shards(match_shard, tasks, keep=keep, workers=workers, cluster=address, report=report)
    return [keep / task.name for task in tasks]


@dataclass(frozen=True)
class Given:
    """What a worker needs for one shard: its people, their rows, and where the market lies."""

    market: Path
    people: JobseekerColumns
    rows: IntArray
    top: int


def match_shard(given: Given) -> kept.Arrays:
    """Work out the lists of one shard, in a worker; rows are those of the whole market."""
    found = lists_of(given.market, given.people, given.top)
    return {
        "jobseeker": given.rows[found.jobseeker],
        "vacancy": found.vacancy,
        "rank": found.rank,
        "parts": found.parts,
        "tier": found.tier,
    }


def lists_of(folder: Path, people: JobseekerColumns, top: int) -> Matches:
    """Give the best vacancies of some people, of a market kept in a folder: of those near, if a place binds them."""
    if is_worth_compiling(market_kept_in(folder), len(people)):
        from visavis.engine.fast.top import laid_out  # noqa: PLC0415 (it needs the extra)

        laid_out(market_kept_in(folder))
        return top_vacancies(market_kept_in(folder).with_jobseekers(people), top)
    bound = is_bound(people)
    found = []
    for rows in (np.flatnonzero(bound), np.flatnonzero(~bound)):
        market = market_kept_in(folder).with_jobseekers(take_rows(people, rows))
        vacancies = reachable(market, np.arange(len(rows)))
        if len(vacancies) < len(market.vacancies):
            market = with_vacancies(market, vacancies)
        found.append(in_whole(top_vacancies(market, top), rows, vacancies))
    return joined(found)


def lists(folders: Sequence[Path], windows: Iterable[tuple[int, int]]) -> Iterator[Matches]:
    """Give the lists of the people of each window of rows, as one run over the whole market would."""
    results = [kept.read(folder) for folder in folders] or [_nothing()]
    for first, last in windows:
        pieces = [_window(result, first, last) for result in results]
        jobseeker, vacancy, rank, parts, tier = (
            np.concatenate([piece[name] for piece in pieces])
            for name in ("jobseeker", "vacancy", "rank", "parts", "tier")
        )
        order = np.lexsort((rank, jobseeker))
        # Parts are whole steps: they add up to the score exactly in any order.
        score = parts[order].astype(np.float64).sum(axis=1)
        yield Matches(jobseeker[order], vacancy[order], rank[order], score, parts[order], tier[order])


def keep_market(market: Market, keep: Path, digest: str) -> Path:
    """Keep the vacancies and what is prepared for them as plain buffers, which workers map and share."""
    folder = keep / MARKET
    if kept.why_not(folder, digest) is not None:
        kept.remove(folder)
        buffers: list[pickle.PickleBuffer] = []
        head = pickle.dumps(_bare(market), protocol=5, buffer_callback=buffers.append)
        arrays = {f"buffer{number:04d}": np.frombuffer(raw, np.uint8) for number, raw in enumerate(buffers)}
        kept.write(folder, digest, {"head": np.frombuffer(head, np.uint8), **arrays})
    return folder


def _given(market: Market, rows: IntArray, folder: Path, top: int) -> Given:
    return Given(folder.resolve(), take_rows(market.jobseekers, rows), rows, top)


def _bare(market: Market) -> Market:
    """Prepare what the vacancies need, and leave out the people and the texts that have been read."""
    for name in ("titles", "essential", "wished", "rarity", "vacancy_points"):
        getattr(market, name)
    nobody = np.zeros(0, np.int64)
    bare = market.with_jobseekers(take_rows(market.jobseekers, nobody))
    # Each worker lays it out for the kernels itself.
    bare.__dict__.pop(LAID_OUT, None)
    work = market.vacancies
    bare.vacancies = replace(
        work,
        ids=np.arange(len(work), dtype=np.int32),
        title=np.full(len(work), "", np.str_),
        occupation=work.occupation.astype(np.str_),
    )
    return bare


@lru_cache(maxsize=1)
def market_kept_in(folder: Path) -> Market:
    """Open a market that `keep_market` kept, once in each process."""
    arrays = kept.read(folder)
    head = arrays.pop("head").tobytes()
    # Written by `keep_market` a moment before, under a digest; whoever can write there can run code as well.
    market: Market = pickle.loads(head, buffers=[arrays[name] for name in sorted(arrays)])  # noqa: S301  # nosec B301
    return market


def _nothing() -> dict[str, npt.NDArray[Any]]:
    rows, parts = np.zeros(0, np.int64), np.zeros((0, len(PART_NAMES)), np.float32)
    tier = rows.astype(np.uint8)
    return {"jobseeker": rows, "vacancy": rows, "rank": rows.astype(np.int32), "parts": parts, "tier": tier}


def _window(result: dict[str, npt.NDArray[Any]], first: int, last: int) -> dict[str, npt.NDArray[Any]]:
    low, high = np.searchsorted(result["jobseeker"], [first, last])
    return {name: values[low:high] for name, values in result.items()}
