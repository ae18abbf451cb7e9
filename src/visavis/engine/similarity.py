"""How close texts of people stand to titles of vacancies, for many pairs at once."""

import numpy as np
from scipy import sparse

from visavis.engine.arrays import FloatArray, IntArray
from visavis.engine.ragged import expand, slices

_DENSE_CELLS = 20_000_000


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
    code, place = np.unique(text * titles.shape[0] + title, return_inverse=True)
    text, title = np.divmod(code, titles.shape[0]) if len(code) else (code, code)
    values = np.zeros(len(code))
    lengths = np.diff(titles.indptr)[title]
    used, dense_row = np.unique(text, return_inverse=True)
    at_once = max(1, _DENSE_CELLS // max(1, titles.shape[1]))
    for first in range(0, len(used), at_once):
        dense = texts[used[first : first + at_once]].toarray()
        start, stop = np.searchsorted(dense_row, [first, first + at_once])
        for a, b in slices(lengths[start:stop], int(start)):
            values[a:b] = _products(dense, dense_row[a:b] - first, titles, title[a:b])
    return values[place]


def _products(dense: FloatArray, row: IntArray, titles: sparse.csr_array, title: IntArray) -> FloatArray:
    positions, owner = expand(titles.indptr, title)
    weights = titles.data[positions] * dense[row[owner], titles.indices[positions]]
    return np.bincount(owner, weights=weights, minlength=len(row))
