"""What she asked for comes first: in which part of a person's list a pair stands, read from its parts."""

import numpy as np
import numpy.typing as npt

from visavis.engine import weights as w
from visavis.engine.arrays import FloatArray
from visavis.engine.score.score import PART_NAMES

type Parts = npt.NDArray[np.floating]
type Tiers = npt.NDArray[np.uint8]

TIERS = ("asked", "same", "near", "discover", "beyond", "slight")
ASKED, SAME, NEAR, DISCOVER, BEYOND, SLIGHT = range(6)
"""The job she asked for, in her words (by a wish; where she wished nothing, by work done); the same occupation under
another title; close to it; anything else that suits; farther away than somebody like her usually goes, who did not say
how far she goes; another kind of work than she asked for, for which no skill, word, work done or interest of hers
speaks."""

OCCUPATION, TITLE = PART_NAMES.index("occupation"), PART_NAMES.index("title")

OF_HER = [
    PART_NAMES.index(name)
    for name in ("title", "skills", "wished_skills", "experience", "interests", "ideal")
]


def _of_similarity(similarity: float) -> float:
    """What a similarity above the usual is worth in the title part, less one step for its rounding."""
    return w.TITLE_BEST * (similarity - w.TITLE_USUAL) / (1.0 - w.TITLE_USUAL) - w.LOGIT_STEP


CLOSE_SAME, CLOSE = _of_similarity(w.TITLE_CLOSE_SAME), _of_similarity(w.TITLE_CLOSE)
"""The title part from which a title is close, in the occupation asked for and in any other."""


def tiers(parts: Parts) -> Tiers:
    """Tell in which part of the list pairs within reach stand.

    Parameters
    ----------
    parts : array of float, shape (…, P)
        As of `score_parts`: the occupation part alone tells the relation, the title part the similarity.

    Returns
    -------
    array of uint8, shape (…,)
        `ASKED`, `SAME`, `NEAR`, `DISCOVER` or `SLIGHT`. A title part of 0 says that there is no text or no title to
        compare: then the occupation alone decides.

    Examples
    --------
    >>> parts = np.zeros((3, len(PART_NAMES)))
    >>> parts[:, OCCUPATION] = [2.6, 1.3, -0.4]
    >>> tiers(parts).tolist()
    [0, 2, 5]
    """
    occupation, title = parts[..., OCCUPATION], parts[..., TITLE]
    same = occupation >= w.ASKED_LOGIT
    close = (title == 0) | (title >= CLOSE_SAME)
    asked = same & close | (title >= CLOSE)
    slight = (occupation < 0) & (parts[..., OF_HER].sum(axis=-1) < w.SPEAKS)
    rest = np.where(same, SAME, np.where(occupation > 0, NEAR, np.where(slight, SLIGHT, DISCOVER)))
    return np.where(asked, ASKED, rest).astype(np.uint8)


def leads(occupation: Parts) -> FloatArray:
    """Tell what pairs lead by when the best are retrieved, logits of the shape of their occupation parts."""
    return np.where(occupation >= w.ASKED_LOGIT, w.ASKED_LEAD, 0.0)
