"""The best answers of each row of scores."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

type Floats = NDArray[np.float32]
type Rows = NDArray[np.int32]


class Found(NamedTuple):
    """The best answers of each title, best first; where there are fewer, code -1 and score 0."""

    codes: Rows
    scores: Floats


def best(scores: Floats, top: int) -> Found:
    """Give the columns of the `top` greatest of each row, if above zero; of equals the first column wins.

    >>> best(np.array([[0.0, 0.5, 0.9, 0.5]], np.float32), 3).codes.tolist()
    [[2, 1, 3]]
    """
    count, width = scores.shape
    kept = min(top, width)
    # Twelve decimals below a float32: they only settle the order of equals.
    ordered = np.arange(width) * 1e-12 - scores.astype(np.float64)
    columns = np.argpartition(ordered, kept - 1, axis=1)[:, :kept]
    inner = np.argsort(np.take_along_axis(ordered, columns, axis=1), axis=1)
    columns = np.take_along_axis(columns, inner, axis=1)
    values = np.take_along_axis(scores, columns, axis=1)
    codes = np.full((count, top), -1, np.int32)
    found = np.zeros((count, top), np.float32)
    codes[:, :kept] = np.where(values > 0, columns, -1)
    found[:, :kept] = np.maximum(values, 0)
    return Found(codes, found)
