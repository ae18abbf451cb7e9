"""Clean what comes from outside, and fold it for comparing."""

import re
import unicodedata
from typing import Any

# Control characters (PostgreSQL refuses NUL), except tab and line feed.
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])
_APOSTROPHES = {ord(sign): "'" for sign in "’ʼ‘`´′"}
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss"}


def clean(value: Any, most: int | None = None) -> str:
    """Return a text fit for the database, or nothing when the value is no text; cut to `most` characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(_CONTROLS).strip()
    return text if most is None else text[:most].rstrip()


def fold(text: str) -> str:
    """Lower the case, take accents off, straighten apostrophes and dashes; one character stays one.

    The exception is a ligature: `spread` says where a place of the folded text stood before.

    >>> fold("À l’Œuvre – été")
    "a l'oeuvre - ete"
    """
    return "".join(piece for piece, _position in _pieces(text))


def spread(text: str) -> list[int]:
    """Return, for each character of the folded text, its place in the text; one more for the end."""
    return [position for piece, position in _pieces(text) for _sign in piece] + [len(text)]


def _pieces(text: str) -> list[tuple[str, int]]:
    return [(_fold_sign(sign), position) for position, sign in enumerate(text)]


def _fold_sign(sign: str) -> str:
    if sign < "\x80":
        return sign.lower()
    if sign in "\u00a0\u202f\u2009":
        return " "
    if sign in "–—‑−":
        return "-"
    lowered = sign.lower()
    lowered = _LIGATURES.get(lowered, lowered).translate(_APOSTROPHES)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(part for part in decomposed if not unicodedata.combining(part))


def words(text: str) -> list[str]:
    """Cut a text into folded words.

    >>> words("L’été, à 7H30")
    ['l', 'ete', 'a', '7h30']
    """
    return re.findall(r"[^\W_]+", fold(text))
