"""Boxes of text on a page put in the order in which a person reads them.

A page is cut in two columns where each side has a heading of its own ("Langues" beside "Expérience"), or
where one has several and the other is no column of a table: a column of dates, or a table, is read row by
row. A tab parts the cells of a row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from visavis.cvs.reading.dates import dates_in
from visavis.cvs.reading.sections import heading_of

LEAST_GUTTER = 0.6
"""Width of the empty strip between two columns, in heights of a line."""

WIDE_GAP = 1.0
NARROW_GAP = 0.12
MOST_FOOTER = 3
LEAST_ALONE = 4
"""Lines of a column that has no heading, such as a phone and an address beside the rest."""


@dataclass(frozen=True)
class Box:
    """Words on one line; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def lines_of(boxes: list[Box]) -> list[str]:
    """Return the lines of a page in reading order."""
    return list(ordered(rows_of([box for box in boxes if box.text.strip()])))


def rows_of(boxes: list[Box]) -> list[list[Box]]:
    """Put together the boxes that share a line, the highest first, each row from left to right."""
    rows: list[list[Box]] = []
    for box in sorted(boxes, key=lambda one: (one.middle, one.left)):
        last = rows[-1] if rows else None
        if last and abs(last[0].middle - box.middle) < 0.45 * min(box.height, last[0].height):
            last.append(box)
        else:
            rows.append([box])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def ordered(rows: list[list[Box]]) -> Iterator[str]:
    """Cut where two columns begin, below what spans the page; read the columns one after the other."""
    for first in range(len(rows)):
        for last in range(len(rows), max(first + 3, len(rows) - MOST_FOOTER), -1):
            if at := gutter(rows[first:last]):
                yield from (joined(row) for row in rows[:first])
                middle = [box for row in rows[first:last] for box in row]
                yield from ordered(rows_of([box for box in middle if box.right <= at]))
                yield from ordered(rows_of([box for box in middle if box.left >= at]))
                yield from ordered(rows[last:])
                return
    yield from (joined(row) for row in rows)


def gutter(rows: list[list[Box]]) -> float:
    """Return where an empty strip parts two columns that each have a heading; 0 where none does."""
    boxes = sorted((box for row in rows for box in row), key=lambda box: box.left)
    if len(boxes) < 4:
        return 0.0
    wanted = LEAST_GUTTER * sorted(box.height for box in boxes)[len(boxes) // 2]
    reach = boxes[0].right
    for number, box in enumerate(boxes[1:], 1):
        if box.left - reach >= wanted and number >= 2 and len(boxes) - number >= 2:
            sides = boxes[:number], boxes[number:]
            if are_columns(*sides):
                return (reach + box.left) / 2
        reach = max(reach, box.right)
    return 0.0


def are_columns(left: list[Box], right: list[Box]) -> bool:
    """Say whether two sides are columns: a heading on each; or on one only, when the other is no part of a table."""
    headings = [sum(bool(heading_of(one.text)) for one in whole_lines(side)) for side in (left, right)]
    if all(headings):
        return not any(begins_with_dates(side) for side in (left, right))
    main, other = (left, right) if headings[0] else (right, left)
    lines = len(rows_of(main))
    is_main = 2 <= max(headings) < 0.4 * lines
    dated = sum(bool(dates_in(one.text)) for one in other)
    return (
        is_main
        and len(other) >= LEAST_ALONE
        and dated < 0.3 * len(other)
        and not is_column_of_dates(main, other)
    )


def begins_with_dates(side: list[Box]) -> bool:
    """Say whether dates stand above the first heading of a side: they date what is on the other side."""
    for box in whole_lines(side):
        if heading_of(box.text):
            return False
        if (found := dates_in(box.text)) and len(found.without(box.text).strip()) < 3:
            return True
    return False


def is_column_of_dates(side: list[Box], other: list[Box]) -> bool:
    """Say whether the dates of a side stand on the rows of what they date, on the other side."""
    dates = [
        one for one in side if (found := dates_in(one.text)) and len(found.without(one.text).strip()) < 3
    ]
    beside = [one for one in dates if any(abs(one.middle - box.middle) < 0.45 * one.height for box in other)]
    return len(beside) * 2 > len(dates)


def whole_lines(side: list[Box]) -> list[Box]:
    """Return the boxes that stand alone on their row, or first on it."""
    return [row[0] for row in rows_of(side)]


def joined(row: list[Box]) -> str:
    """Write a row: a tab where the gap is wide, a space where there is one."""
    text = row[0].text
    for before, box in pairwise(row):
        gap = (box.left - before.right) / max(before.height, box.height)
        text += ("\t" if gap > WIDE_GAP else " " if gap > NARROW_GAP else "") + box.text
    return text
