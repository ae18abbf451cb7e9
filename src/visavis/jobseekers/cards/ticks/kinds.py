"""What is asked of the process that reads ticks, and what it answers. No Django here."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What is seen in a box."""

    TICKED = "1"
    EMPTY = "0"
    DOUBTFUL = "?"


@dataclass(frozen=True)
class Asked:
    """One page of a sheet: its number (from 1), the places of the printed cards in the edition, and how many it has."""

    page: int
    places: tuple[int, ...]
    cards: int


@dataclass(frozen=True)
class Seen:
    """How a page lies in its picture, and three marks (I like, a little, file) for each place that was asked.

    `lies` is the affine map from millimetres of the sheet to points of the picture: x' = a·x + c·y + e,
    y' = b·x + d·y + f, as (a, b, c, d, e, f).
    """

    lies: tuple[float, ...]
    marks: tuple[tuple[Mark, Mark, Mark], ...]
