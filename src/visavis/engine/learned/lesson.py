"""A side's lesson: what to learn from is chosen, and its head checked, on answers given later than those it saw.

Answers are cut by time into five folds. Each way of learning foresees folds two to five from those before.
The way is chosen, and its line found, on folds two to four; fold five only says what that is worth, and sends
the side back to the experts' weights unless the way did surely better. Then the chosen way learns from everything.
"""

from dataclasses import dataclass

import numpy as np
import scipy

from visavis.engine.arrays import BoolArray, FloatArray
from visavis.engine.learned.check import Check, check, losses
from visavis.engine.learned.fit import Answers, Calibration, FitSettings, Fitted, calibration, fit
from visavis.engine.learned.model import FEATURES, HISTORY, Head

FOLDS = 5

EXPERTS = "experts"

WAYS: dict[str, FitSettings] = {
    EXPERTS: FitSettings(reasons=0.0, history=False, spread=1e-3),
    "answers": FitSettings(reasons=0.0, history=False),
    "answers and reasons": FitSettings(history=False),
    "answers and history": FitSettings(reasons=0.0),
    "answers, reasons and history": FitSettings(),
}
"""What is tried, the plainest first. The experts' weights get a rate and one common factor, and stay in proportion."""


@dataclass(frozen=True)
class Lesson:
    """What one side taught."""

    way: str  # one of `WAYS`
    fitted: Fitted  # learned from every answer, and calibrated
    earlier: Head  # the same without the last fold: what `check` is of
    first_held_out: int  # where the last fold begins
    check: Check  # what the chosen way foresaw of the last fold
    experts: Check  # what the experts' foresaw of it
    same_for_all: float  # the log loss, there, of one chance for everybody
    losses: dict[str, float]  # the log loss of each way on the folds it was chosen on

    @property
    def is_worth_it(self) -> bool:
        """Say whether it foresaw the last fold no worse than one chance for everybody."""
        return self.check.log_loss <= self.same_for_all


def learn(answers: Answers, rng: np.random.Generator) -> Lesson:
    """Learn a side from its answers, the oldest first.

    Parameters
    ----------
    answers : Answers
        At least 100: a fold of 20 says little, less says nothing.
    rng : Generator
        For the intervals of the check; weights do not depend on it.

    Raises
    ------
    ValueError
        There are fewer than 100 answers.
    """
    if len(answers) < 100:
        raise ValueError(f"at least 100 answers are needed, got {len(answers)}")
    starts = [len(answers) * fold // FOLDS for fold in range(1, FOLDS)]
    foreseen = {way: ahead(answers, way, starts) for way in ways_for(answers)}
    inner = slice(starts[0], starts[-1])
    before = starts[-1] - starts[0]
    yes = answers.is_yes
    found = {way: loss(odds[:before], yes[inner]) for way, odds in foreseen.items()}
    way = min(found, key=lambda one: found[one])
    lines = {one: calibration(foreseen[one][:before], yes[inner]) for one in (way, EXPERTS)}
    last = slice(starts[-1], None)
    seen = {one: lines[one].of(foreseen[one][before:]) for one in (way, EXPERTS)}
    if not is_surely_better(seen[way], seen[EXPERTS], yes[last]):
        way = EXPERTS
    rate = float(yes[: starts[-1]].mean())
    return Lesson(
        way=way,
        fitted=calibrated(fit(answers, WAYS[way]), calibration(foreseen[way], yes[starts[0] :])),
        earlier=lines[way].on(fit(answers.take(slice(0, starts[-1])), WAYS[way]).head),
        first_held_out=starts[-1],
        check=check(scipy.special.expit(seen[way]), yes[last], rng),
        experts=check(scipy.special.expit(seen[EXPERTS]), yes[last], rng),
        same_for_all=float(losses(np.full(len(yes[last]), min(max(rate, 0.01), 0.99)), yes[last]).mean()),
        losses=found,
    )


def ways_for(answers: Answers) -> list[str]:
    """Return the ways that differ on these answers: without any history, none that reads it."""
    has_history = bool(answers.features[:, FEATURES.index(HISTORY)].any())
    return [way for way, settings in WAYS.items() if has_history or not settings.history]


def ahead(answers: Answers, way: str, starts: list[int]) -> FloatArray:
    """Return log-odds of every answer from the first start on, each fold by a head that saw those before it."""
    ends = [*starts[1:], len(answers)]
    found = [
        fit(answers.take(slice(0, first)), WAYS[way]).head.log_odds(answers.features[first:last])
        for first, last in zip(starts, ends, strict=True)
    ]
    return np.concatenate(found)


def loss(log_odds: FloatArray, is_yes: BoolArray) -> float:
    """Return the mean of −ln of the chance of what happened."""
    return float(losses(scipy.special.expit(log_odds), is_yes).mean())


def is_surely_better(one: FloatArray, other: FloatArray, is_yes: BoolArray) -> bool:
    """Say whether one foresaw better than the other, by more than two standard errors of the difference."""
    difference = losses(scipy.special.expit(other), is_yes) - losses(scipy.special.expit(one), is_yes)
    return bool(difference.mean() > 2 * difference.std() / np.sqrt(len(difference)))


def calibrated(fitted: Fitted, found: Calibration) -> Fitted:
    """Put a head and its intervals on a line."""
    return Fitted(found.on(fitted.head), fitted.low * found.slope, fitted.high * found.slope)
