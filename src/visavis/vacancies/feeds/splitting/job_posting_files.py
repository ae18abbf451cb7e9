"""Find the schema.org JobPostings of a file: a web page, JSON-LD, or JSON Lines."""

import json
import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from visavis.vacancies.feeds.records import markup
from visavis.vacancies.feeds.splitting import files
from visavis.vacancies.feeds.splitting.files import Broken, FileRefused

# What pages of an API, graphs and lists of schema.org call their list of records.
LISTS = frozenset({
    b"@graph", b"itemListElement", b"results", b"items", b"jobs", b"data", b"offers", b"offres", b"postings",
    b"jobPostings", b"vacancies", b"records",
})  # fmt: skip
MOST_PAGE_BYTES = 64_000_000
DEEPEST = 12


@dataclass
class PostingFile:
    """JSON or JSON Lines whose records hold postings, read one by one."""

    inner: files.FeedFile

    def __post_init__(self) -> None:
        self.path, self.digest, self.count = self.inner.path, self.inner.digest, self.inner.count
        self.cut_at, self.cut_reason = self.inner.cut_at, self.inner.cut_reason

    def numbered(self) -> Iterator[tuple[int, Any]]:
        for number, record in self.inner.numbered():
            if isinstance(record, Broken):
                yield number, record
                continue
            found: list[Any] = [*postings(record)]
            if not found:
                found.append(record if looks_like_one(record) else Broken(number, "no_posting"))
            for posting in found:
                yield number, posting


@dataclass
class GraphFile:
    """One JSON-LD document, small enough to be read whole: its parts point to each other."""

    path: Path
    digest: str
    document: Any
    cut_at: int | None = None
    cut_reason: str = "file_cut"

    def __post_init__(self) -> None:
        self.found = postings(self.document)
        self.count = len(self.found)

    def numbered(self) -> Iterator[tuple[int, Any]]:
        found: list[Any] = [*self.found] or [Broken(1, "no_posting")]
        yield from enumerate(found, start=1)


@dataclass
class PageFile:
    """A web page: the postings of its JSON-LD scripts."""

    path: Path
    digest: str
    count: int
    cut_at: int | None = None
    cut_reason: str = "file_cut_line"

    def numbered(self) -> Iterator[tuple[int, Any]]:
        """Give the postings with the line of their script."""
        found = 0
        with self.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as page:
            said = markup.charset(page)
            for script in markup.scripts(page, files.MOST_RECORD_BYTES):
                if script.content is None:
                    self.cut_at = script.line
                    continue
                document = read_script(script, said)
                for posting in [document] if isinstance(document, Broken) else postings(document):
                    found += 1
                    yield script.line, posting
        if not found and self.cut_at is None:
            yield 1, Broken(1, "no_posting")


def read_script(script: markup.Script, said: str) -> Any:
    """Read one script; people leave line breaks in texts, comment marks around, and a semicolon behind."""
    content = script.content or b""
    if len(content) > files.MOST_RECORD_BYTES:
        return Broken(script.line, "record_too_big")
    text = markup.decode(content, said).strip().removeprefix("<!--").removesuffix("-->").strip()
    text = (
        text.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    )
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return Broken(script.line, "record_not_json")


def open_postings(path: Path) -> files.LookedThrough:
    """Look a file through before anything is written. Raises FileRefused."""
    size = files.size_of(path)
    with path.open("rb") as file:
        first = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first == b"<":
        return open_page(path, size)
    opened = files.open_feed(path, LISTS)
    if size <= files.MOST_RECORD_BYTES and opened.cut_at is None:
        content = path.read_text(encoding="utf-8-sig")
        if '"@graph"' in content:
            try:
                return GraphFile(path, opened.digest, json.loads(content))
            except (ValueError, RecursionError):
                pass
    return PostingFile(opened)


def open_page(path: Path, size: int) -> PageFile:
    if size > MOST_PAGE_BYTES:
        raise FileRefused(
            _("The page %(file)s is bigger than any web page: nothing was changed.") % {"file": path.name}
        )
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as page:
        count = sum(1 for _script in markup.scripts(page, 0))
    if not count:
        raise FileRefused(
            _("The page %(file)s holds no vacancy that a program can read (JSON-LD): nothing was changed.")
            % {"file": path.name}
        )
    return PageFile(path, files.digest_of(path), count)


def postings(document: Any) -> list[dict[str, Any]]:
    """Return every JobPosting of a document, in order, with what they point to put in its place."""
    found: list[dict[str, Any]] = []
    named: dict[str, dict[str, Any]] = {}
    _walk(document, found, named, 0)
    return [_joined(posting, named) for posting in found]


def _walk(value: Any, found: list[dict[str, Any]], named: dict[str, dict[str, Any]], depth: int) -> None:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for one in value:
            _walk(one, found, named, depth + 1)
    elif isinstance(value, dict):
        name = value.get("@id")
        if isinstance(name, str) and len(value) > 1:
            named.setdefault(name, value)
        if is_posting(value):
            found.append(value)
            return
        for one in value.values():
            _walk(one, found, named, depth + 1)


def _joined(posting: dict[str, Any], named: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Put the employer or the place that a posting only points to in its place."""
    joined = {plain_name(name): value for name, value in posting.items()}
    for name in ("hiringOrganization", "jobLocation"):
        given = joined.get(name)
        if isinstance(given, dict) and set(given) <= {"@id", "@type"} and isinstance(given.get("@id"), str):
            joined[name] = named.get(given["@id"], given)
    return joined


def is_posting(value: dict[str, Any]) -> bool:
    kind = value.get("@type", value.get("type"))
    return any(
        isinstance(one, str) and plain_name(one) == "JobPosting"
        for one in (kind if isinstance(kind, list) else [kind])
    )


def plain_name(name: str) -> str:
    """Take the vocabulary off a name: "https://schema.org/JobPosting", "schema:title"."""
    for prefix in ("https://schema.org/", "http://schema.org/", "schema:"):
        name = name.removeprefix(prefix)
    return name


def looks_like_one(record: dict[str, Any]) -> bool:
    """Say whether a record that does not say what it is has the fields of a posting."""
    return "title" in record and bool({"hiringOrganization", "jobLocation", "datePosted"} & record.keys())
