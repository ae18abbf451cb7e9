"""Many small draws from one numpy Generator, fast enough for a person at a time.

One call of a Generator costs microseconds; a market needs hundreds of draws a person. Uniform numbers are
therefore taken in blocks, and everything else is made of them, so that a seed always gives the same market.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from statistics import NormalDist

import numpy as np

_BLOCK = 65_536
_NORMAL = NormalDist()


class Choice[T]:
    """Options with their weights, ready to be drawn many times."""

    def __init__(self, weighted: Iterable[tuple[T, float]]) -> None:
        pairs = [(option, weight) for option, weight in weighted if weight > 0]
        if not pairs:
            raise ValueError("nothing to choose from: every weight is 0")
        self.options = [option for option, _ in pairs]
        self._upto = list(accumulate(weight for _, weight in pairs))

    def at(self, uniform: float) -> T:
        """Return the option that a number of [0, 1) falls on."""
        place = bisect_right(self._upto, uniform * self._upto[-1])
        return self.options[min(place, len(self.options) - 1)]


class Dice:
    """Draws one thing at a time from a Generator that is passed in."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._block: list[float] = []

    def uniform(self) -> float:
        """Return a number of [0, 1)."""
        if not self._block:
            self._block = self._rng.random(_BLOCK).tolist()
        return self._block.pop()

    def chance(self, probability: float) -> bool:
        """Say yes that often."""
        return self.uniform() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number, both ends included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick[T](self, options: Sequence[T]) -> T:
        """Return one of the options, all equally likely."""
        return options[int(self.uniform() * len(options))]

    def weighted[T](self, choice: Choice[T]) -> T:
        """Return one of the options of a Choice."""
        return choice.at(self.uniform())

    def some[T](self, options: Iterable[T], probability: float) -> list[T]:
        """Keep each option that often, in their order."""
        return [option for option in options if self.uniform() < probability]

    def sample[T](self, options: Sequence[T], size: int) -> list[T]:
        """Return that many different options, in the order they were drawn."""
        left = list(options)
        return [left.pop(int(self.uniform() * len(left))) for _ in range(min(size, len(left)))]

    def normal(self) -> float:
        """Return a number of mean 0 and deviation 1."""
        return _NORMAL.inv_cdf(min(max(self.uniform(), 1e-9), 1 - 1e-9))

    def lognormal(self, median: float, sigma: float) -> float:
        """Return a positive number of that median."""
        return median * math.exp(sigma * self.normal())
