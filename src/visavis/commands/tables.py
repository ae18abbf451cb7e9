"""Tables in and out of files: CSV, TSV, JSON, JSON Lines or Parquet, by the end of the name."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

ENDINGS = (".csv", ".tsv", ".json", ".jsonl", ".parquet")
PACKED = (".gz", ".bz2", ".xz", ".zst", ".zip", ".7z", ".tar")

# How a file of Excel's "Unicode text" begins.
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

# No text holds it: the rows of a table of one column are not cut at their commas.
UNHEARD_OF = "\x1f"

# The key under which a row keeps the fields that no column names.
TOO_MANY = "more fields than columns"

type Row = dict[str, str]


class FileRefused(Exception):
    """A file cannot be read or written; the message is a sentence for the person at the terminal."""


def rows_of(path: Path) -> Iterator[Row]:
    """Give the rows of a table as text, empty where nothing stands."""
    kind = ending(path)
    if not path.exists():
        raise FileRefused(f"{path}: there is no such file.")
    if kind in (".csv", ".tsv"):
        yield from _csv(path)
    elif kind == ".parquet":
        yield from _parquet(path)
    else:
        for record in _json(path, lines=kind == ".jsonl"):
            yield {key: _text(value) for key, value in record.items()}


def ending(path: Path) -> str:
    """Return the kind of a file by the end of its name."""
    if path.suffix.lower() not in ENDINGS:
        raise misnamed(path, ENDINGS)
    return path.suffix.lower()


def misnamed(path: Path, endings: Iterable[str]) -> FileRefused:
    """Return what to say of a file whose name is of none of some kinds."""
    if path.suffix.lower() in PACKED:
        return FileRefused(f"{path}: this is packed; unpack it first.")
    return FileRefused(f"{path}: the name must end in {', '.join(endings)}.")


def decoded(path: Path) -> str:
    """Read a text file in UTF-8, in UTF-16 where it begins so, or in Latin-1 when it is neither."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path}: cannot be read: {error.strerror}.") from error
    try:
        return raw.decode("utf-16" if raw.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        # Windows' Latin-1, which also holds œ and the curly apostrophe.
        return raw.decode("cp1252", "replace")


def _csv(path: Path) -> Iterator[Row]:
    text = decoded(path)
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t|", key=first.count)
    if not first.count(delimiter):
        delimiter = UNHEARD_OF
    # A description may be longer than the csv module's first limit.
    csv.field_size_limit(10_000_000)
    reader = csv.DictReader(
        io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter, restkey=TOO_MANY
    )
    if not reader.fieldnames or not any(name.strip() for name in reader.fieldnames):
        raise FileRefused(f"{path}: the first line must name the columns.")
    try:
        for row in reader:
            yield {(key or "").strip(): _text(value) for key, value in row.items()}
    except csv.Error as error:
        raise FileRefused(f"{path}: line {reader.line_num + 1} is not CSV.") from error


def _parquet(path: Path) -> Iterator[Row]:
    try:
        table = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FileRefused(f"{path}: this is not a Parquet file, or it is cut.") from error
    for record in table.iter_rows(named=True):
        yield {key: _text(value) for key, value in record.items()}


def _json(path: Path, *, lines: bool) -> Iterator[dict[str, Any]]:
    text = decoded(path)
    try:
        found = (
            [json.loads(line) for line in text.splitlines() if line.strip()] if lines else json.loads(text)
        )
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" at character {error.pos}" if isinstance(error, json.JSONDecodeError) else ""
        raise FileRefused(f"{path}: this is not whole JSON{where}. Was the file cut?") from error
    if isinstance(found, dict):
        found = found.get("rows", [found])
    if isinstance(found, list):
        found = [{"title": record} if isinstance(record, str) else record for record in found]
    if not isinstance(found, list) or not all(isinstance(record, dict) for record in found):
        raise FileRefused(f"{path}: expected a list of records.")
    yield from found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_text(item) for item in value)
    return str(value).strip()


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in a sentence why a file cannot be written: a disk that is full, a folder that is closed."""
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        why = getattr(error, "strerror", None) or str(error).rpartition(": ")[2]
        raise FileRefused(f"{path}: cannot be written: {why}.") from error


class Writer:
    """Writes a table chunk by chunk, so that it never stands whole in memory; whole or not there.

    The file is written beside its name and takes it at the end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kind = ending(path)
        self.count = 0
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.folder = tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent)
        self.parts = 0

    def write(self, chunk: pl.DataFrame) -> None:
        """Add some rows."""
        with writing(self.path):
            chunk.write_parquet(Path(self.folder.name) / f"{self.parts:08}.parquet")
        self.parts += 1
        self.count += len(chunk)

    def close(self) -> None:
        """Put the whole table under its name."""
        with writing(self.path):
            self._put()

    def _put(self) -> None:
        part = Path(self.folder.name) / "whole"
        table = pl.scan_parquet(Path(self.folder.name) / "*.parquet")
        if self.kind in (".csv", ".tsv"):
            table.sink_csv(part, separator="\t" if self.kind == ".tsv" else ",")
        elif self.kind == ".parquet":
            table.sink_parquet(part)
        elif self.kind == ".jsonl":
            table.sink_ndjson(part)
        else:
            _json_list(table, part)
        part.replace(self.path)


def _json_list(table: pl.LazyFrame, part: Path) -> None:
    lines = part.with_name("lines")
    table.sink_ndjson(lines)
    with lines.open(encoding="utf-8") as rows, part.open("w", encoding="utf-8") as out:
        out.write("[")
        for number, line in enumerate(rows):
            out.write((",\n" if number else "\n") + line.rstrip("\n"))
        out.write("\n]\n")


def write_all(path: Path, chunks: Iterable[pl.DataFrame]) -> int:
    """Write all chunks and return the number of rows."""
    writer = Writer(path)
    # Whatever stops it, the parts go and the file that stood there stays.
    with writer.folder:
        for chunk in chunks:
            writer.write(chunk)
        writer.close()
    return writer.count
