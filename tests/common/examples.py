"""How many examples a slow property is tried on: a third in `make test`, all of them in `make faults`."""

from tests.common.at_once import IS_FULL

LEAST = 15


def examples(most: int) -> int:
    """Return how many examples to draw, where a third takes more than 0.7 s of processor."""
    return most if IS_FULL else max(min(most, LEAST), most // 3)
