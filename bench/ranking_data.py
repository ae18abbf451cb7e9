"""Who applied where, cut in a part to learn from and a part to find again, for `bench/ranking.py`.

An inner cut takes held-out applications from the part to learn from, by the same procedure; every setting is
chosen there.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

LEAVE_SHARE, LEAVE_PART = 0.27, 0.41
"""careerbuilder: of 27 % of the people, about 41 % of the applications are held out, at least one stays."""
INNER_CUTS = 3
LEAST_APPLICATIONS = 3


@dataclass(frozen=True)
class Cut:
    """What may be learned from, and what is to be found again: rows are people, columns vacancies."""

    known: sparse.csr_array
    held_out: sparse.csr_array

    @property
    def people(self) -> np.ndarray:
        """Return the people who have something held out."""
        return np.flatnonzero(np.diff(self.held_out.indptr))


@dataclass(frozen=True)
class Task:
    """One data set: `cut(seed)` gives the test, `inner(cut, seed)` the cuts on which settings are chosen."""

    name: str
    cut: Callable[[int], Cut]
    inner: Callable[[Cut, int], list[Cut]]


def tasks(data: Path) -> list[Task]:
    """Find what the folder holds."""
    found = []
    if (data / "careerbuilder_small").is_dir():
        found.append(careerbuilder(data / "careerbuilder_small"))
    if (data / "scout_kr" / "applications.csv").is_file():
        found.append(scout(data / "scout_kr" / "applications.csv"))
    if not found:
        raise SystemExit(f"{data} holds neither careerbuilder_small nor scout_kr.")
    return found


def careerbuilder(folder: Path) -> Task:
    """Read ReCon's own split; its validation part is one of the inner cuts."""
    stem = "career_builder_small"
    train = _pairs(folder / f"{stem}.train.rating")
    validation = _pairs(folder / f"{stem}.val.rating")
    test = _pairs(folder / f"{stem}.test_classification.rating")
    shape = tuple((np.vstack([train, validation, test]).max(axis=0) + 1).tolist())
    known = _matrix(np.vstack([train, validation]), shape)
    whole = Cut(known, _matrix(test, shape))
    own = Cut(_matrix(train, shape), _matrix(validation, shape))

    def inner(cut: Cut, seed: int) -> list[Cut]:
        generators = np.random.default_rng([seed, 1]).spawn(INNER_CUTS)
        return [*(_leave_part_out(cut.known, rng) for rng in generators), own]

    return Task("careerbuilder_small", lambda seed: whole, inner)


def scout(file: Path) -> Task:
    """Read all applications; leave one out of each person's three or more, another one for each seed."""
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))[1:]
    people, person = np.unique([row[0] for row in rows], return_inverse=True)
    vacancies, vacancy = np.unique([row[1] for row in rows], return_inverse=True)
    every = _matrix(np.column_stack([person, vacancy]), (len(people), len(vacancies)))

    def inner(cut: Cut, seed: int) -> list[Cut]:
        return [leave_one_out(cut.known, np.random.default_rng([seed, 1]))]

    return Task("scout_kr", lambda seed: leave_one_out(every, np.random.default_rng([seed, 0])), inner)


def leave_one_out(applied: sparse.csr_array, rng: np.random.Generator) -> Cut:
    """Hold one application out for each person who has enough."""
    counts = np.diff(applied.indptr)
    return _hold_out(applied, (counts >= LEAST_APPLICATIONS).astype(np.int64), rng)


def _leave_part_out(applied: sparse.csr_array, rng: np.random.Generator) -> Cut:
    counts = np.diff(applied.indptr)
    chosen = (rng.random(len(counts)) < LEAVE_SHARE) & (counts >= 2)
    wanted = np.clip(np.round(LEAVE_PART * counts), 1, np.maximum(counts - 1, 1))
    return _hold_out(applied, np.where(chosen, wanted, 0).astype(np.int64), rng)


def _hold_out(applied: sparse.csr_array, how_many: np.ndarray, rng: np.random.Generator) -> Cut:
    """Hold so many of each row out, drawn at random."""
    rows = np.repeat(np.arange(applied.shape[0]), np.diff(applied.indptr))
    order = np.lexsort((rng.random(applied.nnz), rows))
    out = np.zeros(applied.nnz, np.bool_)
    out[order] = np.arange(applied.nnz) - applied.indptr[rows] < how_many[rows]
    pairs = np.column_stack([rows, applied.indices])
    return Cut(_matrix(pairs[~out], applied.shape), _matrix(pairs[out], applied.shape))


def _matrix(pairs: np.ndarray, shape: tuple[int, ...]) -> sparse.csr_array:
    pairs = np.unique(pairs, axis=0)
    ones = np.ones(len(pairs), np.float32)
    return sparse.csr_array((ones, (pairs[:, 0], pairs[:, 1])), shape=shape)


def _pairs(file: Path) -> np.ndarray:
    """Read lines of person, vacancy and, in the test file, 1 or 0; keep the 1."""
    rows = np.loadtxt(file, dtype=np.int64, ndmin=2)
    return rows[rows[:, 2] == 1, :2] if rows.shape[1] > 2 else rows
