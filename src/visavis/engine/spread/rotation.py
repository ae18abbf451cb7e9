"""Slow rotation: near-equal vacancies take turns at the top, day by day, never by a shuffle."""

import numpy as np

from visavis.engine.arrays import FloatArray, IntArray, Integers

TURN_SHARE, TURN_DAYS = 0.02, 14
"""How far a chance may rise or fall, in logarithms, and in how many days it comes back."""


def turn(utility: FloatArray, jobseeker: IntArray, vacancy: IntArray, day: int) -> FloatArray:
    """Turn utilities along a sine of each pair's own phase, by lasting numbers; all shapes (n,).

    Examples
    --------
    >>> one = np.array([1])
    >>> bool(turn(np.array([0.5]), one, one, 3) == turn(np.array([0.5]), one, one, 17))
    True
    """
    phase = phases(jobseeker, vacancy)
    turned: FloatArray = utility + TURN_SHARE * np.sin(2 * np.pi * ((day % TURN_DAYS) / TURN_DAYS + phase))
    return turned


def phases(person: Integers, vacancy: Integers) -> FloatArray:
    """Return a number in [0, 1) for each pair that looks like chance and is always the same (Knuth, 6.4)."""
    mixed = (person.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) ^ (
        vacancy.astype(np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
    )
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(32)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53
