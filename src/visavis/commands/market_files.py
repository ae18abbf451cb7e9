"""Market files: rows of text become the engine's records; what cannot be read is unknown, and told."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path
from typing import Any

from visavis.catalog import starter
from visavis.commands import tables
from visavis.common.wordlists import words_beside
from visavis.engine import weights as w
from visavis.engine.facts.geo import reach_km
from visavis.engine.facts.records import Jobseeker, Vacancy
from visavis.engine.facts.vocabulary import (
    CONDITIONS,
    CONTRACTS,
    LICENCES,
    TRANSPORTS,
    UNKNOWN_DAY,
    UNKNOWN_LEVEL,
)

CODES = {
    "transports": ", ".join(TRANSPORTS),
    "licences": ", ".join(LICENCES),
    "contracts": ", ".join(CONTRACTS),
    "conditions": ", ".join(CONDITIONS),
}


def columns(table: str) -> dict[str, str]:
    """Read what the columns of a table hold, as --help says it."""
    said = words_beside(__file__, "columns.toml")[table]
    return {name: text.format(**CODES) for name, text in said.items()}


JOBSEEKER_COLUMNS = columns("jobseekers")
VACANCY_COLUMNS = columns("vacancies")
EARLIEST, LATEST = dt.date(1950, 1, 1), dt.date(2100, 1, 1)
NONE_HELD = "none"


@dataclass
class Report:
    """What could not be read, by column, with the first rows where it stood."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: dict[tuple[str, str], str] = field(default_factory=dict)
    unknown_columns: set[str] = field(default_factory=set)

    def note(self, column: str, why: str, row: int, value: str) -> None:
        key = (column, why)
        self.counts[key] += 1
        self.first.setdefault(key, f"row {row}: {value[:60]!r}")

    def text_lines(self) -> Iterator[str]:
        """Say it, a line a problem."""
        if self.unknown_columns:
            yield f"columns not read: {', '.join(sorted(self.unknown_columns))}"
        for (column, why), number in sorted(self.counts.items()):
            yield f"{column}: {why}, in {number} rows (first, {self.first[column, why]})"


class Fields:
    """One row, read field by field; a value out of its range is noted and unknown."""

    def __init__(self, row: tables.Row, number: int, report: Report) -> None:
        self.row = row
        self.number = number
        self.report = report

    def text(self, column: str) -> str:
        return self.row.get(column, "")

    def refuse[T](self, column: str, why: str, value: T) -> T:
        self.report.note(column, f"{why}: taken as unknown", self.number, self.text(column))
        return value

    def real(self, column: str, low: float, high: float) -> float:
        text = self.text(column)
        if not text or text.lower() == "nan":
            return nan
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            return self.refuse(column, "not a number", nan)
        if not isfinite(value) or not low <= value <= high:
            return self.refuse(column, f"not between {low:g} and {high:g}", nan)
        return value

    def whole(self, column: str, low: int, high: int, unknown: int) -> int:
        value = self.real(column, low, high)
        return unknown if value != value else int(value)

    def day(self, column: str) -> int:
        text = self.text(column)
        if not text:
            return UNKNOWN_DAY
        try:
            date = dt.date.fromisoformat(text[:10])
        except ValueError:
            return self.refuse(column, "not a date YYYY-MM-DD", UNKNOWN_DAY)
        if not EARLIEST <= date <= LATEST:
            return self.refuse(column, f"not between {EARLIEST.year} and {LATEST.year}", UNKNOWN_DAY)
        return (date - dt.date(1970, 1, 1)).days

    def flag(self, column: str) -> bool:
        return self.text(column).lower() in {"1", "true", "yes", "oui"}

    def words(self, column: str) -> list[str]:
        return [word.strip() for word in re.split(r"[;|]", self.text(column)) if word.strip()]

    def codes(self, column: str, among: Iterable[str]) -> list[str]:
        known = set(among)
        found = self.words(column)
        for word in found:
            if word not in known:
                self.refuse(column, f"{word[:30]!r} is not one of the codes", None)
        return [word for word in found if word in known]

    def pairs(self, column: str, low: float, high: float, unknown: float) -> list[tuple[str, float]]:
        """Read code:number, the number left out when unknown; a code twice counts once, at its highest."""
        found: dict[str, float] = {}
        for word in self.words(column):
            code, _colon, number = word.partition(":")
            try:
                value = float(number) if number else unknown
            except ValueError:
                value = self.refuse(column, "not code:number", unknown)
            if value != unknown and not low <= value <= high:
                value = self.refuse(column, f"not between {low:g} and {high:g}", unknown)
            found[code.strip()] = max(found.get(code.strip(), value), value)
        return list(found.items())

    def place(self) -> tuple[float, float]:
        latitude, longitude = self.real("latitude", -90, 90), self.real("longitude", -180, 180)
        if latitude == latitude and longitude == longitude:
            return latitude, longitude
        if not self.text("commune"):
            return nan, nan
        places = starter.places()
        row = places.find(self.text("commune"))
        if row is None:
            return self.refuse("commune", "not a commune we know", (nan, nan))
        return float(places.latitude[row]), float(places.longitude[row])

    def span(self, low: str, high: str, most: float) -> tuple[float, float]:
        least, greatest = self.real(low, 0, most), self.real(high, 0, most)
        if least > greatest:
            return self.refuse(low, f"above {high}", (nan, nan))
        return least, greatest


def jobseeker(fields: Fields) -> Jobseeker:
    """Read one jobseeker."""
    latitude, longitude = fields.place()
    hours_min, hours_max = fields.span("hours_min", "hours_max", 168)
    licences = fields.words("licences")
    return Jobseeker(
        id=fields.text("id") or str(fields.number),
        latitude=latitude,
        longitude=longitude,
        radius_km=radius(fields),
        usual_km=usual_km(fields.text("transport")),
        wishes=fields.words("occupations"),
        skills=[(code, int(level)) for code, level in fields.pairs("skills", 1, 4, 0)],
        experience=fields.pairs("experience", 0, 900, 0),
        education=fields.whole("education_level", 0, 8, UNKNOWN_LEVEL),
        languages=[(code, int(level)) for code, level in fields.pairs("languages", 1, 6, 0)],
        licences=None
        if not licences
        else []
        if licences == [NONE_HELD]
        else fields.codes("licences", LICENCES),
        contracts=fields.codes("contracts", CONTRACTS),
        hours_min=hours_min,
        hours_max=hours_max,
        available_on=fields.day("available_on"),
        lowest_pay=fields.real("lowest_pay_hour", 0, 10_000),
        avoided=fields.codes("avoid", CONDITIONS),
        interests=fields.words("interests"),
        texts=fields.words("titles") + ([fields.text("text")] if fields.text("text") else []),
    )


def radius(fields: Fields) -> float:
    """Read how far she goes: km, or minutes by a transport."""
    km = fields.real("radius_km", 0, 20_000)
    minutes = fields.real("minutes", 0, 1440)
    if km == km or minutes != minutes:
        return km
    transport = fields.text("transport") or "car"
    if transport not in TRANSPORTS:
        return fields.refuse("transport", "not a transport we know", nan)
    return reach_km(minutes, transport)


def usual_km(transport: str) -> float:
    """Give how far somebody usually goes who has not said it, km."""
    return reach_km(w.USUAL_MINUTES, transport) if transport in TRANSPORTS else w.USUAL_REACH_KM


def vacancy(fields: Fields) -> Vacancy:
    """Read one vacancy."""
    latitude, longitude = fields.place()
    hours_min, hours_max = fields.span("hours_min", "hours_max", 168)
    pay_min, pay_max = fields.span("pay_min_hour", "pay_max_hour", 10_000)
    return Vacancy(
        id=fields.text("id") or str(fields.number),
        latitude=latitude,
        longitude=longitude,
        occupation=fields.text("occupation"),
        other_occupations=fields.words("other_occupations"),
        title=fields.text("title"),
        essential_skills=list(dict.fromkeys(fields.words("skills_essential"))),
        wished_skills=list(dict.fromkeys(fields.words("skills_wished"))),
        experience_months=fields.whole("experience_months", 0, 900, UNKNOWN_LEVEL),
        experience_is_required=fields.flag("experience_required"),
        education=fields.whole("education_level", 0, 8, UNKNOWN_LEVEL),
        education_is_required=fields.flag("education_required"),
        languages=[(code, int(level)) for code, level in fields.pairs("languages", 1, 6, 0)],
        licences=fields.codes("licences", LICENCES),
        contract=next(iter(fields.codes("contract", CONTRACTS)), ""),
        hours_min=hours_min,
        hours_max=hours_max,
        starts_on=fields.day("starts_on"),
        pay_min=pay_min,
        pay_max=pay_max,
        conditions=fields.codes("conditions", CONDITIONS),
        positions=fields.whole("positions", 1, 100_000, 1),
    )


def read[T](
    path: Path, columns: dict[str, str], record: Callable[[Fields], T], report: Report
) -> Iterator[T]:
    """Give the records of a file, in its order; a file without any known column is refused."""
    for number, row in enumerate(tables.rows_of(path), start=1):
        if number == 1:
            check_columns(path, row, columns, report)
        if tables.TOO_MANY in row:
            report.note("row", f"{tables.TOO_MANY}: the rest is not read", number, row[tables.TOO_MANY])
        yield record(Fields(row, number, report))


def shown(names: list[str]) -> str:
    """Write names from a file for a terminal: what cannot be printed stays out."""
    return ", ".join("".join(letter for letter in name[:40] if letter.isprintable()) for name in names)


def check_columns(path: Path, row: dict[str, Any], columns: dict[str, str], report: Report) -> None:
    """Note the columns that are not read; refuse a file that has none of ours."""
    report.unknown_columns |= set(row) - set(columns) - {"", tables.TOO_MANY}
    if not set(row) & set(columns):
        raise tables.FileRefused(
            f"{path}: none of its columns is known ({shown(sorted(row)[:6])}). See visavis match --help."
        )
