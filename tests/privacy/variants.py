"""Mechanisms that a hurried hand could have written: each leaks more than it says, and an audit must see it."""

from collections.abc import Callable
from itertools import combinations
from math import exp

import numpy as np
from numpy.random import Generator

from tests.privacy.many import drawn
from visavis.privacy.arrays import IntArray
from visavis.privacy.privset import PrivSet

type Mechanism = Callable[[list[int], int, Generator], IntArray]
"""A set of interests and a number of trials in, reports out, a row each."""

K, M = 12, 3


def ours(mechanism: PrivSet) -> Mechanism:
    """The real one, its bytes from a generator so that the test gives the same every time."""

    def draw(own: list[int], trials: int, rng: Generator) -> IntArray:
        return np.array([mechanism.draw(own, rng.bytes) for _trial in range(trials)])

    return draw


def weighted(mechanism: PrivSet, weigh: Callable[[int], float], *, is_padded: bool = True) -> Mechanism:
    """Draw a report with a weight that depends on how many items it has in common with the set."""
    every = np.array(list(combinations(range(mechanism.d), mechanism.s)))

    def draw(own: list[int], trials: int, rng: Generator) -> IntArray:
        items = mechanism.padded(own) if is_padded else own
        weights = np.array([weigh(hits) for hits in np.isin(every, items).sum(1)])
        return every[rng.choice(len(every), size=trials, p=weights / weights.sum())]

    return draw


def once_for_each_item(mechanism: PrivSet) -> Mechanism:
    """Spend ε on every item in common, and not once."""
    return weighted(mechanism, lambda hits: exp(mechanism.epsilon * hits))


def without_padding(mechanism: PrivSet) -> Mechanism:
    """Forget the dummies: the sum of the weights then tells how many interests there are."""
    return weighted(mechanism, lambda hits: exp(mechanism.epsilon) if hits else 1.0, is_padded=False)


def never_missing(mechanism: PrivSet) -> Mechanism:
    """Always name something true among the rest."""
    return weighted(mechanism, lambda hits: float(hits > 0))


def drawn_anew_when_sent_again(mechanism: PrivSet) -> Mechanism:
    """After a lost answer, draw again and not send the same: two reports for the price of one."""

    def draw(own: list[int], trials: int, rng: Generator) -> IntArray:
        padded = np.tile(mechanism.padded(own), (trials, 1))
        return np.hstack([drawn(mechanism, padded, rng), drawn(mechanism, padded, rng)])

    return draw


BROKEN = [once_for_each_item, without_padding, never_missing, drawn_anew_when_sent_again]
