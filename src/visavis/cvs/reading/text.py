"""A text as it was typed, pasted or kept in a file; the site reads it without the readers of files."""

import re

from visavis.cvs.reading.document import (
    MOST_CHARACTERS,
    MOST_LINES,
    Document,
    Kind,
    TextLine,
    Unreadable,
    Why,
    cut,
    tidy,
)


def read_text(text: str) -> Document:
    """Read a text as it was typed or pasted."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(Why.TOO_LONG)
    # Wide gaps part columns; the signs of Markdown are no words.
    text = re.sub(r"^[ \t]{0,3}#{1,6}[ \t]+|\*\*|__", "", text, flags=re.M)
    text = re.sub(r"(?<=\S) {3,}(?=\S)", "\t", text)
    lines = [
        TextLine(part, 1, number)
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
