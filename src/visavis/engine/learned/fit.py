"""How a head learns from answers and from the reasons of a no: weights moved from the experts', as far as told.

Two likelihoods share one set of weights. A yes or a no says σ(α + Σ aₚ xₚ). A no with a reason says besides
which part it speaks of: the reason is given with softmax(cᵣ − aₚ₍ᵣ₎ xₚ₍ᵣ₎), so that a part is named the
more the more it weighs against, and reasons that speak of no part have x = 0. Before any answer, weights are the
experts' up to one common factor that is free, and each may move from there by `FitSettings.spread`.
Everything is convex, so there is one best set of weights, and it does not depend on a start.
"""

from dataclasses import dataclass

import numpy as np
import scipy

from visavis.engine.arrays import BoolArray, FloatArray, IntArray
from visavis.engine.learned.model import FEATURES, HISTORY, MOST_WEIGHT, PRIOR_WEIGHT, Head, prior_head

NO_REASON = -1
"""Of an answer without a reason, in `Answers.reason`."""

ASKED, LEAST_ASKED = ("occupation", "title"), PRIOR_WEIGHT / 2
"""What she asked for is never learned away: these parts count at least half of what the experts gave them.

Answers come from pairs that somebody chose: where all are of the work she wants, it seems to say little.
"""

HISTORY_SPREAD = 1.0
"""The deviation of the weight of what history says, around 0: nobody has an opinion of it before any answer."""

_Z = 1.959964


@dataclass(frozen=True)
class Answers:
    """What one side said, the oldest answer first.

    Raises
    ------
    ValueError
        Shapes or values do not fit.
    """

    features: FloatArray  # (n, F): in the order of `learned.FEATURES`
    is_yes: BoolArray  # (n,)
    # (n,): of a no: the place in `FEATURES` of the part it speaks of, `len(FEATURES)` for a reason that
    # speaks of none, `NO_REASON` when none was given. `NO_REASON` for a yes.
    reason: IntArray

    def __post_init__(self) -> None:
        """Check once."""
        n = len(self.features)
        if (
            self.features.shape != (n, len(FEATURES))
            or self.is_yes.shape != (n,)
            or self.reason.shape != (n,)
        ):
            shapes = self.features.shape, self.is_yes.shape, self.reason.shape
            raise ValueError(f"shapes do not fit: {shapes}, expected {len(FEATURES)} features")
        if not np.isfinite(self.features).all():
            raise ValueError("features are finite")
        if n and (self.reason.min() < NO_REASON or self.reason.max() > len(FEATURES)):
            raise ValueError("a reason is a place in FEATURES, one beyond, or NO_REASON")
        if (self.reason[self.is_yes] != NO_REASON).any():
            raise ValueError("a yes has no reason")

    def __len__(self) -> int:
        """Count the answers."""
        return len(self.is_yes)

    def take(self, rows: slice) -> "Answers":
        """Give some of them."""
        return Answers(self.features[rows], self.is_yes[rows], self.reason[rows])


@dataclass(frozen=True)
class FitSettings:
    """How far weights may move."""

    reasons: float = 0.3  # in [0, 1]: how much the reasons of a no count; 0 leaves them out
    history: bool = True  # whether what history says is weighed at all
    # above 0: the deviation of the common factor of the experts' weights, before any answer
    factor: float = 0.5
    spread: float = 0.2  # above 0: the deviation of each weight around that
    rate: float = 2.0  # above 0: the deviation of the intercept around the experts'

    def __post_init__(self) -> None:
        """Check once."""
        if min(self.factor, self.spread, self.rate) <= 0 or not 0 <= self.reasons <= 1:
            raise ValueError(f"deviations are above 0 and reasons count from 0 to 1, seen {self}")


@dataclass(frozen=True)
class Fitted:
    """A head and how sure it is."""

    head: Head
    low: FloatArray  # (F,): ends of 95 % intervals of the weights, at least 0; by Laplace's approximation
    high: FloatArray  # (F,)


class _Posterior:
    """Minus the log of the posterior of (α, a, c), up to a constant; its slope and its curvature."""

    def __init__(self, answers: Answers, settings: FitSettings) -> None:
        self.design = np.hstack([np.ones((len(answers), 1)), answers.features])
        self.is_yes = answers.is_yes.astype(np.float64)
        told = (answers.reason != NO_REASON) & (settings.reasons > 0)
        self.kinds = np.unique(answers.reason[told])
        self.said = np.searchsorted(self.kinds, answers.reason[told])
        parts = np.hstack([answers.features[told], np.zeros((int(told.sum()), 1))])
        self.against = parts[:, self.kinds]
        self.share = settings.reasons
        self.centre, self.precision = self._prior(settings)

    def _prior(self, settings: FitSettings) -> tuple[FloatArray, FloatArray]:
        """Return mean and precision: N(m, spread² I + factor² m mᵀ) for weights, wide for the rest."""
        head, kinds, many = prior_head(), len(self.kinds), len(FEATURES)
        mean, own = head.weights, np.full(many, settings.spread)
        own[FEATURES.index(HISTORY)] = HISTORY_SPREAD
        spread = np.diag(own**2) + settings.factor**2 * np.outer(mean, mean)
        precision = np.zeros((1 + many + kinds, 1 + many + kinds))
        precision[0, 0] = settings.rate**-2
        precision[1 : 1 + many, 1 : 1 + many] = np.linalg.inv(spread)
        precision[range(1 + many, len(precision)), range(1 + many, len(precision))] = 2.0**-2
        return np.concatenate([[head.intercept], mean, np.zeros(kinds)]), precision

    def _named(self, point: FloatArray) -> FloatArray:
        """Return the logits of each kind of reason, shape (nos with a reason, kinds)."""
        many = len(FEATURES)
        weights = np.append(point[1 : 1 + many], 0.0)[self.kinds]
        return np.asarray(point[1 + many :] - weights * self.against, np.float64)

    def value(self, point: FloatArray) -> tuple[float, FloatArray]:
        """Return it with its slope."""
        many = len(FEATURES)
        u = self.design @ point[: 1 + many]
        away = point - self.centre
        pull = self.precision @ away
        total = float(np.logaddexp(0, u).sum() - self.is_yes @ u + away @ pull / 2)
        slope = pull.copy()
        slope[: 1 + many] += self.design.T @ (scipy.special.expit(u) - self.is_yes)
        if len(self.said):
            named = self._named(point)
            rows = np.arange(len(self.said))
            total += self.share * float(
                (scipy.special.logsumexp(named, axis=1) - named[rows, self.said]).sum()
            )
            chance = np.exp(named - scipy.special.logsumexp(named, axis=1, keepdims=True))
            chance[rows, self.said] -= 1
            slope[1 + many :] += self.share * chance.sum(axis=0)
            of_weights = np.append(slope[1 : 1 + many], 0.0)
            of_weights[self.kinds] -= self.share * (chance * self.against).sum(axis=0)
            slope[1 : 1 + many] = of_weights[:-1]
        return total, slope

    def curvature(self, point: FloatArray) -> FloatArray:
        """Return the matrix of second derivatives."""
        many = len(FEATURES)
        chance = scipy.special.expit(self.design @ point[: 1 + many])
        found = self.precision.copy()
        found[: 1 + many, : 1 + many] += (self.design * (chance * (1 - chance))[:, None]).T @ self.design
        if len(self.said):
            named = self._named(point)
            chance = np.exp(named - scipy.special.logsumexp(named, axis=1, keepdims=True))
            # The logits' derivatives: −x in the weight of a reason's part, 1 in its constant.
            ways = np.zeros((len(self.kinds), len(self.said), len(point) + 1))
            for place, kind in enumerate(self.kinds.tolist()):
                at = 1 + kind if kind < many else len(point)
                ways[place, :, at] = -self.against[:, place]
                ways[place, :, 1 + many + place] = 1.0
            mean = np.einsum("nk,knp->np", chance, ways)
            second = np.einsum("nk,knp,knq->pq", chance, ways, ways) - mean.T @ mean
            found += self.share * second[:-1, :-1]
        return found


def fit(answers: Answers, settings: FitSettings | None = None) -> Fitted:
    """Learn a head from answers: the most likely weights of at least 0, and how sure they are.

    Parameters
    ----------
    answers : Answers
        None at all gives the prior.
    settings : FitSettings, optional

    References
    ----------
    MacKay 1992, "The evidence framework applied to classification networks", for the intervals.

    Examples
    --------
    >>> features = np.zeros((400, len(FEATURES)))
    >>> features[:200, 0] = 1.0
    >>> is_yes = np.arange(400) % 4 > np.where(features[:, 0] > 0, 0, 2)
    >>> found = fit(Answers(features, is_yes, np.full(400, NO_REASON)))
    >>> round(found.head.intercept, 1), round(float(found.head.weights[0]), 1)
    (-0.9, 1.8)
    """
    settings = settings or FitSettings()
    posterior = _Posterior(answers, settings)
    many = len(FEATURES)
    bounds: list[tuple[float | None, float | None]] = [(-20.0, 20.0), *[(0.0, MOST_WEIGHT)] * many]
    for part in ASKED:
        bounds[1 + FEATURES.index(part)] = (LEAST_ASKED, MOST_WEIGHT)
    if not settings.history:
        bounds[1 + FEATURES.index(HISTORY)] = (0.0, 0.0)
    bounds += [(None, None)] * len(posterior.kinds)
    found = scipy.optimize.minimize(
        posterior.value, posterior.centre, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 500, "ftol": 1e-12, "gtol": 1e-8},
    )  # fmt: skip
    point = np.asarray(found.x, np.float64)
    deviation = np.sqrt(np.diag(np.linalg.inv(posterior.curvature(point))))[1 : 1 + many]
    weights = point[1 : 1 + many]
    if not settings.history:
        deviation[FEATURES.index(HISTORY)] = 0.0
    low = np.maximum(0.0, weights - _Z * deviation)
    return Fitted(Head(float(point[0]), weights), low, weights + _Z * deviation)


@dataclass(frozen=True)
class Calibration:
    """A straight line through log-odds: slope of at least `LEAST_SLOPE`, so that the order stays."""

    slope: float = 1.0
    shift: float = 0.0

    def of(self, log_odds: FloatArray) -> FloatArray:
        """Put log-odds on the line."""
        return np.asarray(self.slope * log_odds + self.shift, np.float64)

    def on(self, head: Head) -> Head:
        """Put a head on the line: still a sum of parts, and what she asked for still counts."""
        weights = np.minimum(head.weights * self.slope, MOST_WEIGHT)
        asked = [FEATURES.index(part) for part in ASKED]
        weights[asked] = np.maximum(weights[asked], LEAST_ASKED)
        return Head(head.intercept * self.slope + self.shift, weights)


LEAST_SLOPE = 0.05


def calibration(log_odds: FloatArray, is_yes: BoolArray, *, strength: float = 500.0) -> Calibration:
    """Calibrate: the line on which log-odds foresaw answers that they had not seen.

    Parameters
    ----------
    log_odds : array of float64, shape (n,)
        Each by a head that had not seen its answer.
    is_yes : array of bool, shape (n,)
    strength : float
        How firmly the line stays at slope 1, shift 0: a head that was fitted is mostly calibrated, so only
        many answers move it.

    References
    ----------
    Platt 1999, "Probabilistic outputs for support vector machines"; a line keeps a sum of parts a sum of
    parts, which the steps of isotonic regression do not.

    Examples
    --------
    >>> calibration(np.zeros(0), np.zeros(0, np.bool_))
    Calibration(slope=1.0, shift=0.0)
    """
    y = is_yes.astype(np.float64)

    def value(point: FloatArray) -> tuple[float, FloatArray]:
        u = point[0] * log_odds + point[1]
        off, away = scipy.special.expit(u) - y, point - np.array([1.0, 0.0])
        total = float(np.logaddexp(0, u).sum() - y @ u + strength * away @ away / 2)
        return total, np.array([off @ log_odds, off.sum()]) + strength * away

    found = scipy.optimize.minimize(
        value, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=[(LEAST_SLOPE, 5.0), (-20.0, 20.0)],
        options={"ftol": 1e-13, "gtol": 1e-9},
    )  # fmt: skip
    return Calibration(float(found.x[0]), float(found.x[1]))
