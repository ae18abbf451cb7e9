"""A CV as lines of text, each with its place in the document; or why it could not be read."""

import textwrap
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

MOST_BYTES = 15_000_000
MOST_PAGES = 30
MOST_CHARACTERS = 100_000
MOST_LINES = 3_000
LONGEST_LINE = 300
"""Characters beyond which a line is cut in two, that both are read quickly; nothing of it is lost."""


class Kind(StrEnum):
    """What a CV was read from."""

    PDF = "pdf"
    SCAN = "scan"
    DOCX = "docx"
    ODT = "odt"
    EUROPASS = "europass"
    JSON_RESUME = "json_resume"
    PHOTO = "photo"
    TEXT = "text"


class Why(StrEnum):
    """Why a file could not be read."""

    EMPTY = "empty"
    TOO_BIG = "too_big"
    NOT_A_CV = "not_a_cv"
    OLD_WORD = "old_word"
    PASSWORD = "password"  # noqa: S105  (the name of a reason)
    DAMAGED = "damaged"
    SWELLS = "swells"
    ENTITIES = "entities"
    HUGE_PICTURE = "huge_picture"
    NO_OCR = "no_ocr"
    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    TOO_SLOW = "too_slow"
    BUSY = "busy"
    TOO_MANY = "too_many"


class Unreadable(Exception):
    """The file cannot be read; `why` says what to tell the person."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class TextLine:
    """One line as it stands. A tab parts what stands in two columns of the same row."""

    text: str
    page: int = 1
    number: int = 1


@dataclass(frozen=True)
class Fact:
    """One thing understood: its kind, its values, and the words of the document it came from.

    Dates are "2019-03" or "2019". Only the fields that the kind has are filled:
    job (title, employer, start, end, is_current, months), study (name, level, year), skill (name),
    language (code, level), licence (code), place (name, postcode), about (name).
    """

    kind: str
    name: str = ""
    employer: str = ""
    start: str = ""
    end: str = ""
    is_current: bool = False
    months: int | None = None
    level: int | None = None
    year: int | None = None
    code: str = ""
    postcode: str = ""
    page: int = 1
    line: int = 1
    words: str = ""


@dataclass(frozen=True)
class Document:
    """What a file holds: lines, or facts at once when the file is made of fields."""

    kind: Kind
    lines: list[TextLine] = field(default_factory=list)
    pages: int = 1
    pages_read: int = 1
    facts: list[Fact] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """Return what JSON can carry."""
        return asdict(self)


def document_of(plain: dict[str, Any]) -> Document:
    """Make a document again of what JSON carried."""
    return Document(
        kind=Kind(plain["kind"]),
        lines=[TextLine(**line) for line in plain["lines"]],
        pages=plain["pages"],
        pages_read=plain["pages_read"],
        facts=[Fact(**fact) for fact in plain["facts"]],
    )


def numbered(texts: list[tuple[int, str]]) -> list[TextLine]:
    """Number the lines of each page, leaving out the empty ones. Takes (page, text) pairs.

    >>> [(line.page, line.number, line.text) for line in numbered([(1, "a"), (1, " "), (2, "b")])]
    [(1, 1, 'a'), (2, 1, 'b')]
    """
    lines: list[TextLine] = []
    counts: dict[int, int] = {}
    for page, text in texts:
        if clean := tidy(text):
            counts[page] = counts.get(page, 0) + 1
            lines += [TextLine(part, page, counts[page]) for part in cut(clean)]
    if len(lines) > MOST_LINES:
        raise Unreadable(Why.TOO_LONG)
    return lines


def cut(line: str) -> list[str]:
    """Cut a very long line between words.

    >>> [len(part) for part in cut("mot " * 100)]
    [299, 99]
    """
    if len(line) <= LONGEST_LINE:
        return [line]
    return textwrap.wrap(
        line, LONGEST_LINE, expand_tabs=False, replace_whitespace=False, break_on_hyphens=False
    )


INVISIBLE = dict.fromkeys([*range(0x09), *range(0x0B, 0x20), 0xAD, 0x200B, 0x200C, 0x200D, 0xFEFF, 0xFFFE])
LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0x2010: "-",
    0x2011: "-",
    0xA0: " ",
    0x202F: " ",
    0x2009: " ",
}


def tidy(text: str) -> str:
    """Take off what cannot be seen, ligatures and useless spaces; keep tabs.

    >>> tidy("  CAP  pâtis\\u00adsier\\t 2019 ")
    'CAP pâtissier\\t2019'
    """
    text = text.translate(INVISIBLE).translate(LIGATURES)
    text = "".join(letter for letter in text if not 0xD800 <= ord(letter) <= 0xDFFF)
    cells = [" ".join(cell.split()) for cell in text.split("\t")]
    return "\t".join(cell for cell in cells if cell)
