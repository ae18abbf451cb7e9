"""Read files of JSON records one by one, whole or cut, in bounded memory.

Understood: a list, a page of the API (`{"resultats": […]}`), one record, one per line, pages after pages.
"""

import codecs
import hashlib
import json
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from visavis.common.errors import Refused

MARK = re.compile(rb'"((?:[^"\\]++|\\.)*+)"|["{}\[\]]', re.DOTALL)
LISTS = frozenset({b"resultats", b"results", b"offres"})
MOST_DEPTH = 40
MOST_RECORD_BYTES = 4_000_000
CHUNK = 1 << 20


class FileRefused(Refused):
    """The file as a whole cannot be read; nothing of it was written."""


@dataclass(frozen=True)
class Broken:
    """A record whose text is no JSON, or too big: number in the file, from 1, and a code of feeds.reasons."""

    number: int
    reason: str


class LookedThrough(Protocol):
    """A file of any format that was looked through; where it is cut is known once its records were read.

    `count` is for the progress bar. `cut_reason` is a code of feeds.reasons: what `cut_at` counts.
    """

    path: Path
    digest: str
    count: int
    cut_at: int | None
    cut_reason: str

    def numbered(self) -> Iterator[tuple[int, Any]]:
        """Give each record, broken ones too, with its line or its number in the file."""
        ...


@dataclass
class FeedFile:
    """A file that was looked through: records in all, and at which character it was cut, if it was."""

    path: Path
    digest: str
    count: int
    cut_at: int | None
    lists: frozenset[bytes] = LISTS
    cut_reason: str = "file_cut"

    def records(self) -> Iterator[dict[str, Any] | Broken]:
        """Give the whole records, in order."""
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            for number, (start, end) in enumerate(_spans(content, [], self.lists), start=1):
                yield parse(content[start:end], number)

    def numbered(self) -> Iterator[tuple[int, dict[str, Any] | Broken]]:
        yield from enumerate(self.records(), start=1)


def size_of(path: Path) -> int:
    """Return how big a file is. Raises FileRefused when it is missing or empty."""
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError:
        size = None
    if size is None:
        raise FileRefused(_("The file %(file)s cannot be opened.") % {"file": path.name})
    if not size:
        raise FileRefused(_("The file %(file)s is empty: nothing was changed.") % {"file": path.name})
    return size


def open_feed(path: Path, lists: frozenset[bytes] = LISTS) -> FeedFile:
    """Look a file through before anything is written; `lists` are the names a page gives its list of records.

    Raises FileRefused with a sentence when it is missing, empty, not in UTF-8, no JSON, or nested without end.
    """
    size_of(path)
    try:
        digest, characters = check_text(path)
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            first = re.search(rb"[^\s\xef\xbb\xbf]", content)
            if not first or first[0] not in (b"[", b"{"):
                raise FileRefused(
                    _("The file %(file)s is not JSON: nothing was changed.") % {"file": path.name}
                )
            cut: list[int] = []
            count = sum(1 for _span in _spans(content, cut, lists))
    except OSError as error:
        raise FileRefused(_("The file %(file)s cannot be opened.") % {"file": path.name}) from error
    except NestedWithoutEndError as error:
        raise FileRefused(
            _("The file %(file)s holds lists inside lists without end: nothing was changed.")
            % {"file": path.name}
        ) from error
    return FeedFile(path, digest, count, characters if cut else None, lists)


class NestedWithoutEndError(ValueError):
    pass


def check_text(path: Path) -> tuple[str, int]:
    """Return the digest and the number of characters; a character cut at the very end is a cut file, not an error."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    digest = hashlib.sha256()
    characters = done = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            try:
                characters += len(decoder.decode(chunk))
            except UnicodeDecodeError as error:
                raise FileRefused(
                    _(
                        "The file %(file)s is not in UTF-8 (near byte %(byte)s). Save it in UTF-8: nothing was changed."
                    )
                    % {"file": path.name, "byte": done + error.start}
                ) from error
            done += len(chunk)
    return digest.hexdigest(), characters


def parse(text: bytes, number: int) -> dict[str, Any] | Broken:
    """Read one record."""
    if len(text) > MOST_RECORD_BYTES:
        return Broken(number, "record_too_big")
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return Broken(number, "record_not_json")
    return found if isinstance(found, dict) else Broken(number, "record_not_json")


def _spans(content: mmap.mmap, cut: list[int], lists: frozenset[bytes]) -> Iterator[tuple[int, int]]:
    """Give where each whole record starts and ends; add to `cut` when the file ends inside something."""
    scan = _Scan(lists)
    for match in MARK.finditer(content):
        sign = match[0]
        if sign == b'"':
            # A quote that nothing closes: the file ends inside this text.
            cut.append(match.start())
            return
        if sign[:1] == b'"':
            if scan.is_at_page_level:
                scan.last_text = (match[1], match.end())
        elif sign in b"{[":
            scan.open(sign, match.start(), content)
        elif (span := scan.close(sign, match.end())) is not None:
            yield span
    if scan.stack:
        cut.append(len(content))


class _Scan:
    """Where we are: what is open, and where the record being read started."""

    def __init__(self, lists: frozenset[bytes]) -> None:
        self.lists = lists
        self.stack: list[bytes] = []
        self.record_depth: int | None = None
        self.start = 0
        self.list_depth: int | None = None
        self.last_text: tuple[bytes, int] | None = None

    @property
    def is_at_page_level(self) -> bool:
        return len(self.stack) == 1 and self.stack[0] == b"{"

    def open(self, sign: bytes, position: int, content: mmap.mmap) -> None:
        depth = len(self.stack)
        if sign == b"[" and self._is_list_of_records(position, content):
            self.list_depth, self.record_depth = depth, None
        elif sign == b"{" and self.record_depth is None and (depth == 0 or self.list_depth == depth - 1):
            self.record_depth, self.start = depth, position
        self.stack.append(sign)
        if len(self.stack) > MOST_DEPTH:
            raise NestedWithoutEndError

    def _is_list_of_records(self, position: int, content: mmap.mmap) -> bool:
        if not self.stack:
            return True
        if not self.is_at_page_level or self.last_text is None:
            return False
        text, end = self.last_text
        return text in self.lists and content[end:position].strip() == b":" and self.list_depth is None

    def close(self, sign: bytes, end: int) -> tuple[int, int] | None:
        if not self.stack:
            return None
        self.stack.pop()
        depth = len(self.stack)
        if depth == self.list_depth:
            self.list_depth = None
        if sign == b"}" and depth == self.record_depth:
            self.record_depth = None
            return self.start, end
        return None


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
