"""The code on each page of an answer sheet, for the scanner: the file, the edition, the page, and its layout.

It is signed: nobody makes one up for another file; and the file is looked up all the same.
"""

import re
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

START = "VAVC:"
SHAPE = re.compile(r"VAVC:([0-9]{1,15})/([0-9]{4}-[0-9]{1,3})/([1-9])/([0-9]{2,3})/([a-z]{2})/([0-9A-F]{10})")


@dataclass(frozen=True)
class Marked:
    """What the code of one page of a sheet says."""

    file: int
    edition: str
    page: int
    layout: int
    language: str


def code_for(marked: Marked) -> str:
    """Write the code of a page."""
    said = f"{marked.file}/{marked.edition}/{marked.page}/{marked.layout:02d}/{marked.language}"
    return f"{START}{said}/{_sign(said)}"


def is_ours(text: str) -> bool:
    """Say whether a code is of an answer sheet, or says so."""
    return text.startswith(START)


def read(text: str) -> Marked | None:
    """Return what a code says; nothing when we did not write it."""
    found = SHAPE.fullmatch(text)
    if found is None:
        return None
    said = "/".join(found.groups()[:5])
    if not constant_time_compare(found[6], _sign(said)):
        return None
    return Marked(int(found[1]), found[2], int(found[3]), int(found[4]), found[5])


def _sign(said: str) -> str:
    return salted_hmac("visavis.cards.sheet", said, algorithm="sha256").hexdigest()[:10].upper()
