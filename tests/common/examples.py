"""How much of what repeats itself is asked in `make test`; `make faults` asks all of it."""

from collections.abc import Iterable
from typing import Any

import pytest

from tests.common.at_once import IS_FULL

LEAST = 15


def examples(most: int) -> int:
    """Return how many examples to draw, where a third takes more than 0.7 s of processor."""
    return most if IS_FULL else max(min(most, LEAST), most // 3)


def first_of(cases: Iterable[Any]) -> list[Any]:
    """Give the cases of a test, of which all but the first ask anew what the first asks."""
    first, *others = cases
    return [first, *(pytest.param(one, marks=pytest.mark.again) for one in others)]
