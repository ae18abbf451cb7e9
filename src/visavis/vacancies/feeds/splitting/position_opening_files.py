"""Read the PositionOpenings of an XML file one by one, in bounded memory, whatever the file does.

No document type is allowed, so no entity can be declared: nothing grows, nothing outside is fetched. A record
too big, too deep or too long is left out; a file whose names or words never end is refused.
"""

import mmap
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError  # nosec B405

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext_lazy as _

from visavis.vacancies.feeds.splitting import files
from visavis.vacancies.feeds.splitting.files import Broken, FileRefused

RECORD = "PositionOpening"
OPENINGS = re.compile(rb"<(?:[\w.-]{1,60}:)?PositionOpening[\s>/]")
DECLARED = re.compile(rb"^\s*<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w-]{1,40})")
MOST_DEPTH = 60
MOST_NODES = 5_000
MOST_NAMES = 5_000
CHUNK = 1 << 16
# One name, attribute or text that goes on for longer than this is no vacancy's.
MOST_PENDING = 16_000_000


@dataclass
class Node:
    """One element: its local name, its attributes by local name, its text and what it holds."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)
    inside: list["Node"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts).strip()

    def all(self, *path: str) -> list["Node"]:
        """Return the elements at the end of a path of local names."""
        found = [self]
        for name in path:
            found = [one for node in found for one in node.inside if one.name == name]
        return found

    def first(self, *path: str) -> str:
        """Return the text of the first element of a path that has any."""
        return next((node.text for node in self.all(*path) if node.text), "")

    def anywhere(self, name: str) -> Iterator["Node"]:
        """Give every element of this name, however deep."""
        for node in self.inside:
            if node.name == name:
                yield node
            yield from node.anywhere(name)


class EndlessError(ValueError):
    """The file holds more names, or deeper elements, than any feed."""


class _Records:
    """Takes what the parser says, keeps one record at a time, and puts whole ones in `ready`."""

    def __init__(self) -> None:
        self.ready: deque[tuple[int, Node | Broken]] = deque()
        self.open: list[Node] = []
        self.names: set[str] = set()
        self.depth = self.size = self.nodes = self.line = 0
        self.number = 0
        self.parser: Any = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.names.add(tag)
        self.names.update(attributes)
        if self.depth > MOST_DEPTH or len(self.names) > MOST_NAMES:
            raise EndlessError
        name = local(tag)
        if not self.open and name == RECORD:
            self.number += 1
            self.size, self.nodes, self.line = 0, 0, self.parser.CurrentLineNumber
        elif not self.open:
            return
        self.nodes += 1
        self.size += sum(map(len, attributes.values()))
        node = Node(name)
        if self.fits:
            node.attributes = {local(key): value for key, value in attributes.items()}
            if self.open:
                self.open[-1].inside.append(node)
        self.open.append(node)

    @property
    def fits(self) -> bool:
        return self.size <= files.MOST_RECORD_BYTES and self.nodes <= MOST_NODES

    def data(self, text: str) -> None:
        if self.open:
            self.size += len(text)
            if self.fits:
                self.open[-1].parts.append(text)

    def end(self, _tag: str) -> None:
        self.depth -= 1
        if not self.open:
            return
        node = self.open.pop()
        if not self.open:
            whole = node if self.fits else Broken(self.line, "record_too_big")
            self.ready.append((self.line, whole))

    def close(self) -> None:
        """End the document."""


def local(name: str) -> str:
    return name.rpartition("}")[2]


@dataclass
class OpeningsFile:
    """An XML file that was looked through: how many records it seems to hold."""

    path: Path
    digest: str
    count: int
    cut_at: int | None = None
    cut_reason: str = "file_cut_line"

    def numbered(self) -> Iterator[tuple[int, Node | Broken]]:
        """Give each record with its line; where the file breaks off or makes no sense, it is cut."""
        records = _Records()
        parser = new_parser(records)
        with self.path.open("rb") as file:
            fed = 0
            while True:
                chunk = file.read(CHUNK)
                fed += len(chunk)
                try:
                    parser.feed(chunk) if chunk else parser.close()
                except (ParseError, DefusedXmlException, EndlessError, ValueError):
                    self.cut_at = records.parser.CurrentLineNumber
                    chunk = b""
                if fed - records.parser.CurrentByteIndex > MOST_PENDING:
                    self.cut_at = records.parser.CurrentLineNumber
                    chunk = b""
                while records.ready:
                    yield records.ready.popleft()
                if not chunk:
                    return


def new_parser(records: _Records) -> Any:
    parser = DefusedXMLParser(target=records, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    records.parser = parser.parser
    return parser


def open_openings(path: Path) -> OpeningsFile:
    """Look a file through before anything is written.

    Raises FileRefused with a sentence: missing, empty, no XML, a document type, another encoding than said, or
    nothing in it that is a PositionOpening.
    """
    files.size_of(path)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        _check_head(path, content)
        start = content[:400]
        declared = DECLARED.search(start.removeprefix(b"\xef\xbb\xbf"))
        if not start.startswith((b"\xff\xfe", b"\xfe\xff")) and (
            not declared or declared[1].lower() in {b"utf-8", b"utf8"}
        ):
            files.check_text(path)
        wide = content[:200].count(b"\0") > 50
        count = 0 if wide else sum(1 for _match in OPENINGS.finditer(content))
    if not count and not wide:
        raise FileRefused(
            _("The file %(file)s is XML, but holds no PositionOpening: nothing was changed.")
            % {"file": path.name}
        )
    return OpeningsFile(path, files.digest_of(path), count)


def _check_head(path: Path, content: mmap.mmap) -> None:
    """Parse up to the first element: a document type stands before it, and what is no XML shows there."""
    records = _Records()
    parser = new_parser(records)
    for start in range(0, min(len(content), MOST_PENDING), CHUNK):
        try:
            parser.feed(content[start : start + CHUNK])
        except DefusedXmlException as error:
            raise FileRefused(
                _(
                    "The file %(file)s declares a document type or entities (DTD), which may hide anything: "
                    "nothing was changed."
                )
                % {"file": path.name}
            ) from error
        except EndlessError as error:
            raise FileRefused(
                _("The file %(file)s holds elements inside elements without end: nothing was changed.")
                % {"file": path.name}
            ) from error
        except (ParseError, ValueError) as error:
            if records.names:
                return
            raise FileRefused(
                _("The file %(file)s is not XML: nothing was changed.") % {"file": path.name}
            ) from error
        if records.names:
            return
    raise FileRefused(_("The file %(file)s is not XML: nothing was changed.") % {"file": path.name})
