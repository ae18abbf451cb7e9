"""The score in two: the chance that she wants the work, times the chance that the employer wants her.

Each side has a head: an intercept and a weight of at least 0 for every part of `score.py`, and for what
history says. Before any answer the heads share the experts' weights equally and rank as they do;
`fit.py` moves them. What is unknown is 0 in its part, so it stays neutral in both heads, and no
better fact ever lowers a chance.

The score is the logit of the product, and its parts are what each part adds on the way from where every
pair starts: they sum to the score exactly.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray
from visavis.engine.score.score import PART_NAMES, rounded

HISTORY = "history"
"""The part that says where people with a like history went: see `history.py`."""

FEATURES = (*PART_NAMES[1:], HISTORY)
"""What a head weighs, in the order of its weights: the parts without the base, then history."""

SHARE_NAMES = ("base", *FEATURES)
"""The columns of `Rescored.shares`."""

MOST_WEIGHT = 4.0
"""No weight passes it, so that nothing is ever certain."""

LEAST_CHANCE = 1e-6
"""No chance is said to be nearer to 0 or to 1 than this."""

FARTHEST = 60.0
"""No log-odds go farther from 0: beyond, exponentials in float32 would end."""

PRIOR_INTERCEPT = -float(np.log(np.sqrt(1 + np.exp(-w.BASE)) - 1))
"""The intercept of two equal heads whose product is the experts' base rate: σ(x)² = σ(BASE)."""

PRIOR_WEIGHT = (1 - 1 / (1 + float(np.exp(-w.BASE)))) * (1 + float(np.exp(PRIOR_INTERCEPT))) / 2
"""The weight of a part in both heads with which the score rises at the base as the experts' does.

∂ logit(σ(u) σ(v)) / ∂u = (1 − σ(u)) / (1 − σ(u) σ(v)), twice, is to be 1 / PRIOR_WEIGHT there.
"""

_ROWS_AT_ONCE = 4_096
_NODES, _NODE_WEIGHTS = ((array / 2).astype(np.float32) for array in np.polynomial.legendre.leggauss(8))
_STEPS_A_LOGIT = np.float32(1 / w.LOGIT_STEP)

type Shares = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Head:
    """One side's log-odds of a yes: an intercept and a weight for each of `FEATURES`.

    Both are rounded to `weights.LOGIT_STEP`: with parts that are whole numbers of it, log-odds are exact
    in float64 in whatever order they are added up, for one pair or for a million at once.

    Raises
    ------
    ValueError
        A weight is below 0, above `MOST_WEIGHT` or not finite, or their number is not that of `FEATURES`.
    """

    intercept: float
    weights: FloatArray

    def __post_init__(self) -> None:
        """Check and round once."""
        weights = np.asarray(self.weights, np.float64)
        if weights.shape != (len(FEATURES),) or not ((weights >= 0) & (weights <= MOST_WEIGHT)).all():
            raise ValueError(f"expected {len(FEATURES)} weights of [0, {MOST_WEIGHT:g}], got {weights}")
        if not abs(self.intercept) < 50:
            raise ValueError(f"the intercept is out of reason: {self.intercept}")
        object.__setattr__(self, "weights", rounded(weights))
        object.__setattr__(self, "intercept", float(rounded(np.array([self.intercept]))[0]))

    def log_odds(self, features: FloatArray) -> FloatArray:
        """Return the log-odds of a yes, shape (n,), of features, shape (n, F)."""
        return np.clip(features @ self.weights + self.intercept, -FARTHEST, FARTHEST)

    def as_dict(self) -> dict[str, Any]:
        """Give it as plain data for JSON."""
        return {
            "intercept": self.intercept,
            "weights": dict(zip(FEATURES, self.weights.tolist(), strict=True)),
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "Head":
        """Read it back; a part that was not there then has its weight of before any answer."""
        prior = prior_head()
        known = zip(FEATURES, prior.weights.tolist(), strict=True)
        weights = [float(told["weights"].get(name, weight)) for name, weight in known]
        return cls(float(told["intercept"]), np.array(weights))


def prior_head() -> Head:
    """Return what a side says before any answer: the experts' weights, nothing of history."""
    weights = np.full(len(FEATURES), PRIOR_WEIGHT)
    weights[FEATURES.index(HISTORY)] = 0.0
    return Head(PRIOR_INTERCEPT, weights)


@dataclass(frozen=True)
class Rescored:
    """What two heads say of n pairs."""

    hers: FloatArray  # (n,): the chance that she wants it, in [LEAST_CHANCE, 1 − LEAST_CHANCE]
    theirs: FloatArray  # (n,): the chance that the employer wants her, likewise
    score: FloatArray  # (n,): logit of the product, in whole steps of `weights.LOGIT_STEP`
    # float32, (n, F + 1): logits in the order of `SHARE_NAMES`; in any order they add up to the score exactly
    shares: Shares

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.score)


@dataclass(frozen=True)
class Learned:
    """Both heads.

    Examples
    --------
    Before any answer the order is the experts', and the base keeps its rate.

    >>> heads = Learned.prior()
    >>> parts = np.zeros((2, len(PART_NAMES)))
    >>> parts[:, 0], parts[1, 1] = w.BASE, 2.5
    >>> found = heads.rescored(parts)
    >>> found.score.round(3).tolist(), (found.hers * found.theirs).round(3).tolist()
    ([-2.0, 0.186], [0.119, 0.546])
    >>> [round(float(share), 3) for share in found.shares[1, :2]]
    [-2.0, 2.186]
    """

    hers: Head
    theirs: Head

    @classmethod
    def prior(cls) -> "Learned":
        """Return the heads of before any answer."""
        return cls(prior_head(), prior_head())

    def as_dict(self) -> dict[str, Any]:
        """Give them as plain data for JSON."""
        return {"hers": self.hers.as_dict(), "theirs": self.theirs.as_dict()}

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "Learned":
        """Read them back."""
        return cls(Head.from_dict(told["hers"]), Head.from_dict(told["theirs"]))

    def rescored(self, parts: npt.NDArray[np.floating], history: FloatArray | None = None) -> Rescored:
        """Score pairs anew.

        Parameters
        ----------
        parts : array of float32 or float64, shape (n, P)
            In the order of `PART_NAMES`; the base is not read.
        history : array of float64, shape (n,), optional
            What history says of each pair, in [0, 1]; 0 where there is none.

        Raises
        ------
        ValueError
            The shapes do not fit.
        """
        chances, score = np.empty((2, len(parts))), np.empty(len(parts))
        shares = np.empty((len(parts), len(SHARE_NAMES)), np.float32)
        for some, features, (u, v) in self._log_odds(parts, history):
            e_u, e_v = np.exp(u), np.exp(v)
            chances[0, some], chances[1, some] = e_u / (1 + e_u), e_v / (1 + e_v)
            score[some] = _of_both(u, v, e_u, e_v)
            self._share(features, (u, v), score[some], shares[some])
        np.clip(chances, LEAST_CHANCE, 1 - LEAST_CHANCE, out=chances)
        return Rescored(chances[0], chances[1], score, shares)

    def scores(self, parts: npt.NDArray[np.floating], history: FloatArray | None = None) -> FloatArray:
        """Return the scores that `rescored` gives, shape (n,), without what only reasons need."""
        score = np.empty(len(parts))
        for some, _features, (u, v) in self._log_odds(parts, history):
            score[some] = _of_both(u, v, np.exp(u), np.exp(v))
        return score

    def _log_odds(
        self, parts: npt.NDArray[np.floating], history: FloatArray | None
    ) -> Iterator[tuple[slice, FloatArray, tuple[FloatArray, FloatArray]]]:
        """Give, some rows at once, what heads weigh and what each makes of it."""
        if parts.ndim != 2 or parts.shape[1] != len(PART_NAMES):
            raise ValueError(f"expected parts of shape (n, {len(PART_NAMES)}), got {parts.shape}")
        if history is not None and history.shape != (len(parts),):
            raise ValueError(f"expected history of shape ({len(parts)},), got {history.shape}")
        for start in range(0, len(parts), _ROWS_AT_ONCE):
            some = slice(start, start + _ROWS_AT_ONCE)
            features = features_of(parts[some], None if history is None else history[some])
            yield some, features, (self.hers.log_odds(features), self.theirs.log_odds(features))

    def _share(
        self, features: FloatArray, ends: tuple[FloatArray, FloatArray], score: FloatArray, shares: Shares
    ) -> None:
        """Write what each part adds: its features by its weights by the mean slopes on the way."""
        slopes = mean_slopes((self.hers.intercept, self.theirs.intercept), ends)
        small = features.astype(np.float32)
        own = shares[:, 1:]
        np.multiply(slopes[0][:, None], self.hers.weights.astype(np.float32), out=own)
        own += slopes[1][:, None] * self.theirs.weights.astype(np.float32)
        own *= small * _STEPS_A_LOGIT
        np.rint(own, out=own)
        own /= _STEPS_A_LOGIT
        shares[:, 0] = score - own.sum(axis=1, dtype=np.float64)


def _of_both(u: FloatArray, v: FloatArray, e_u: FloatArray, e_v: FloatArray) -> FloatArray:
    """Return the logit of σ(u) σ(v), in whole steps."""
    return rounded(u + v - np.log1p(e_u + e_v))


def features_of(parts: npt.NDArray[np.floating], history: FloatArray | None = None) -> FloatArray:
    """Return what heads weigh, shape (n, F), of parts, shape (n, P), and history, shape (n,)."""
    features = np.empty((len(parts), len(FEATURES)))
    features[:, :-1] = parts[:, 1:]
    features[:, -1] = 0.0 if history is None else rounded(history)
    return features


def mean_slopes(start: tuple[float, float], ends: tuple[FloatArray, FloatArray]) -> tuple[Shares, Shares]:
    """Return the means of the slopes of logit(σ(u) σ(v)) in u and in v on the straight way from `start` to each end.

    ∂/∂u (u + v − ln(1 + eᵘ + eᵛ)) = 1 − eᵘ / (1 + eᵘ + eᵛ). By them a sum of effects in u and v is shared
    out so that the shares make the whole difference (Aumann and Shapley 1974, "Values of non-atomic
    games", §3); the integral by eight points of Gauss and Legendre: within 0.001 where an end is at most 12 away.

    Returns
    -------
    two arrays of float32, shape (n,), in [0, 1]
    """
    first, last = [], []
    for begin, end in zip(start, ends, strict=True):
        first.append(np.float32(begin))
        last.append((end - begin).astype(np.float32))
    of_u, of_v = np.ones_like(last[0]), np.ones_like(last[1])
    for node, weight in zip(_NODES, _NODE_WEIGHTS, strict=True):
        along = node + np.float32(0.5)
        e_u, e_v = np.exp(first[0] + along * last[0]), np.exp(first[1] + along * last[1])
        share = weight / (1 + e_u + e_v)
        of_u -= e_u * share
        of_v -= e_v * share
    return of_u, of_v
