"""What she asked for comes first: in which part of a person's list a pair stands, read from its parts."""

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray
from visavis.engine.score.score import PART_NAMES

type Parts = npt.NDArray[np.floating]
type Tiers = npt.NDArray[np.uint8]

TIERS = ("asked", "near", "discover", "beyond")
ASKED, NEAR, DISCOVER, BEYOND = range(4)
"""The job she asked for (by a wish; where she wished nothing, by work done); close to it; anything else that suits;
farther away than somebody like her usually goes, who did not say how far she goes."""

OCCUPATION, TITLE = PART_NAMES.index("occupation"), PART_NAMES.index("title")


def tiers(parts: Parts) -> Tiers:
    """Tell in which part of the list pairs within reach stand.

    Parameters
    ----------
    parts : array of float, shape (…, P)
        As of `score_parts`: the occupation part alone tells the relation, the title part the similarity.

    Returns
    -------
    array of uint8, shape (…,)
        `ASKED`, `NEAR` or `DISCOVER`.

    Examples
    --------
    >>> parts = np.zeros((3, len(PART_NAMES)))
    >>> parts[:, OCCUPATION] = [2.6, 1.3, -0.4]
    >>> tiers(parts).tolist()
    [0, 1, 2]
    """
    occupation, title = parts[..., OCCUPATION], parts[..., TITLE]
    near = (occupation > 0) | (title >= _of_similarity(w.TITLE_NEAR))
    asked = (occupation >= w.ASKED_LOGIT) | (title >= _of_similarity(w.TITLE_ASKED))
    return np.where(asked, ASKED, np.where(near, NEAR, DISCOVER)).astype(np.uint8)


def leads(occupation: Parts) -> FloatArray:
    """Tell what pairs lead by when the best are retrieved, logits of the shape of their occupation parts."""
    return np.where(occupation >= w.ASKED_LOGIT, w.ASKED_LEAD, 0.0)


def _of_similarity(similarity: float) -> float:
    """What a similarity above the usual is worth in the title part, less one step for its rounding."""
    return w.TITLE_BEST * (similarity - w.TITLE_USUAL) / (1.0 - w.TITLE_USUAL) - w.LOGIT_STEP
