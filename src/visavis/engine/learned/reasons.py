"""Reasons of the score in two: the same facts, told with what each adds to the learned score."""

from dataclasses import replace

import numpy as np

from visavis.engine.arrays import FloatArray
from visavis.engine.explain.reasons import Reason
from visavis.engine.learned.model import HISTORY, SHARE_NAMES, Learned
from visavis.engine.score.score import PART_NAMES

_GAP = "gap_skill"


def retold(
    heads: Learned, reasons: list[list[Reason]], history: FloatArray | None = None
) -> list[list[Reason]]:
    """Give the reasons of some pairs with the logits of a learned score.

    Parameters
    ----------
    heads : Learned
    reasons : list of list of Reason
        As `reasons.explain` gives them: every part that weighs is there once, with its whole logit.
    history : array of float64, shape (n,), optional
        What history says of each pair.

    Returns
    -------
    list of list of Reason
        In the same order; the logits of a pair add up to its learned score exactly. A part that no longer
        weighs is left out, what history adds comes last of the parts, and a skill lacking says what it would
        add now.

    Examples
    --------
    >>> found = retold(Learned.prior(), [[Reason("base", "base", -2.0), Reason("title", "title_close", 0.5)]])
    >>> [(reason.kind, round(reason.logit, 3)) for reason in found[0]]
    [('base', -2.0), ('title_close', 0.486)]
    """
    parts = np.zeros((len(reasons), len(PART_NAMES)))
    for row, told in zip(parts, reasons, strict=True):
        for reason in told:
            row[PART_NAMES.index(reason.part)] += reason.logit
    found = heads.rescored(parts, history)
    return [
        _one(heads, told, parts[n], dict(zip(SHARE_NAMES, found.shares[n].tolist(), strict=True)))
        for n, told in enumerate(reasons)
    ]


def _one(heads: Learned, told: list[Reason], parts: FloatArray, share: dict[str, float]) -> list[Reason]:
    weighing = [
        replace(reason, logit=share[reason.part])
        for reason in told
        if reason.kind != _GAP and share[reason.part] != 0.0
    ]
    if share[HISTORY] != 0.0:
        weighing.append(Reason(HISTORY, "history_alike", share[HISTORY]))
    return weighing + [_with_gain(heads, reason, parts) for reason in told if reason.kind == _GAP]


def _with_gain(heads: Learned, lacking: Reason, parts: FloatArray) -> Reason:
    """Say what holding a skill would add to the learned score."""
    both = np.vstack([parts, parts])
    both[1, PART_NAMES.index("skills")] += lacking.values["gain"]
    without, held = heads.scores(both).tolist()
    return replace(lacking, values=lacking.values | {"gain": held - without})
