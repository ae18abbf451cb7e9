"""How close texts of people stand to titles of vacancies, for many pairs at once."""

from itertools import pairwise

import numpy as np
from scipy import sparse

from visavis.engine.arrays import FloatArray, IntArray


def closest(texts: sparse.csr_array, titles: sparse.csr_array) -> FloatArray:
    """Say how close the closest of some texts is to each title: cosines as `cosines` has them, shape (u,), 0 at least.

    Examples
    --------
    >>> rows = sparse.csr_array(np.array([[1.0, 0.0], [0.6, 0.8]], np.float32))
    >>> closest(rows[:1], rows).round(3).tolist()
    [1.0, 0.6]
    """
    found = np.zeros(titles.shape[0])
    spread = np.zeros(titles.shape[1], np.float32)
    for first, last in pairwise(texts.indptr.tolist()):
        spread[texts.indices[first:last]] = texts.data[first:last]
        np.maximum(found, titles @ spread, out=found)
        spread[texts.indices[first:last]] = 0.0
    return found


def cosines(texts: sparse.csr_array, titles: sparse.csr_array, text: IntArray, title: IntArray) -> FloatArray:
    """Multiply rows of two sparse matrices pair by pair.

    Parameters
    ----------
    texts, titles : csr_array of float32, shapes (t, F) and (u, F)
        Rows of length at most 1.
    text, title : array of int64, shape (n,)
        The row of each on each side.

    Returns
    -------
    array of float64, shape (n,)
        Cosines in [0, 1]; a pair's value depends on its two rows only.

    Examples
    --------
    >>> rows = sparse.csr_array(np.array([[1.0, 0.0], [0.6, 0.8]], np.float32))
    >>> cosines(rows, rows, np.array([0, 1, 1]), np.array([1, 1, 0])).round(3).tolist()
    [0.6, 1.0, 0.6]
    """
    if len(text) == 0:
        return np.zeros(0)
    code, place = np.unique(text * titles.shape[0] + title, return_inverse=True)
    text, title = np.divmod(code, titles.shape[0])
    values = np.zeros(len(code))
    spread = np.zeros(titles.shape[1], np.float32)
    starts = np.flatnonzero(np.diff(text, prepend=-1))
    for start, stop in pairwise([*starts.tolist(), len(text)]):
        of_text = slice(texts.indptr[text[start]], texts.indptr[text[start] + 1])
        spread[texts.indices[of_text]] = texts.data[of_text]
        values[start:stop] = titles[title[start:stop]] @ spread
        spread[texts.indices[of_text]] = 0.0
    return values[place]
