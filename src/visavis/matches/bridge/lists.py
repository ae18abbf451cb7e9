"""Pairs and places in numbers, before they are told in reasons: what the engine gives back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

type Numbers = npt.NDArray[np.int64]
type Values = npt.NDArray[np.float64]
type Mask = npt.NDArray[np.bool_]
type Tiers = npt.NDArray[np.uint8]

# What ranks a place that she put aside: behind all others.
BEHIND = -9999.0


@dataclass(frozen=True)
class Found:
    """Pairs with their scores: places in the two sides, shape (n,); the part of her list that each belongs to."""

    person: Numbers
    work: Numbers
    score: Values
    tier: Tiers

    def __len__(self) -> int:
        return len(self.score)

    def where(self, kept: npt.NDArray[Any]) -> "Found":
        """Return some of the pairs, chosen by a mask or by places."""
        return Found(self.person[kept], self.work[kept], self.score[kept], self.tier[kept])

    def moved(self, first: int) -> "Found":
        """Number the people from `first`."""
        return replace(self, person=self.person + first)

    def keys(self) -> list[tuple[int, int]]:
        return list(zip(self.person.tolist(), self.work.tolist(), strict=True))


NOTHING = Found(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.uint8))


def joined(parts: Sequence[Found]) -> Found:
    """Put pairs one after the other."""
    every = [NOTHING, *parts]
    return Found(
        np.concatenate([one.person for one in every]),
        np.concatenate([one.work for one in every]),
        np.concatenate([one.score for one in every]),
        np.concatenate([one.tier for one in every]),
    )


def distinct(parts: Sequence[Found], width: int) -> Found:
    """Give each pair once; `width` is how many vacancies there are."""
    every = joined(parts)
    _keys, where = np.unique(every.person * max(1, width) + every.work, return_index=True)
    return every.where(where)


def turn_within(owner: Numbers) -> Numbers:
    """Number from 0 within each owner; the owners rise."""
    return (np.arange(len(owner)) - np.searchsorted(owner, owner)).astype(np.int64)


@dataclass(frozen=True)
class Lists:
    """Places of one side's lists: who and what, the rank from 1, what gives the rank."""

    side: str
    found: Found
    rank: Numbers
    worth: Values

    def of_group(self, first: int, count: int) -> "Lists":
        """Return the places of some people who follow each other, numbered from 0 again."""
        mine = (self.found.person >= first) & (self.found.person < first + count)
        return Lists(self.side, self.found.where(mine).moved(-first), self.rank[mine], self.worth[mine])

    def rows(self, ids: tuple[Numbers, Numbers]) -> Iterator[tuple[int, int, int, float, float]]:
        """Give each place as the rows' numbers, rank, score and worth."""
        columns: Iterable[npt.NDArray[Any]] = (
            ids[0][self.found.person],
            ids[1][self.found.work],
            self.rank,
            self.found.score,
            self.worth,
        )
        return zip(*(column.tolist() for column in columns), strict=True)


def behind(side: str, found: Found, last: Numbers) -> Lists:
    """Put what people put aside after their `last` places: kept to be found again, shown nowhere else."""
    rank = last[found.person] + turn_within(found.person) + 1
    return Lists(side, found, rank, np.full(len(found), BEHIND))
