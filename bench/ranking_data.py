"""Who applied where, cut in a part to learn from and a part to find again, for `bench/ranking.py`.

An inner cut takes held-out applications from the part to learn from, by the same procedure; every setting is
chosen there. Folders are known by what they hold:

- `*.train.rating`, `*.test*.rating` and, if any, `*.val.rating`: the split published with ReCon, numbers only;
- `train.csv`, `test.csv` and, if any, `validation.csv`: a split of one's own, lines of person and vacancy under a head;
- `applications.csv`: lines of person and vacancy under a head; one is left out of each person's three or more.
"""

import csv
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

from bench.ranking_content import Content, content

LEAVE_SHARE, LEAVE_PART = 0.27, 0.41
"""Inner cuts of a split: of 27 % of the people, about 41 % of the applications are held out, at least one stays."""
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

    def of(self, people: np.ndarray) -> "Cut":
        """Return only what these people (a bool for each) applied to; all others have no row entries."""
        kept = sparse.diags_array(people.astype(np.float32))
        return Cut(_filled(kept @ self.known), _filled(kept @ self.held_out))


@dataclass(frozen=True)
class Task:
    """One data set: `cut(seed)` gives the test, `inner(cut, seed)` the cuts on which settings are chosen.

    `every` holds all that may be cut anew, None where the split is given; `content` what else is known.
    """

    name: str
    people: Sequence[str]
    cut: Callable[[int], Cut]
    inner: Callable[[Cut, int], list[Cut]]
    every: sparse.csr_array | None = None
    content: Content | None = None


def tasks(data: Path) -> list[Task]:
    """Find what the folder or the folders in it hold."""
    folders = [data, *sorted(path for path in data.iterdir() if path.is_dir())]
    found = [task for task in map(_task, folders) if task]
    if not found:
        raise SystemExit(f"{data} holds no *.train.rating, train.csv or applications.csv.")
    return found


def _task(folder: Path) -> Task | None:
    ratings = sorted(folder.glob("*.train.rating"))
    if ratings:
        stem = ratings[0].name.removesuffix(".train.rating")
        tests = sorted(folder.glob(f"{stem}.test*.rating"))
        return _given(folder, ratings[0], folder / f"{stem}.val.rating", tests[0])
    if (folder / "train.csv").is_file() and (folder / "test.csv").is_file():
        return _given(folder, folder / "train.csv", folder / "validation.csv", folder / "test.csv")
    return _whole(folder) if (folder / "applications.csv").is_file() else None


def _given(folder: Path, train: Path, validation: Path, test: Path) -> Task:
    """Read a split as it is given; its validation part, if any, is one of the inner cuts."""
    parts = [_pairs(file) if file.is_file() else [] for file in (train, validation, test)]
    (first, second, third), people, vacancies = _numbered(parts)
    shape = (len(people), len(vacancies))
    own = Cut(_matrix(first, shape), _matrix(second, shape))
    known = _matrix(np.vstack([first, second]), shape)
    whole = Cut(known, _without(_matrix(third, shape), known))

    def inner(cut: Cut, seed: int) -> list[Cut]:
        generators = np.random.default_rng([seed, 1]).spawn(INNER_CUTS)
        cuts = [_leave_part_out(cut.known, rng) for rng in generators]
        return [*cuts, own] if own.held_out.nnz else cuts

    return Task(folder.name, people, lambda seed: whole, inner)


def _whole(folder: Path) -> Task:
    """Read all applications; leave one out of each person's three or more, another one for each seed."""
    (pairs,), people, vacancies = _numbered([_pairs(folder / "applications.csv")])
    every = _matrix(pairs, (len(people), len(vacancies)))

    def inner(cut: Cut, seed: int) -> list[Cut]:
        return [leave_one_out(cut.known, np.random.default_rng([seed, 1]))]

    def cut(seed: int) -> Cut:
        return leave_one_out(every, np.random.default_rng([seed, 0]))

    return Task(folder.name, people, cut, inner, every, content(folder, people, vacancies))


def held_back(task: Task) -> Task:
    """Measure one person in five, by a hash of her name in the data, and choose every setting on the others.

    Those held back stand in no inner cut; the models learn from what is known of everybody.
    """
    apart = np.array([hashlib.sha256(name.encode()).digest()[0] < 256 / 5 for name in task.people])

    def cut(seed: int) -> Cut:
        whole = task.cut(seed)
        return Cut(whole.known, whole.of(apart).held_out)

    def inner(cut: Cut, seed: int) -> list[Cut]:
        return [own.of(~apart) for own in task.inner(cut.of(~apart), seed)]

    return Task(f"{task.name}, held back", task.people, cut, inner)


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


def _without(wanted: sparse.csr_array, known: sparse.csr_array) -> sparse.csr_array:
    """Take off what is known already: nobody is asked to find it again."""
    return _filled(wanted - wanted.multiply(known))


def _filled(matrix: sparse.sparray) -> sparse.csr_array:
    found = sparse.csr_array(matrix).astype(np.float32)
    found.eliminate_zeros()
    return found


def _numbered(parts: list[list[tuple[str, str]]]) -> tuple[list[np.ndarray], list[str], list[str]]:
    """Return the same pairs by row and column, and the names of both; numbers stand in their order."""
    every = [pair for part in parts for pair in part]
    people, vacancies = (sorted({pair[side] for pair in every}, key=_order) for side in (0, 1))
    places = [{name: place for place, name in enumerate(names)} for names in (people, vacancies)]
    pairs = [[(places[0][a], places[1][b]) for a, b in part] for part in parts]
    return [np.array(part, np.int64).reshape(-1, 2) for part in pairs], people, vacancies


def _order(name: str) -> tuple[int, str]:
    return (int(name), "") if name.isdigit() else (0, name)


def _pairs(file: Path) -> list[tuple[str, str]]:
    """Read lines of person, vacancy and, in ReCon's test file, 1 or 0; keep the 1."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        if file.suffix == ".csv":
            return [(row[0], row[1]) for row in list(csv.reader(lines))[1:]]
        rows = [line.split() for line in lines]
    return [(row[0], row[1]) for row in rows if row and row[2:] != ["0"]]
