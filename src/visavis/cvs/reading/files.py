"""From bytes to a document, whatever the kind."""

import re
from collections.abc import Callable

from visavis.cvs.reading import office, pdf, photo, structured
from visavis.cvs.reading.document import (
    MOST_CHARACTERS,
    MOST_LINES,
    Document,
    Kind,
    Line,
    Unreadable,
    Why,
    cut,
    tidy,
)
from visavis.cvs.reading.kinds import kind_of

READERS: dict[Kind, Callable[[bytes], Document]] = {
    Kind.PDF: pdf.read,
    Kind.DOCX: office.read_docx,
    Kind.ODT: office.read_odt,
    Kind.EUROPASS: structured.read_europass,
    Kind.JSON_RESUME: structured.read_json_resume,
    Kind.PHOTO: photo.read,
}


def read(data: bytes) -> Document:
    """Read a CV. Raises Unreadable, and nothing else for whatever bytes."""
    kind = kind_of(data)
    document = READERS[kind](data) if kind in READERS else read_text(decoded(data))
    if sum(len(line.text) for line in document.lines) > MOST_CHARACTERS * 1.5:
        raise Unreadable(Why.TOO_LONG)
    return document


def read_text(text: str) -> Document:
    """Read a text as it was typed or pasted."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(Why.TOO_LONG)
    # Wide gaps part columns; the signs of Markdown are no words.
    text = re.sub(r"^[ \t]{0,3}#{1,6}[ \t]+|\*\*|__", "", text, flags=re.M)
    text = re.sub(r"(?<=\S) {3,}(?=\S)", "\t", text)
    lines = [
        Line(part, 1, number)
        for number, line in enumerate(text.splitlines(), 1)
        for part in cut(tidy(line))
        if part
    ]
    if len(lines) > MOST_LINES:
        raise Unreadable(Why.TOO_LONG)
    if not lines:
        raise Unreadable(Why.EMPTY)
    return Document(Kind.TEXT, lines)


def decoded(data: bytes) -> str:
    """Turn bytes into text: UTF-8, UTF-16 with its mark, else the old Windows alphabet."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
