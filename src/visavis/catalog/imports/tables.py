"""Read an official CSV file row by row, whatever state it is in.

A broken row is reported with its line and the reading goes on at the next line, so that one stray
quotation mark cannot swallow the rest of the file.
"""

import csv
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from visavis.catalog.imports.report import ImportReport
from visavis.common.errors import Refused
from visavis.common.wordlists import words_beside
from visavis.folding import fold

LONGEST_RECORD = 400
"""Lines that one record may take: ESCO writes one alternative label a line."""

DESCRIPTION = 60
"""Lines before the columns: the crosswalk of ESCO and the ROME begins with sixteen that describe it."""

type Row = tuple[int, dict[str, str]]


class Unreadable(Refused):
    """A file the import cannot do without is missing, or is not what its name says."""


@dataclass(frozen=True)
class Layout:
    """The columns of a file: those it must have, those it may have, and other spellings of both."""

    required: tuple[str, ...]
    known: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


def layouts(source: str) -> dict[str, Layout]:
    """Read the layouts of a source's files."""
    return {
        name: Layout(
            tuple(said["required"].split()), tuple(said.get("known", "").split()), said.get("aliases", {})
        )
        for name, said in words_beside(__file__, "layouts.toml")[source].items()
    }


@dataclass(frozen=True)
class Source:
    """A file, alone or inside a zip archive."""

    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        return Path(self.member).name if self.member else self.path.name

    def content(self) -> bytes:
        if not self.member:
            return self.path.read_bytes()
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(self.member)


def sources(place: Path) -> list[Source]:
    """List the CSV files of a folder or of a zip archive, and of the archives in the folder."""
    if not place.exists():
        raise Unreadable(_("“%(place)s” does not exist.") % {"place": place})
    found: list[Source] = []
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    for file in files:
        if file.suffix.lower() == ".csv":
            found.append(Source(file))
        elif file.suffix.lower() == ".zip":
            found += members(file)
    return found


def members(archive: Path) -> list[Source]:
    """List the CSV files of a zip archive."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return [
                Source(archive, name) for name in sorted(opened.namelist()) if name.lower().endswith(".csv")
            ]
    except zipfile.BadZipFile:
        raise Unreadable(
            _("“%(name)s” is not a complete zip archive. Download it again.") % {"name": archive.name}
        ) from None


def plain(column: str) -> str:
    """Write a column's name without accents, capitals, leading # or spaces."""
    return re.sub(r"\s+", "_", fold(column.strip().lstrip("#")).strip())


@dataclass
class Table:
    """One file, decoded, with its columns checked."""

    source: Source
    report: ImportReport
    columns: list[str]
    lines: list[str]
    first: int
    delimiter: str
    is_whole: bool = True
    was_read: bool = False

    @property
    def name(self) -> str:
        return self.source.name

    def __len__(self) -> int:
        return len(self.lines) - self.first

    def has(self, column: str) -> bool:
        return column in self.columns

    def problem(self, line: int | None, reason: str, detail: str = "") -> None:
        self.report.problem(self.name, line, reason, detail)

    def rows(self) -> Iterator[Row]:
        """Yield each good row with its line number, the first line being 1. Broken ones are reported once."""
        at, width = self.first, len(self.columns)
        while at < len(self.lines):
            values, taken = self._record(at)
            if values is not None and len(values) == width:
                yield at + 1, dict(zip(self.columns, values, strict=True))
                at += taken
            else:
                if self.lines[at].strip() and not self.was_read:
                    self._broken(at, values)
                at += 1
        self.was_read = True

    def _broken(self, at: int, values: list[str] | None) -> None:
        self.is_whole = False
        if values is None:
            reason = _("A quotation mark is not closed: the row was left out.")
        else:
            reason = _("The row does not have the same number of columns as the first line: it was left out.")
        self.problem(at + 1, reason, self.lines[at])

    def _record(self, at: int) -> tuple[list[str] | None, int]:
        """Parse the record that starts at a line; None when its quotation marks never close."""
        text = self.lines[at]
        taken = 1
        while text.count('"') % 2:
            if taken >= LONGEST_RECORD or at + taken >= len(self.lines):
                return None, 1
            text += "\n" + self.lines[at + taken]
            taken += 1
        try:
            values = next(csv.reader(text.splitlines(keepends=True), delimiter=self.delimiter), [])
        except csv.Error:
            return None, 1
        # The exporter of ROME doubles apostrophes as a database would.
        return [value.replace("''", "'").strip() for value in values], taken


def decode(content: bytes, name: str, report: ImportReport) -> str:
    """Read UTF-8, with or without its mark, else the Western encodings these files have had."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(content) - 4:
            report.problem(name, None, _("The file stops in the middle of a letter: it was cut."))
            return content[: error.start].decode("utf-8-sig")
    report.problem(name, None, _("The file is not in UTF-8: it was read as Western European text."))
    controls = any(0x80 <= byte < 0xA0 for byte in set(content))
    return content.decode("cp1252" if controls else "iso8859-15", "replace")


def read(source: Source, layout: Layout, report: ImportReport) -> Table:
    """Open a file and check its columns against the layout.

    Raises Unreadable when a column it must have is missing.
    """
    lines = (
        decode(source.content(), source.name, report).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    )
    while lines and not lines[-1].strip():
        lines.pop()
    first, delimiter, columns = heading(lines, layout, source.name)
    table = Table(source, report, columns, lines, first, delimiter)
    check(table, layout)
    return table


def heading(lines: list[str], layout: Layout, name: str) -> tuple[int, str, list[str]]:
    """Find the line of the columns, after the lines that describe the file; give the number of lines so far."""
    wanted = {*layout.required, *layout.known, *layout.aliases}
    for number, line in enumerate(lines[:DESCRIPTION], 1):
        delimiter = max(",;\t", key=line.count)
        columns = [plain(column) for column in next(csv.reader([line], delimiter=delimiter), [])]
        if len(wanted.intersection(columns)) >= min(2, len(layout.required)):
            return number, delimiter, [layout.aliases.get(column, column) for column in columns]
    raise Unreadable(
        _("“%(name)s” has none of the columns it should have: %(columns)s.")
        % {"name": name, "columns": ", ".join(layout.required)}
    )


def check(table: Table, layout: Layout) -> None:
    """Refuse a table without a column it must have; report the columns nobody knows."""
    missing = [column for column in layout.required if not table.has(column)]
    if missing:
        raise Unreadable(
            _("“%(name)s” lacks the column “%(column)s”.") % {"name": table.name, "column": missing[0]}
        )
    for column in table.columns:
        if column and column not in layout.required and column not in layout.known:
            table.problem(table.first, _("The column is unknown: it was left aside."), column)
