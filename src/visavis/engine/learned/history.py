"""What history says of a pair, between 0 and 1: that people whose choices were like hers chose this vacancy.

A person or a vacancy without history gets 0, as an unknown fact does, and history only ever adds.
"""

import numpy as np
from scipy import sparse

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.learned.paths import ThroughVacancies, paths, standardised

CLEAR = 3.0
"""Deviations above the mean of a person's own scores from which history says all it can: 1."""

_FLOATS_AT_ONCE = 4_000_000


def history_of(
    applied: sparse.csr_array, people: IntArray, vacancies: IntArray, model: ThroughVacancies | None = None
) -> FloatArray:
    """Return what history says of pairs.

    Parameters
    ----------
    applied : csr_array of float32, shape (N, M)
        Above 0 where somebody applied or was hired, by `paths.as_applied`. It must not hold what the
        pairs themselves led to, when they are learned from.
    people, vacancies : array of int64, shape (n,)
        Rows and columns of `applied`.
    model : ThroughVacancies, optional
        Learned from `applied` by `paths.paths`; learned here when not given.

    Returns
    -------
    array of float64, shape (n,), in [0, 1]

    Examples
    --------
    The second person chose as the first did, once; what she has not seen yet follows.

    >>> from visavis.engine.learned.paths import as_applied
    >>> applied = as_applied(np.array([[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]]))
    >>> history_of(applied, np.array([1, 1, 3]), np.array([1, 3, 1])).round(2).tolist()
    [0.58, 0.0, 0.0]
    """
    found = np.zeros(len(people))
    if not applied.nnz or not len(people):
        return found
    learned = model or paths(applied)
    known = np.diff(applied.tocsc().indptr) > 0
    order = np.argsort(people, kind="stable")
    several, owner = np.unique(people[order], return_inverse=True)
    step = max(1, _FLOATS_AT_ONCE // applied.shape[1])
    for first in range(0, len(several), step):
        low, high = np.searchsorted(owner, [first, first + step])
        scores = standardised(learned.scores(several[first : first + step]), known)
        some = order[low:high]
        found[some] = scores[owner[low:high] - first, vacancies[some]]
    return np.asarray(np.clip(found / CLEAR, 0.0, 1.0), np.float64)
