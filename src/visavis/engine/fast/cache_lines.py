"""What the scan reads of each vacancy: a line of 64 bytes, so that a row waits for memory once."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from visavis.engine import weights as w
from visavis.engine.arrays import AnyArray, Floats, IntArray, Words
from visavis.engine.market.market import Market

X, Y, Z, TOP_PAY, NEED, CONDITION, NEAR, LOG_PAY, HAS_PAY, MONTHS, SHORT, FIXED, SCHOOLING = range(13)
MOST_SKILLS, MOST_TITLE, WORDS = range(13, 16)
"""Fields of a line. `X` to `CONDITION` and the last three as in `Rows`, `WORDS` its title.

`NEAR` is what nearness is worth: 1 for a known place, less in doubt, 0 for remote work; `LOG_PAY` the logarithm
of the best pay, and `HAS_PAY` 1 where it is known; `MONTHS` those asked, NaN when unknown, and `SHORT` what
none of them is worth; `FIXED` what languages add, and a margin; `SCHOOLING` twice the level asked and one, and
one more when it is required, 0 when none is asked."""

WHOLE = (NEED, CONDITION, SCHOOLING, WORDS)
"""Fields that are whole numbers."""

MARGIN = 1e-3
"""Logits and € by which bounds in float32 are widened."""


class CacheLines(NamedTuple):
    """A line for each vacancy, n rows in the order of the tiles; both arrays are the same memory."""

    real: Floats  # (n, 16)
    whole: Words  # (n, 16): where the fields of `WHOLE` are read


def cache_lines(market: Market, order: IntArray, columns: Mapping[int, AnyArray]) -> CacheLines:
    """Write the lines of the vacancies of a market in this order; `columns` gives the fields that others read too."""
    v = market.vacancies
    education = v.education[order].astype(np.int32)
    schooling = np.where(education < 0, 0, 2 * education + 1 + v.education_is_required[order])
    placed = ~v.is_remote & ~np.isnan(market.vacancy_points[:, 0])
    near = np.where(placed, w.PLACE_DOUBT_KM / (w.PLACE_DOUBT_KM + v.place_radius_km), 0.0)
    pay = market.offered_pay[order]
    known = ~np.isnan(pay)
    short = np.where(v.experience_is_required, w.EXPERIENCE_SHORT_REQUIRED, w.EXPERIENCE_SHORT)
    real, whole = _aligned(len(order))
    for field, column in {
        **columns,
        NEAR: near[order],
        LOG_PAY: np.log(np.where(known, np.maximum(pay, 1e-9), 1.0)),
        HAS_PAY: known,
        MONTHS: v.experience_months[order],
        SHORT: short[order],
        FIXED: np.where(v.languages.lengths() > 0, w.LANGUAGES_ENOUGH, 0.0)[order] + MARGIN,
        SCHOOLING: schooling,
    }.items():
        (whole if field in WHOLE else real)[:, field] = column
    return CacheLines(real, whole)


def _aligned(rows: int) -> tuple[Floats, Words]:
    """Make room for lines that each begin where the processor's own lines of 64 bytes do."""
    room = np.zeros(64 * (rows + 1), np.uint8)
    first = -room.ctypes.data % 64
    memory = room[first : first + 64 * rows]
    return memory.view(np.float32).reshape(rows, 16), memory.view(np.int32).reshape(rows, 16)
