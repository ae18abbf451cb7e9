"""How much a mechanism leaks at least, learnt from its reports alone: it sees inputs and outputs, never the code.

An audit cannot prove that a mechanism is safe: that is the proof's work. It can prove that one is not.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log

import numpy as np
from scipy.special import betaincinv

from visavis.privacy.arrays import BoolArray, FloatArray, IntArray

CLEARLY = 5.0
"""Deviations from which an item counts as commoner under one input: items that tell nothing only blur."""
MOST_HITS = 6
MOST_OUTPUTS = 4096


@dataclass(frozen=True)
class Leak:
    """What the audit found.

    Attributes
    ----------
    at_least : float
        With the confidence asked for, ε is at least this.
    seems : float
        The ratio as it was seen, ln; no bound.
    event : str
        What tells the two inputs apart.
    trials : int
        Reports of each input that the bound rests on: half of those given, the other half chose the event.
    """

    at_least: float
    seems: float
    event: str
    trials: int


@dataclass(frozen=True)
class _Event:
    words: str
    of: Callable[[IntArray], BoolArray]


def audit(first: IntArray, second: IntArray, *, d: int, confidence: float = 0.99) -> Leak:
    """Bound ε from below by telling two inputs apart.

    The first half of the reports chooses, among many events, the one whose chances differ most; the second half
    alone is then counted, so that the choice costs no confidence: Clopper-Pearson's bounds of both chances.

    Parameters
    ----------
    first, second : array of int64, shape (T, w)
        Reports of one input and of another, a row each; items in [0, d), -1 fills shorter rows.
    d : int
        Items that a report may hold.
    confidence : float
        That ε is not below `at_least`, for this pair of inputs.

    Raises
    ------
    ValueError
        When the two do not have the same shape, or there are fewer than four rows.

    References
    ----------
    H. Arcolezi, S. Gambs, "Revealing the true cost of locally differentially private protocols: an auditing
    perspective", PETS 2024. M. Jagielski, J. Ullman, A. Oprea, "Auditing differentially private machine learning",
    NeurIPS 2020, algorithm 1.
    """
    if first.shape != second.shape or first.ndim != 2 or len(first) < 4:
        raise ValueError(f"two arrays (T, w) of one shape, T at least 4, seen {first.shape}, {second.shape}")
    half = len(first) // 2
    one, other = first[:half], second[:half]
    events = _events(one, other, d)
    alpha = 1 - confidence
    tried = [_bounds(event, one, other, alpha) for event in events]
    best = int(np.argmax([max(forward[0], backward[0]) for forward, backward in tried]))
    chosen = tried[best]
    is_forward = chosen[0][0] >= chosen[1][0]
    counted = _bounds(events[best], first[half:], second[half:], alpha)[0 if is_forward else 1]
    words = events[best].words if is_forward else f"{events[best].words}, of the second input"
    return Leak(max(0.0, counted[0]), counted[1], words, len(first) - half)


def _events(first: IntArray, second: IntArray, d: int) -> list[_Event]:
    """List what may tell the inputs apart: hits of items that lean to either side, lengths, whole reports."""
    plus, minus = map(_Counted, _leaning(first, second, d))
    events = [
        _Event(
            f"at least {at_least} of the first's, at most {at_most} of the second's",
            _hits(a, b, at_least, at_most),
        )
        for a, b in ((plus, minus), (minus, plus))
        for at_least in range(MOST_HITS + 1)
        for at_most in range(MOST_HITS + 1)
        if at_least or at_most < MOST_HITS
    ]
    lengths = np.unique(np.concatenate([(first >= 0).sum(1), (second >= 0).sum(1)]))
    events += [_Event(f"{length} items long", _length(int(length))) for length in lengths]
    return events + _whole_reports(first, second, d)


def _leaning(first: IntArray, second: IntArray, d: int) -> tuple[BoolArray, BoolArray]:
    """Return which items are clearly commoner in the first's reports, and which in the second's; shape (d + 1,)."""
    one = np.bincount(first.ravel() + 1, minlength=d + 1)[1:].astype(np.float64)
    other = np.bincount(second.ravel() + 1, minlength=d + 1)[1:].astype(np.float64)
    score = np.append((one - other) / np.sqrt(np.maximum(1.0, one + other)), 0.0)
    return score > CLEARLY, score < -CLEARLY


class _Counted:
    """How many of some items each report holds; a hundred events ask it of the same reports."""

    def __init__(self, items: BoolArray) -> None:
        self._items = items
        self._known: list[tuple[IntArray, IntArray]] = []

    def of(self, rows: IntArray) -> IntArray:
        for known, counts in self._known:
            if known is rows:
                return counts
        counts: IntArray = self._items[rows].sum(1)
        self._known.append((rows, counts))
        return counts


def _hits(plus: _Counted, minus: _Counted, at_least: int, at_most: int) -> Callable[[IntArray], BoolArray]:
    return lambda rows: (plus.of(rows) >= at_least) & (minus.of(rows) <= at_most)


def _length(length: int) -> Callable[[IntArray], BoolArray]:
    return lambda rows: (rows >= 0).sum(1) == length


def _whole_reports(first: IntArray, second: IntArray, d: int) -> list[_Event]:
    """Return the sets of whole reports that lean most to one side, when there are few enough to count each."""
    if (d + 1) ** first.shape[1] > np.iinfo(np.int64).max // 2:
        return []
    keys = np.unique(np.concatenate([_key(first, d), _key(second, d)]))
    if len(keys) > MOST_OUTPUTS:
        return []
    one, other = (
        np.bincount(np.searchsorted(keys, _key(rows, d)), minlength=len(keys)) for rows in (first, second)
    )
    lean: FloatArray = np.log((one + 1.0) / (other + 1.0))
    found = []
    for share in (0.02, 0.1, 0.3):
        for name, ordered in (("first", keys[np.argsort(-lean)]), ("second", keys[np.argsort(lean)])):
            kept = np.sort(ordered[: max(1, int(share * len(keys)))])
            found.append(_Event(f"{share:.0%} of reports leaning to the {name}", _among(kept, d)))
    return found


def _key(rows: IntArray, d: int) -> IntArray:
    """Return one number a report."""
    key = np.zeros(len(rows), dtype=np.int64)
    for column in rows.T:
        key = key * (d + 1) + column + 1
    return key


def _among(kept: IntArray, d: int) -> Callable[[IntArray], BoolArray]:
    return lambda rows: np.isin(_key(rows, d), kept)


def _bounds(
    event: _Event, first: IntArray, second: IntArray, alpha: float
) -> tuple[tuple[float, float], ...]:
    """Return (bound, as seen) of ln P(first)/P(second), and the reverse."""
    one, other, trials = int(event.of(first).sum()), int(event.of(second).sum()), len(first)
    return _ratio(one, other, trials, alpha), _ratio(other, one, trials, alpha)


def _ratio(hits: int, others: int, trials: int, alpha: float) -> tuple[float, float]:
    """Return ln(lower bound of one chance / upper bound of the other), each at α/2, and ln of the ratio seen.

    References
    ----------
    C. Clopper, E. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
    Biometrika 1934.
    """
    if not hits or others == trials:
        return 0.0, 0.0
    low = float(betaincinv(hits, trials - hits + 1, alpha / 2))
    high = float(betaincinv(others + 1, trials - others, 1 - alpha / 2))
    return log(low / high), log(hits / max(others, 1))
