"""How many examples a property is tried on: a third in `make test`, all of them in `make faults`."""

from tests.common.at_once import IS_FULL

LEAST = 15
# What Hypothesis takes where nothing is said.
USUAL = 100


def examples(most: int = USUAL) -> int:
    """Return how many examples to draw."""
    return most if IS_FULL else max(min(most, LEAST), most // 3)
