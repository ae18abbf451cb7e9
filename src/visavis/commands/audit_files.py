"""What an audit reads: the lists of `visavis match`, who the people are, and what stands on the other side."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, nan
from pathlib import Path

import numpy as np

from visavis.catalog import starter
from visavis.commands import market_files, match, tables
from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.facts.geo import distance_km, unit_vectors
from visavis.engine.facts.records import Vacancy
from visavis.engine.fairness.outcomes import Run, exposure, first_relevant_rank, mean_of, proposed, recall
from visavis.engine.ideal.traits import BAND_MONTHS, band

MATCH_COLUMNS = ("jobseeker_id", "vacancy_id", "rank", "score")
PAIR_COLUMNS = ("jobseeker_id", "vacancy_id")
DERIVED = market_files.columns("audit_groups")
UNKNOWN = -1


@dataclass(frozen=True)
class People:
    """Who the people are: a number for each id, their places (degrees), and their rows as text."""

    numbers: dict[str, int]
    latitude: FloatArray
    longitude: FloatArray
    rows: list[market_files.Fields]


@dataclass(frozen=True)
class Labels:
    """One column of groups or strata: each person's code, -1 when unknown, and what the codes mean."""

    codes: IntArray
    names: list[str]


def read_people(path: Path, report: market_files.Report) -> People:
    """Read the jobseekers, every column kept; a name that stands twice is refused."""
    numbers: dict[str, int] = {}
    places: list[tuple[float, float]] = []
    rows: list[market_files.Fields] = []
    for number, row in enumerate(tables.rows_of(path), start=1):
        fields = market_files.Fields(row, number, report)
        name = fields.text("id") or str(number)
        if name in numbers:
            raise tables.FileRefused(f"{path}, row {number}: the id {name[:40]!r} stands there twice.")
        numbers[name] = len(numbers)
        places.append(fields.place())
        rows.append(fields)
    if not rows:
        raise tables.FileRefused(f"{path}: there is nobody in it.")
    latitude, longitude = np.array(places, np.float64).T
    return People(numbers, latitude, longitude, rows)


def read_run(path: Path, people: People) -> tuple[Run, list[str]]:
    """Read the lists; also return the names of the vacancies, in the order of their numbers."""
    vacancies: dict[str, int] = {}
    pairs: list[tuple[int, int, int]] = []
    scores: list[float] = []
    seen: set[tuple[int, int]] = set()
    for where, row in _rows(path, MATCH_COLUMNS):
        person = _person(row, where, people)
        vacancy = vacancies.setdefault(row["vacancy_id"], len(vacancies))
        if (person, vacancy) in seen:
            raise tables.FileRefused(f"{where}: this jobseeker and this vacancy stand there twice.")
        seen.add((person, vacancy))
        pairs.append((person, vacancy, _rank(row["rank"], where)))
        scores.append(_score(row["score"], where))
    if not seen:
        raise tables.FileRefused(f"{path}: there is no match in it.")
    jobseeker, vacancy_number, rank = np.array(pairs, np.int64).T
    lists = Run(jobseeker, vacancy_number, rank, np.array(scores), len(people.rows), len(vacancies))
    return lists, list(vacancies)


def read_relevant(path: Path, people: People, vacancies: Sequence[str]) -> tuple[IntArray, IntArray, int]:
    """Read hires or introductions: jobseekers, vacancies, and how many vacancies there are with theirs."""
    numbers = {name: number for number, name in enumerate(vacancies)}
    pairs = [
        (_person(row, where, people), numbers.setdefault(row["vacancy_id"], len(numbers)))
        for where, row in _rows(path, PAIR_COLUMNS)
    ]
    if not pairs:
        raise tables.FileRefused(f"{path}: there is no pair in it.")
    jobseeker, vacancy = np.array(pairs, np.int64).T
    return jobseeker, vacancy, len(numbers)


def _rows(path: Path, needed: Sequence[str]) -> Iterator[tuple[str, tables.Row]]:
    """Give each row with where it stands; refuse the file when a column lacks."""
    is_csv = path.suffix.lower() == ".csv"
    for number, row in enumerate(tables.rows_of(path), start=1):
        where = f"{path}, line {number + 1}" if is_csv else f"{path}, row {number}"
        for column in needed:
            if column not in row:
                there = market_files.shown(sorted(row)[:8])
                raise tables.FileRefused(f"{where}: no column is named “{column}”, only {there}.")
            if not row[column]:
                raise tables.FileRefused(f"{where}: {column} is empty.")
        yield where, row


def _person(row: tables.Row, where: str, people: People) -> int:
    found = people.numbers.get(row["jobseeker_id"])
    if found is None:
        raise tables.FileRefused(
            f"{where}: the jobseeker {row['jobseeker_id'][:40]!r} is not in --jobseekers."
        )
    return found


def _rank(text: str, where: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1_000_000:
        raise tables.FileRefused(f"{where}: rank {text[:20]!r} is not a whole number from 1.")
    return int(text)


def _score(text: str, where: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = nan
    if not isfinite(value):
        raise tables.FileRefused(f"{where}: score {text[:20]!r} is not a number.")
    return value


def labels(path: Path, people: People, column: str, cuts: Sequence[float]) -> Labels:
    """Give each person's group in one column; empty is unknown."""
    given = set().union(*(fields.row for fields in people.rows))
    if column not in given and not (column == "department" and "commune" in given):
        there = market_files.shown(sorted(given)[:30])
        raise tables.FileRefused(f"{path}: no column is named “{column}”, only {there}.")
    reader = _banded(cuts) if cuts else READERS.get(column)
    texts = [reader(fields, column) if reader else fields.text(column) for fields in people.rows]
    names = sorted(set(texts) - {""}, key=lambda name: (_position(name, cuts), name))
    numbers = {name: number for number, name in enumerate(names)}
    return Labels(np.array([numbers.get(text, UNKNOWN) for text in texts], np.int64), names)


def crossed(columns: Iterable[Labels]) -> IntArray:
    """Cross several columns into one: people of one code are alike in all; unknown in one is unknown."""
    codes = np.stack([column.codes for column in columns])
    _, crossing = np.unique(codes, axis=1, return_inverse=True)
    return np.where((codes < 0).any(axis=0), UNKNOWN, crossing.reshape(-1)).astype(np.int64)


def _banded(cuts: Sequence[float]) -> Callable[[market_files.Fields, str], str]:
    names = band_names(cuts)

    def read(fields: market_files.Fields, column: str) -> str:
        value = fields.real(column, -1e9, 1e9)
        return "" if value != value else names[int(np.searchsorted(cuts, value, side="right"))]

    return read


def band_names(cuts: Sequence[float]) -> list[str]:
    """Name the bands between cuts, the lower end in.

    >>> band_names([25, 50])
    ['< 25', '25–49', '≥ 50']
    """
    between = [
        f"{low:g}–{high - 1:g}" if low == int(low) and high == int(high) else f"{low:g}–<{high:g}"
        for low, high in pairwise(cuts)
    ]
    return [f"< {cuts[0]:g}", *between, f"≥ {cuts[-1]:g}"]


def _position(name: str, cuts: Sequence[float]) -> int:
    return band_names(cuts).index(name) if cuts else 0


def _domain(fields: market_files.Fields, column: str) -> str:
    return next(iter(fields.words(column)), "")[:3]


def _experience(fields: market_files.Fields, column: str) -> str:
    jobs = fields.pairs(column, 0, 900, 0)
    names = ["none", *(f"from {months} months" for months in BAND_MONTHS)]
    return names[band(sum(months for _code, months in jobs))] if jobs else ""


def _department(fields: market_files.Fields, column: str) -> str:
    if column in fields.row:
        return fields.text(column)
    places = starter.places()
    row = places.find(fields.text("commune")) if fields.text("commune") else None
    if row is None:
        return ""
    return str(places.department[row])


READERS: dict[str, Callable[[market_files.Fields, str], str]] = {
    "occupations": _domain,
    "experience": _experience,
    "department": _department,
}


@dataclass(frozen=True)
class Worth:
    """What is known of each pair of a run: pay, € an hour, and distance, km; NaN when unknown."""

    pay: FloatArray
    distance: FloatArray


def read_worth(
    paths: Sequence[Path], run: Run, names: Sequence[str], people: People, report: market_files.Report
) -> Worth:
    """Read the vacancies and lay what they pay and where they are beside the pairs."""
    numbers = {name: number for number, name in enumerate(names)}
    facts = np.full((len(names), 3), np.nan)
    found: set[str] = set()
    for path in paths:
        for one in match.read_vacancies(path, report):
            if one.id in numbers:
                facts[numbers[one.id]] = _facts(one)
                found.add(one.id)
    for name, row in zip(names, np.unique(run.vacancy, return_index=True)[1].tolist(), strict=True):
        if name not in found:
            report.note("vacancy_id", "not in --vacancies: taken as unknown", row + 1, name)
    pay, latitude, longitude = facts[run.vacancy].T
    home = unit_vectors(people.latitude, people.longitude)[run.jobseeker]
    return Worth(pay, distance_km(home, unit_vectors(latitude, longitude)))


def _facts(one: Vacancy) -> tuple[float, float, float]:
    pay = [value for value in (one.pay_min, one.pay_max) if value == value]
    place = (nan, nan) if one.is_remote else (one.latitude, one.longitude)
    return sum(pay) / len(pay) if pay else nan, *place


def measures_of(
    run: Run, worth: Worth | None, relevant: tuple[IntArray, IntArray, int] | None, top: int | None
) -> dict[str, FloatArray]:
    """Measure what each person got, in the order of the report."""
    kept = run.rank <= (top or run.rank.max())
    short = run.first(top) if top else run
    found: dict[str, FloatArray] = {}
    if relevant:
        jobseeker, vacancy, vacancies = relevant
        known = Run(run.jobseeker, run.vacancy, run.rank, run.score, run.jobseekers, vacancies)
        found["recall"] = recall(known, jobseeker, vacancy, top or int(run.rank.max()))
        found["first_rank"] = first_relevant_rank(known, jobseeker, vacancy)
    found |= {"proposed": proposed(short), "exposure": exposure(short)}
    if worth:
        found["pay"] = mean_of(short, worth.pay[kept])
        found["distance"] = mean_of(short, worth.distance[kept])
    return found
