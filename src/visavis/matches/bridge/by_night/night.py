"""The night's work for the engine: both sides read once, found shard by shard, packed list by list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import batched, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from visavis.common.progress import Report
from visavis.engine.facts.columns import JobseekerColumns
from visavis.engine.facts.records import jobseeker_columns
from visavis.engine.facts.rows import joined_columns
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import market, reading
from visavis.matches.bridge.by_night import telling
from visavis.matches.bridge.lists import Found, Numbers
from visavis.matches.bridge.market import Work
from visavis.matches.bridge.serving import KEPT
from visavis.matches.models import packing
from visavis.shards import lists as shards
from visavis.shards import markets
from visavis.vacancies.models import Vacancy

__all__ = ["Both", "Columns", "found_in", "lists_of", "read", "theirs_in"]

READ_AT_ONCE = 5_000
# So many people, in their order, are looked at together: the best of each group are scored by what answers taught.
GROUP = 1_000

type Columns = dict[str, npt.NDArray[Any]]


@dataclass
class Both:
    """Both sides as they are this night: numbers, rising, the engine's columns, and facts to word reasons from."""

    work: Work
    people: Numbers
    columns: JobseekerColumns
    facts_of_people: list[bytes]
    facts_of_work: list[bytes] = field(default_factory=list)

    def find(
        self,
        keep: Path,
        aside: set[tuple[int, int]],
        *,
        workers: int,
        address: str | None,
        report: Report,
    ) -> list[Path]:
        """Find both sides' lists; return where the shards are kept."""
        everybody = shards.Everybody(
            self.work.market,
            self.columns,
            (self.people, self.work.ids),
            self.work.scoring,
            self._put_aside(aside),
        )
        wanted = shards.Wanted(KEPT, market.LEAST_SCORE, GROUP)
        return shards.found(everybody, wanted, keep=keep, workers=workers, address=address, report=report)

    def _put_aside(self, aside: set[tuple[int, int]]) -> Numbers:
        """Return how many vacancies more each person wants: as many as anybody of her group put aside."""
        asked = np.array([person for person, _vacancy in aside], np.int64)
        place = np.searchsorted(self.people, asked)
        known = np.append(self.people, -1)[place] == asked
        counts = np.bincount(place[known], minlength=len(self.people))
        starts = np.arange(0, len(counts), GROUP)
        most = np.maximum.reduceat(counts, starts) if len(counts) else counts
        return np.repeat(most, GROUP)[: len(counts)].astype(np.int64)


def read(people: QuerySet[Jobseeker], vacancies: QuerySet[Vacancy]) -> Both:
    """Read both sides, some thousands at a time, and lay them out."""
    records = reading.records_of_work(vacancies)
    work = market.work_to_share(records)
    facts_of_work = [telling.facts_of(records[pk]) for pk in work.ids.tolist()]
    ids = sorted(people.values_list("pk", flat=True))
    columns, facts, kept = [jobseeker_columns([])], [], []
    for some in batched(ids, READ_AT_ONCE, strict=False):
        read_now = reading.records_of_people(people.filter(pk__in=some))
        kept += sorted(read_now)
        facts += [telling.facts_of(read_now[pk]) for pk in sorted(read_now)]
        columns.append(jobseeker_columns(read_now[pk] for pk in sorted(read_now)))
    return Both(work, np.array(kept, np.int64), joined_columns(columns), facts, facts_of_work)


def found_in(folders: list[Path]) -> Columns:
    """Return everybody's best vacancies, by person, best first."""
    return shards.hers_of(folders)


def theirs_in(folders: list[Path]) -> Columns:
    """Return the best people of every vacancy, by vacancy, best first."""
    return shards.theirs_of(folders, KEPT)


def forget() -> None:
    """Let go of the market that was worked on here."""
    markets.market_kept_in.cache_clear()


def pairs_of(columns: Columns) -> Found:
    """Return the pairs of some columns."""
    return Found(
        columns["person"].astype(np.int64), columns["work"].astype(np.int64), np.asarray(columns["score"]),
        columns["tier"].astype(np.uint8),
    )  # fmt: skip


# Packed ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Owners:
    """The owners of one side's lists, the numbers of the others, and what is known of the owners."""

    ids: Numbers
    others: Numbers
    facts: list[bytes]


def lists_of(
    owners: Owners, owner: Numbers, other: Numbers, columns: Columns, worth: npt.NDArray[np.float64]
) -> Iterator[tuple[int, str, int, bytes, bytes]]:
    """Give each owner's number, those in the list as JSON, how many, what is packed of them, and the owner's facts.

    The places stand by owner, then rank.
    """
    starts = np.searchsorted(owner, np.arange(len(owners.ids) + 1)).tolist()
    kept = [columns[name] for name in ("title", "similarity", "history")]
    for number, (low, high) in enumerate(pairwise(starts)):
        packed = packing.packed(
            columns["score"][low:high], worth[low:high], *(column[low:high] for column in kept)
        )
        others = f"[{','.join(map(str, owners.others[other[low:high]].tolist()))}]"
        yield int(owners.ids[number]), others, high - low, packed, owners.facts[number]


def holders_of(count: int, other: Numbers, owner: Numbers, ids: Numbers) -> Iterable[bytes]:
    """Give for each of `count` others the numbers of the owners in whose lists it stands, packed."""
    order = np.argsort(other, kind="stable")
    starts = np.searchsorted(other[order], np.arange(count + 1)).tolist()
    numbers = ids[owner[order]]
    return (packing.numbers(numbers[low:high]) for low, high in pairwise(starts))
