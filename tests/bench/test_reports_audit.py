"""An audit that lets ours pass, and catches what is broken."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from bench.reports_audit import Leak, audit
from tests.privacy.variants import BROKEN, K, M, Mechanism, ours
from visavis.privacy.arrays import IntArray
from visavis.privacy.privset import PrivSet

MILLION = 1_000_000
# A bound found too high by chance: less than once in a hundred thousand runs.
CONFIDENCE = 1 - 1e-5
FULL, OTHER, ONE = [0, 1, 2], [9, 10, 11], [9]


def leak_of(mechanism: Mechanism, first: list[int], second: list[int], trials: int) -> Leak:
    rng = np.random.default_rng(17)
    rows = [mechanism(own, trials, rng) for own in (first, second)]
    return audit(*rows, d=K + M, confidence=CONFIDENCE)


@cache
def reports(epsilon: int, own: tuple[int, ...]) -> IntArray:
    """Return 40,000 reports of ours."""
    mechanism = PrivSet.best(k=K, m=M, epsilon_thousandths=epsilon)
    return ours(mechanism)(list(own), 40_000, np.random.default_rng([epsilon, *own]))


def leak_of_ours(epsilon: int, first: list[int], second: list[int]) -> float:
    two = reports(epsilon, tuple(first)), reports(epsilon, tuple(second))
    return audit(*two, d=K + M, confidence=CONFIDENCE).at_least


@pytest.mark.parametrize(
    ("epsilon", "first", "second", "least"),
    [(1000, FULL, OTHER, 0), (1000, ONE, [], 0), (500, FULL, OTHER, 0.25), (2000, FULL, OTHER, 1.75)],
)
def test_ours_passes_near_epsilon(epsilon: int, first: list[int], second: list[int], least: float) -> None:
    """Near and below: else the audit would have no teeth."""
    assert least <= leak_of_ours(epsilon, first, second) <= epsilon / 1000


@pytest.mark.again
def test_ours_passes_a_million_trials() -> None:
    """With the operating system's own chance, as on a device."""
    mechanism = PrivSet.best(k=K, m=M, epsilon_thousandths=1000)
    two = [np.array([mechanism.draw(own) for _trial in range(MILLION)]) for own in (FULL, OTHER)]
    assert 0.95 < audit(*two, d=K + M, confidence=CONFIDENCE).at_least <= mechanism.epsilon


@pytest.mark.parametrize("broken", BROKEN, ids=lambda one: one.__name__)
def test_what_is_broken_is_caught(broken: Callable[[PrivSet], Mechanism]) -> None:
    mechanism = PrivSet(K, M, 3, 1000)
    pairs = [(FULL, ONE), (FULL, OTHER)]
    found = (leak_of(broken(mechanism), first, second, MILLION).at_least for first, second in pairs)
    assert any(at_least > mechanism.epsilon for at_least in found)


def test_an_audit_sees_no_leak_of_the_same_input_and_a_report_of_another_length() -> None:
    mechanism = ours(PrivSet.best(k=K, m=M, epsilon_thousandths=1000))
    assert leak_of(mechanism, FULL, FULL, 20_000).at_least < 0.01
    first, second = np.tile([1, -1], (1000, 1)), np.tile([1, 2], (1000, 1))
    assert audit(first, second, d=3).at_least > 4
    with pytest.raises(ValueError, match="one shape"):
        audit(np.zeros((9, 2), dtype=np.int64), np.zeros((8, 2), dtype=np.int64), d=3)
