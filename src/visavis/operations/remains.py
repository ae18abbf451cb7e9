"""Where words of a person still stand: in every table of the database, in files of the site, in logs.

The words are given by who looks: an erased person's name is nowhere any more to be asked for.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.db import connection

from visavis.folding import fold

# A shorter word is everybody's.
SHORTEST = 4
PIECE = 1 << 20
# PostgreSQL's number of the type bytea.
OF_BYTES = 17
# What this command cannot open from here; each says where to look.
NOT_LOOKED_AT = (
    "what is sealed, in backups, files and columns: opened by no key of hers, nor searched here",
    "PostgreSQL's archived log and its copies, where they are made (docs/security/at-rest.md: nine days)",
    "the journal of systemd: journalctl --unit 'visavis-*' | grep",
    "logs of the proxy, of the mail server and the gateway of texts, unless --look-in names their folder",
    "what people were sent or printed, and what another machine took by a key or a feed",
)


@dataclass(frozen=True)
class Found:
    """A place where a word stands: which of them, by its order, so that it is not said again."""

    where: str
    word: int
    times: int


def spellings(word: str) -> list[str]:
    """Return how a word may stand: as it is, in small letters, folded, as JSON writes it, as addresses do."""
    written = json.dumps(word)[1:-1]
    return list(dict.fromkeys([word, word.lower(), fold(word), written, word.replace("+", "%2B")]))


def in_tables(words: Sequence[str]) -> Iterator[Found]:
    """Look into every column of every table, also of those that no model names."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {quote(table)} LIMIT 0")  # noqa: S608  # nosec B608  (names of our own tables)
            columns = [(one[0], one[1]) for one in cursor.description]
            for number, word in enumerate(words, 1):
                asked = [(column, one) for column in columns for one in spellings(word)]
                holds = " OR ".join(_holds(quote(name), kind) for (name, kind), _one in asked)
                given = [one.encode() for _column, one in asked]
                cursor.execute(f"SELECT count(*) FROM {quote(table)} WHERE {holds}", given)  # noqa: S608  # nosec B608  (names of our own tables)
                if times := cursor.fetchone()[0]:
                    yield Found(table, number, times)


def _holds(column: str, kind: object) -> str:
    """Say in SQL that a column, read as bytes, holds what is asked."""
    if connection.vendor != "postgresql":
        return f"instr(CAST({column} AS BLOB), %s) > 0"
    read = column if kind == OF_BYTES else f"convert_to({column}::text, 'UTF8')"
    return f"position(%s::bytea in {read}) > 0"


def folders(more: Iterable[Path]) -> list[Path]:
    """Return where the site keeps files, each once, and what else is to be looked into."""
    ours: list[str | Path] = [
        settings.VAR,
        settings.MEDIA_ROOT,
        settings.VISAVIS_NIGHT_FOLDER,
        Path(settings.VISAVIS_JOURNAL_SEALS).parent,
        Path(settings.VISAVIS_ERASED).parent,
        *filter(None, [settings.VISAVIS_BACKUP_TO]),
    ]
    there = {Path(one).resolve() for one in (*ours, *more) if one and Path(one).exists()}
    return sorted(one for one in there if not any(parent in there for parent in one.parents))


def in_files(places: Iterable[Path], words: Sequence[str]) -> Iterator[Found]:
    """Look into every file of some folders, those that are packed (.gz) too. A file that cannot be read is told."""
    for place in places:
        for path in sorted([place] if place.is_file() else place.rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            try:
                with unpacked(path) as file:
                    found = _in_file(file, words)
            except (OSError, EOFError):
                yield Found(f"{path}: it could not be read", 0, 1)
                continue
            yield from (Found(str(path), number, 1) for number in sorted(found))


def unpacked(path: Path) -> IO[bytes]:
    """Open a file as it reads, unpacked where it is packed."""
    return cast(IO[bytes], gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _in_file(file: IO[bytes], words: Sequence[str]) -> set[int]:
    """Return the numbers of the words that stand in a file, read piece by piece."""
    asked = {number: [one.encode() for one in spellings(word)] for number, word in enumerate(words, 1)}
    overlap = max((len(one) for some in asked.values() for one in some), default=1)
    found, end = set[int](), b""
    while piece := file.read(PIECE):
        seen = end + piece
        found |= {number for number, some in asked.items() if any(one in seen for one in some)}
        end = seen[-overlap:]
    return found
