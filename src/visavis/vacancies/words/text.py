"""Clean what comes from outside, and cut it into words."""

import re
from typing import Any

from visavis.folding import fold_signs

# Control characters (PostgreSQL refuses NUL), except tab and line feed.
_CONTROLS = dict.fromkeys([*range(9), 11, *range(14, 32), 127])


def clean(value: Any, most: int | None = None) -> str:
    """Return a text fit for the database, or nothing when the value is no text; cut to `most` characters."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(_CONTROLS).strip()
    return text if most is None else text[:most].rstrip()


def words(text: str) -> list[str]:
    """Cut a text into folded words.

    >>> words("L’été, à 7H30")
    ['l', 'ete', 'a', '7h30']
    """
    return re.findall(r"[^\W_]+", fold_signs(text))
