"""How well chances foresaw answers that they had not seen: three measures and a table of reliability."""

from dataclasses import dataclass

import numpy as np

from visavis.engine.arrays import BoolArray, FloatArray
from visavis.engine.ideal.traits import wilson
from visavis.engine.learned.model import LEAST_CHANCE

BINS = 10
"""Groups of about the same size, by chance."""


@dataclass(frozen=True)
class Bin:
    """Some answers whose chances were about the same."""

    answers: int
    said: float  # the mean of the chances
    happened: float  # the share of yes
    low: float  # its 95 % interval (Wilson)
    high: float


@dataclass(frozen=True)
class Check:
    """What chances were worth on n answers."""

    answers: int
    log_loss: float  # the mean of −ln of the chance of what happened
    log_loss_error: float  # its standard error
    brier: float  # the mean of the squared difference
    brier_error: float  # its standard error
    # the expected calibration error: the mean over bins of |said − happened|, by their size, with a 95 %
    # interval of resampling; a perfect forecast has one above 0 too, from luck alone
    gap: float
    gap_low: float
    gap_high: float
    gap_by_luck: float  # what a forecast that is right has on so many answers, on average
    order: float  # the chance that a yes was thought likelier than a no (AUC); NaN when all said the same
    bins: tuple[Bin, ...]


def check(chance: FloatArray, is_yes: BoolArray, rng: np.random.Generator, *, rounds: int = 200) -> Check:
    """Check chances, shape (n,), against answers, shape (n,).

    Raises
    ------
    ValueError
        There are fewer answers than bins.

    References
    ----------
    Brier 1950; Naeini, Cooper and Hauskrecht 2015 for the calibration error, with bins of equal size;
    Wilson 1927 for the intervals.

    Examples
    --------
    >>> found = check(np.full(100, 0.5), np.arange(100) % 2 == 0, np.random.default_rng(0))
    >>> round(found.log_loss, 3), found.brier, found.order
    (0.693, 0.25, 0.5)
    """
    if len(chance) < BINS:
        raise ValueError(f"at least {BINS} answers are needed, got {len(chance)}")
    chance = np.clip(chance, LEAST_CHANCE, 1 - LEAST_CHANCE)
    yes = is_yes.astype(np.float64)
    loss = losses(chance, is_yes)
    squared = (chance - yes) ** 2
    root = np.sqrt(len(chance))
    drawn = [rng.integers(0, len(chance), len(chance)) for _ in range(rounds)]
    gaps = [calibration_gap(chance[rows], yes[rows]) for rows in drawn]
    by_luck = [
        calibration_gap(chance, (rng.random(len(chance)) < chance).astype(float)) for _ in range(rounds)
    ]
    return Check(
        answers=len(chance),
        log_loss=float(loss.mean()), log_loss_error=float(loss.std() / root),
        brier=float(squared.mean()), brier_error=float(squared.std() / root),
        gap=calibration_gap(chance, yes),
        gap_low=float(np.quantile(gaps, 0.025)), gap_high=float(np.quantile(gaps, 0.975)),
        gap_by_luck=float(np.mean(by_luck)),
        order=order(chance, is_yes),
        bins=tuple(bins(chance, yes)),
    )  # fmt: skip


def losses(chance: FloatArray, is_yes: BoolArray) -> FloatArray:
    """Return −ln of the chance of what happened, shape (n,)."""
    return np.asarray(-np.log(np.where(is_yes, chance, 1 - chance)), np.float64)


def order(chance: FloatArray, is_yes: BoolArray) -> float:
    """Return the area under the ROC curve; equal chances count half.

    >>> order(np.array([0.1, 0.4, 0.4, 0.9]), np.array([False, True, False, True]))
    0.875
    """
    values, place = np.unique(chance, return_inverse=True)
    yes = np.bincount(place[is_yes], minlength=len(values)).astype(np.float64)
    no = np.bincount(place[~is_yes], minlength=len(values)).astype(np.float64)
    if not yes.sum() or not no.sum():
        return float("nan")
    below = np.concatenate([[0.0], np.cumsum(no)[:-1]])
    return float((yes * (below + no / 2)).sum() / (yes.sum() * no.sum()))


def _cuts(chance: FloatArray) -> list[FloatArray]:
    """Cut rows into bins of about the same size, the lowest chances first."""
    return list(np.array_split(np.argsort(chance, kind="stable"), BINS))


def calibration_gap(chance: FloatArray, yes: FloatArray) -> float:
    """Return Σ over bins of share of answers × |mean chance − share of yes|."""
    sums = [abs(float(chance[rows].sum() - yes[rows].sum())) for rows in _cuts(chance)]
    return sum(sums) / len(chance)


def bins(chance: FloatArray, yes: FloatArray) -> list[Bin]:
    """Return the table of reliability."""
    found = []
    for rows in _cuts(chance):
        share, many = float(yes[rows].mean()), len(rows)
        low, high = wilson(int(yes[rows].sum()), many)
        found.append(Bin(many, float(chance[rows].mean()), share, low, high))
    return found
