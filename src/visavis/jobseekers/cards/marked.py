"""The code on each page of an answer sheet, for the scanner: the file, the edition, the page, its layout, its words.

It is signed: nobody makes one up for another file; and the file is looked up all the same.
"""

import re
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

START = "VAVC:"
# Sheets that were printed before the words stood on them say no number of words, and the language in small letters.
SHAPE = re.compile(
    r"VAVC:(([0-9]{1,15})/([0-9]{4}-[0-9]{1,3})/([1-9])/([0-9]{2,3})/([A-Za-z]{2})(?:/([0-9A-F]{8}))?)/([0-9A-F]{10})"
)


@dataclass(frozen=True)
class Marked:
    """What the code of one page of a sheet says."""

    file: int
    edition: str
    page: int
    layout: int
    language: str
    words: str = ""
    """The number of the words that are printed on it, by which “File” says yes; nothing where none are."""


def code_for(marked: Marked) -> str:
    """Write the code of a page, without small letters: a QR code of the same size takes a third more of these."""
    said = f"{marked.file}/{marked.edition}/{marked.page}/{marked.layout:02d}/{marked.language.upper()}"
    said += f"/{marked.words}" if marked.words else ""
    return f"{START}{said}/{_sign(said)}"


def is_ours(text: str) -> bool:
    """Say whether a code is of an answer sheet, or says so."""
    return text.startswith(START)


def read(text: str) -> Marked | None:
    """Return what a code says; nothing when we did not write it."""
    found = SHAPE.fullmatch(text)
    if found is None:
        return None
    if not constant_time_compare(found[8], _sign(found[1])):
        return None
    return Marked(int(found[2]), found[3], int(found[4]), int(found[5]), found[6].lower(), found[7] or "")


def _sign(said: str) -> str:
    return salted_hmac("visavis.cards.sheet", said, algorithm="sha256").hexdigest()[:10].upper()
