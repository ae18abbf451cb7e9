"""The lists of both sides found shard by shard: a shard is some people, before all the vacancies.

Whatever the shards and whoever works on them, the lists are the same: a person's best vacancies depend on nobody
else, and the best people of a vacancy are the best among the best of each shard.
"""

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from visavis.common.progress import Report, silent
from visavis.engine import weights as w
from visavis.engine.arrays import IntArray
from visavis.engine.facts.columns import JobseekerColumns
from visavis.engine.facts.rows import take_rows
from visavis.engine.learned.scoring import Scoring
from visavis.engine.lists.matches import Matches, taken, worth_reading
from visavis.engine.lists.topk import top_jobseekers
from visavis.engine.market.market import Market
from visavis.engine.score.pairs import Pairs
from visavis.engine.score.score import PART_NAMES
from visavis.shards import kept, markets, pool

type Columns = dict[str, npt.NDArray[Any]]

SHARDS = 16
"""How many shards the people are cut into, where they are many."""

PAIRS_AT_ONCE = 2_000_000
TOLD = 10_000
"""A similarity is told in ten-thousandths."""

_TITLE = PART_NAMES.index("title")
COLUMNS = {
    "person": "<i4",
    "work": "<i4",
    "score": "<f8",
    "title": "<i4",
    "similarity": "<i2",
    "history": "<f8",
    "tier": "<i1",
}


@dataclass(frozen=True)
class Wanted:
    """What a run looks for.

    Attributes
    ----------
    kept : int
        How many places a list has at most.
    least : float
        What the score in use and the experts' score must both reach.
    group : int
        So many people, in their order, are looked at together: of each group the best of every vacancy by the
        experts' score are scored by the score in use.
    """

    kept: int
    least: float
    group: int


@dataclass(frozen=True)
class Given:
    """What a worker needs for one shard: its people, where they begin, what each wants, and where the rest lies."""

    market: Path
    scoring: Path
    people: JobseekerColumns
    ids: IntArray
    first: int
    more: IntArray
    wanted: Wanted


@dataclass(frozen=True)
class Everybody:
    """Both sides before the run: the market with nobody in it, everybody, their numbers, and the score in use.

    `more` is how many vacancies besides those kept each person wants, shape (N,): she put as many aside.
    """

    market: Market
    people: JobseekerColumns
    ids: tuple[IntArray, IntArray]
    scoring: Scoring
    more: IntArray


def found(
    everybody: Everybody,
    wanted: Wanted,
    *,
    keep: Path,
    workers: int = 0,
    address: str | None = None,
    report: Report = silent,
) -> list[Path]:
    """Find both sides' lists shard by shard; give the folders of the results, by the people's order.

    Raises
    ------
    pool.ClusterRefused
        As `pool.map_shards` does.
    """
    keep.mkdir(mode=0o700, parents=True, exist_ok=True)
    market = markets.keep_market(everybody.market, keep, "market")
    scoring = _keep_scoring(everybody, keep)
    count = len(everybody.ids[0])
    groups = -(-count // wanted.group)
    size = wanted.group * max(1, -(-groups // SHARDS))
    tasks = []
    for number, first in enumerate(range(0, count, size)):
        given = partial(_given, everybody, wanted, (market, scoring), (first, min(count, first + size)))
        tasks.append(pool.Task(f"{number:05d}", "lists", given))
    pool.map_shards(find, tasks, keep=keep, workers=workers, cluster=address, report=report)
    return [keep / task.name for task in tasks]


def find(given: Given) -> kept.Arrays:
    """Find the lists of one shard, in a worker; people are numbered among everybody."""
    scoring, work_ids = _scoring(given.scoring)
    ids = given.ids, work_ids
    hers = _enough(_hers(given), given, scoring, ids)
    theirs: list[Columns] = []
    held = 0
    for some in _theirs(given):
        theirs.append(_enough(some, given, scoring, ids))
        held += len(theirs[-1]["score"])
        if held > PAIRS_AT_ONCE:
            theirs = [best_people(theirs, given.wanted.kept)]
            held = len(theirs[0]["score"])
    both = {"hers": _by_person(hers), "theirs": best_people(theirs, given.wanted.kept)}
    market = markets.market_kept_in(given.market).with_jobseekers(given.people)
    arrays: dict[str, npt.NDArray[Any]] = {}
    for side, pairs in both.items():
        pairs["similarity"] = similarity_told(market, pairs)
        pairs["person"] = pairs["person"] + given.first
        arrays |= {f"{side}_{name}": pairs[name].astype(kind) for name, kind in COLUMNS.items()}
    return arrays


def side_of(folder: Path, side: str) -> Columns:
    """Read what one shard found of a side, mapped."""
    arrays = kept.read(folder)
    return {name: arrays[f"{side}_{name}"] for name in COLUMNS}


def hers_of(folders: Sequence[Path]) -> Columns:
    """Give everybody's best vacancies, by person, then tier, best first."""
    return _concatenated([side_of(folder, "hers") for folder in folders])


def theirs_of(folders: Sequence[Path], count: int) -> Columns:
    """Give the best people of every vacancy, by vacancy, best first."""
    best = _concatenated([])
    for folder in folders:
        best = best_people([best, side_of(folder, "theirs")], count)
    return best


def best_people(parts: Sequence[Mapping[str, npt.NDArray[Any]]], count: int) -> Columns:
    """Keep the `count` best people of each vacancy, by vacancy, best first; equals in the people's order."""
    whole = _concatenated(parts)
    order = np.lexsort((whole["person"], -whole["score"], whole["work"]))
    work = whole["work"][order]
    best = order[np.arange(len(order)) - np.searchsorted(work, work) < count]
    return {name: column[best] for name, column in whole.items()}


def similarity_told(market: Market, pairs: Mapping[str, npt.NDArray[Any]]) -> IntArray:
    """Give the similarity of texts and titles in ten-thousandths, shape (n,); 0 where it weighs nothing.

    The part of the title tells it, but for where it lies so near the middle between two that only the texts do.
    """
    logit = pairs["title"] * w.LOGIT_STEP
    low = w.TITLE_USUAL * (1 - logit / w.TITLE_WORST)
    high = w.TITLE_USUAL + logit * (1 - w.TITLE_USUAL) / w.TITLE_BEST
    value = np.where(logit < 0, low, high) * TOLD
    told = np.rint(value)
    unsure = np.flatnonzero((np.abs(value - told) > 0.4) & (pairs["title"] != 0))
    if len(unsure):
        exact = Pairs.of(
            market, pairs["person"][unsure].astype(np.int64), pairs["work"][unsure].astype(np.int64)
        )
        told[unsure] = np.rint(exact.similarity * TOLD)
    return np.where(pairs["title"] == 0, 0, told).astype(np.int64)


def _hers(given: Given) -> Matches:
    """The best vacancies of each person by the experts' score, as many as she wants."""
    most = int(given.more.max(initial=0))
    best = markets.lists_of(given.market, given.people, given.wanted.kept + most)
    best = taken(best, np.flatnonzero(best.rank <= given.wanted.kept + given.more[best.jobseeker]))
    return worth_reading(best)


def _theirs(given: Given) -> Iterator[Matches]:
    """The best people of each vacancy by the experts' score, group after group."""
    for first in range(0, len(given.ids), given.wanted.group):
        rows = np.arange(first, min(len(given.ids), first + given.wanted.group))
        market = markets.market_kept_in(given.market).with_jobseekers(take_rows(given.people, rows))
        best = top_jobseekers(market, given.wanted.kept)
        yield replace(best, jobseeker=best.jobseeker + first)


def _enough(found: Matches, given: Given, scoring: Scoring, ids: tuple[IntArray, IntArray]) -> Columns:
    """Score what was found by the score in use; both scores must be enough."""
    people, work = ids[0][found.jobseeker], ids[1][found.vacancy]
    score = scoring.score(found.parts, people, work)
    enough = np.flatnonzero((score >= given.wanted.least) & (found.score >= given.wanted.least))
    history = scoring.history(people[enough], work[enough]) if scoring.heads else None
    steps = np.rint(found.parts[enough, _TITLE].astype(np.float64) / w.LOGIT_STEP)
    return {
        "person": found.jobseeker[enough],
        "work": found.vacancy[enough],
        "score": score[enough],
        "title": steps.astype(np.int64),
        "similarity": np.zeros(len(enough), np.int64),
        "history": np.full(len(enough), np.nan) if history is None else history,
        "tier": found.tier[enough],
    }


def _by_person(pairs: Columns) -> Columns:
    order = np.lexsort((pairs["work"], -pairs["score"], pairs["tier"], pairs["person"]))
    return {name: column[order] for name, column in pairs.items()}


def _concatenated(parts: Sequence[Mapping[str, npt.NDArray[Any]]]) -> Columns:
    none = {name: np.zeros(0, kind) for name, kind in COLUMNS.items()}
    return {name: np.concatenate([none[name], *(part[name] for part in parts)]) for name in COLUMNS}


def _given(everybody: Everybody, wanted: Wanted, paths: tuple[Path, Path], rows: tuple[int, int]) -> Given:
    some = np.arange(*rows)
    people = take_rows(everybody.people, some)
    market, scoring = (path.resolve() for path in paths)
    return Given(market, scoring, people, everybody.ids[0][some], rows[0], everybody.more[some], wanted)


def _keep_scoring(everybody: Everybody, keep: Path) -> Path:
    head = pickle.dumps((everybody.scoring, everybody.ids[1]), protocol=5)
    kept.write(keep / "scoring", "scoring", {"head": np.frombuffer(head, np.uint8)})
    return keep / "scoring"


@lru_cache(maxsize=1)
def _scoring(folder: Path) -> tuple[Scoring, IntArray]:
    # Written by `_keep_scoring` a moment before; whoever can write there can run code as well.
    found: tuple[Scoring, IntArray] = pickle.loads(kept.read(folder)["head"].tobytes())  # noqa: S301  # nosec B301
    return found
