"""Numbers as people write them in a vacancy."""

import math
import re

NUMBER = r"\d{1,3}(?:[ .]\d{3})+(?:,\d{1,2})?|\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:[.,]\d+)?"
SPELT = {
    "un": 1, "une": 1, "one": 1, "deux": 2, "two": 2, "trois": 3, "three": 3, "quatre": 4, "four": 4,
    "cinq": 5, "five": 5, "six": 6, "sept": 7, "seven": 7, "huit": 8, "eight": 8, "neuf": 9, "nine": 9,
    "dix": 10, "ten": 10, "douze": 12, "twelve": 12,
}  # fmt: skip


def number(words: str) -> float | None:
    """Read "2 000,50", "1.900", "26460.00" or "deux"; None when it is no number.

    >>> number("2 000,50"), number("1.900"), number("26460.00"), number("11,88"), number("deux")
    (2000.5, 1900.0, 26460.0, 11.88, 2.0)
    """
    kept = words.strip().lower()
    if kept in SPELT:
        return float(SPELT[kept])
    if re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+(?:,\d+)?", kept):
        kept = kept.replace(" ", "").replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", kept):
        kept = kept.replace(",", "")
    kept = kept.replace(",", ".").replace(" ", "")
    try:
        value = float(kept)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
