"""HTML as feeds and pages hold it: made into plain text, and searched for its JSON-LD. Pure."""

import html
import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

LINE = {"p", "div", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table", "dt", "dd"}
LIST = {"ul", "ol"}
UNSEEN = {"script", "style", "template", "head", "title", "noscript", "iframe", "object", "svg"}
TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
MOST_MARKUP = 400_000
LD_JSON = re.compile(rb"type\s*=\s*[\"']?\s*application/ld\+json", re.IGNORECASE)
OPENS = re.compile(rb"<!--|<script\b[^>]{0,4000}>", re.IGNORECASE)
SCRIPT_ENDS = re.compile(rb"</script", re.IGNORECASE)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in LINE or tag in LIST:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in LINE or tag in LIST:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.parts.append(data)


def plain(text: str) -> str:
    """Turn HTML into text: paragraphs, list items, no tag, no script; text without tags stays as it is.

    >>> plain("<p>Vous p&eacute;trissez.</p><ul><li>Nuit</li><li>CDI</li></ul>")
    'Vous pétrissez.\\n- Nuit\\n- CDI'
    >>> plain("salaire < 2000 & primes")
    'salaire < 2000 & primes'
    """
    found = text[:MOST_MARKUP]
    # Some feeds escape their HTML once, some twice.
    for _round in range(2):
        if not TAG.search(found) and TAG.search(unescaped := html.unescape(found)):
            found = unescaped
    if not TAG.search(found):
        return html.unescape(found).strip()
    parser = _Text()
    parser.feed(found)
    parser.close()
    lines = [" ".join(line.split()) for line in "".join(parser.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"\n+(?=- )", "\n", "\n".join(lines)).strip())


@dataclass(frozen=True)
class Script:
    """One JSON-LD script of a page: its line, and its content; None when the page ends inside it."""

    line: int
    content: bytes | None


def scripts(page: "mmap.mmap | bytes", most_bytes: int) -> Iterator[Script]:
    """Give the JSON-LD scripts of a page, comments left out, in one pass."""
    position = line = 0
    counted_to = 0
    while opened := OPENS.search(page, position):
        if opened[0] == b"<!--":
            end = page.find(b"-->", opened.end())
            if end < 0:
                return
            position = end + 3
            continue
        line += page[counted_to : opened.start()].count(b"\n")
        counted_to = opened.start()
        closed = SCRIPT_ENDS.search(page, opened.end())
        if LD_JSON.search(opened[0]):
            content = (
                page[opened.end() : min(closed.start(), opened.end() + most_bytes + 1)] if closed else None
            )
            yield Script(line + 1, content)
        if not closed:
            return
        position = closed.end()


def charset(page: "mmap.mmap | bytes") -> str:
    """Return the encoding that a page says it has, if it says one."""
    match = re.search(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", page[:4096], re.IGNORECASE)
    return match[1].decode("ascii").lower() if match else ""


def decode(content: bytes, said: str) -> str:
    """Decode what a page holds: UTF-8 when it is, else what it says, else the Western one."""
    for encoding in ("utf-8", said or "cp1252", "cp1252"):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")
