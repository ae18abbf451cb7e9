"""Read a CSV of any encoding, delimiter and quoting, row by row, by a mapping of its columns."""

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from visavis.vacancies.feeds.splitting import files
from visavis.vacancies.feeds.splitting.files import Broken, FileRefused
from visavis.vacancies.words.text import clean

DELIMITERS = ";,\t|"
SAMPLE_BYTES = 200_000
SAMPLE_ROWS = 40
MOST_COLUMNS = 200
MOST_NAME = 80
LONGEST_FIELD = files.MOST_RECORD_BYTES


@dataclass(frozen=True)
class Layout:
    """How a CSV is written: its encoding, its delimiter, and the names of its columns, each once."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


@dataclass
class CsvFile:
    """A CSV that was looked through; `columns` says which field each column holds."""

    path: Path
    digest: str
    count: int
    layout: Layout
    columns: Mapping[str, str] = field(default_factory=dict)
    cut_at: int | None = None
    cut_reason: str = "file_cut_line"

    def numbered(self) -> Iterator[tuple[int, dict[str, str] | Broken]]:
        """Give each row as fields, with its line; columns of one field are joined."""
        names = [self.columns.get(name, "") for name in self.layout.columns]
        for line, row in self.rows():
            if isinstance(row, Broken):
                yield line, row
                continue
            found: dict[str, list[str]] = {}
            for name, value in zip(names, row, strict=False):
                if name and value.strip():
                    found.setdefault(name, []).append(value.strip())
            yield line, {name: "\n".join(values) for name, values in found.items()}

    def rows(self) -> Iterator[tuple[int, list[str] | Broken]]:
        """Give each row after the columns, with its line; sets `cut_at` when the file breaks off inside one."""
        wanted = len(self.layout.columns)
        ends_well = _ends_with_a_line(self.path, self.layout.encoding)
        last: tuple[int, list[str] | Broken] | None = None
        for line, row in read_rows(self.path, self.layout):
            if row is None:
                self.cut_at = line
                break
            if last is not None:
                yield checked(*last, wanted)
            last = (line, row)
        if last is None:
            return
        line, held = last
        # Without an end of line, a row that lacks columns was cut.
        if not ends_well and self.cut_at is None and not isinstance(held, Broken) and len(held) < wanted:
            self.cut_at = line
            return
        yield checked(line, held, wanted)


def checked(line: int, row: list[str] | Broken, wanted: int) -> tuple[int, list[str] | Broken]:
    """Refuse a row with columns that have no name; what it lacks at its end is empty."""
    if isinstance(row, Broken):
        return line, row
    if len(row) > wanted and any(value.strip() for value in row[wanted:]):
        return line, Broken(line, "row_too_long")
    if len(row) < wanted and len(row) * 2 <= wanted:
        return line, Broken(line, "row_too_short")
    return line, row


def read_rows(path: Path, layout: Layout) -> Iterator[tuple[int, list[str] | Broken | None]]:
    """Give each row after the first with the line it begins at; None where a text is never closed."""
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=layout.encoding, errors="replace", newline="") as text:
        reader = csv.reader(text, delimiter=layout.delimiter, strict=True)
        is_first = True
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "unexpected end" in str(error) or "field larger" in str(error):
                    yield line, None
                    return
                is_first = False
                yield line, Broken(line, "row_quotes")
                continue
            if is_first:
                is_first = False
            elif any(value.strip() for value in row):
                yield line, row


def open_csv(path: Path, columns: Mapping[str, str] | None = None) -> CsvFile:
    """Look a file through before anything is written. Raises FileRefused."""
    files.size_of(path)
    layout = layout_of(path)
    file = CsvFile(path, files.digest_of(path), 0, layout, columns or {})
    file.count = sum(1 for _row in file.rows())
    file.cut_at = None
    return file


def layout_of(path: Path) -> Layout:
    """Find how a CSV is written. Raises FileRefused when it is no table with names of columns."""
    encoding = encoding_of(path)
    with path.open(encoding=encoding, errors="replace", newline="") as text:
        sample = text.read(SAMPLE_BYTES)
    delimiter = delimiter_of(sample)
    header = next(iter(_sample_rows(sample, delimiter)), [])
    columns = named(header)
    if len(columns) < 2 or len(columns) > MOST_COLUMNS or not any(name.strip() for name in header):
        raise FileRefused(
            _(
                "The file %(file)s is not a table: its first line must name its columns, separated by "
                "commas, semicolons, tabs or bars. Nothing was changed."
            )
            % {"file": path.name}
        )
    return Layout(encoding, delimiter, columns)


def encoding_of(path: Path) -> str:
    """Return the encoding: what the byte order mark says, UTF-8 when it is, else the Western one of Windows."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in start:
        raise FileRefused(
            _("The file %(file)s is not a text: save it as CSV in UTF-8. Nothing was changed.")
            % {"file": path.name}
        )
    try:
        files.check_text(path)
    except FileRefused:
        return "cp1252"
    return "utf-8-sig"


def delimiter_of(sample: str) -> str:
    """Return the delimiter that cuts the rows into the most columns, as many in each."""

    def fits(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in _sample_rows(sample, delimiter) if any(row)]
        if not widths or widths[0] < 2:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    return max(DELIMITERS, key=fits)


def _sample_rows(sample: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    found: list[list[str]] = []
    try:
        for row in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter):
            found.append(row)
            if len(found) > SAMPLE_ROWS:
                break
    except csv.Error:
        pass
    # The sample may end inside a row.
    return found[:-1] if len(sample) >= SAMPLE_BYTES and len(found) > 1 else found


def named(header: list[str]) -> tuple[str, ...]:
    """Give each column a name of its own: an empty one its number, a repeated one its turn."""
    found: list[str] = []
    while header and not header[-1].strip():
        header = header[:-1]
    for number, raw in enumerate(header, start=1):
        name = " ".join(clean(raw, MOST_NAME).split()) or f"({number})"
        turn = 2
        while name in found:
            name, turn = f"{name[: MOST_NAME - 5].partition(' (')[0]} ({turn})", turn + 1
        found.append(name)
    return tuple(found)


def _ends_with_a_line(path: Path, encoding: str) -> bool:
    with path.open("rb") as file:
        file.seek(-min(4, path.stat().st_size), 2)
        return file.read().rstrip(b"\0").endswith((b"\n", b"\r"))
