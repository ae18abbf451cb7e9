"""Where everything stands on the answer sheet: told once, for who typesets it and for who reads its ticks. No Django.

All lengths are millimetres from the upper left corner of an A4 page. A sheet says by its code which layout it has:
whoever changes a number here gives the layout a new one, and sheets of the old are entered by hand.
"""

from dataclasses import dataclass
from math import ceil

LAYOUT = 1
WIDTH, HEIGHT = 210.0, 297.0
MARGIN, TOP_MARGIN, BOTTOM_MARGIN = 13.0, 13.0, 15.0
# Black squares, by which a scan is laid on the sheet: at the left and the right edge, above, half way, below.
SQUARE = 5.5
SQUARES = tuple((x, y) for x in (8.25, 201.75) for y in (8.25, 148.5, 288.75))
# The code: its left upper corner, and how long its side is.
CODE_AT, CODE = (174.0, 13.0), 22.0
PAGES, COLUMNS_A_PAGE = 2, 2
# Where the tables begin on each page, where their columns begin, how high their head is, how high a row at most.
TABLES_AT, COLUMNS_AT, COLUMN_WIDTH = (54.0, 38.0), (13.0, 108.0), 89.0
HEAD, ROW, ROWS_HEIGHT = 5.0, 6.1, 213.5
# The widths in a table: number, words, and three boxes.
WIDTHS = (7.5, 45.5, 12.0, 12.0, 12.0)
BOX, LINE = 4.2, 0.28


@dataclass(frozen=True)
class Row:
    """A card on the sheet: its page (from 1), the left edge and the middle of its row, and its three boxes' middles."""

    page: int
    left: float
    middle: float

    @property
    def boxes(self) -> tuple[tuple[float, float], ...]:
        """Return the middles of the boxes: I like, a little, file."""
        start = self.left + sum(WIDTHS[:2])
        return tuple((start + width * (place + 0.5), self.middle) for place, width in enumerate(WIDTHS[2:]))


def rows_a_column(cards: int) -> int:
    """Return how many rows a column has, of an edition with so many cards."""
    return ceil(cards / (PAGES * COLUMNS_A_PAGE)) or 1


def row_height(cards: int) -> float:
    """Return how high a row is, of an edition with so many cards."""
    return min(ROW, ROWS_HEIGHT / rows_a_column(cards))


def row(place: int, cards: int) -> Row:
    """Return where a card stands, by its place (from 0) in an edition of so many, whether all are printed or not."""
    a_column = rows_a_column(cards)
    column, down = divmod(place, a_column)
    page, across = divmod(column, COLUMNS_A_PAGE)
    middle = TABLES_AT[page] + HEAD + row_height(cards) * (down + 0.5)
    return Row(page + 1, COLUMNS_AT[across], middle)
