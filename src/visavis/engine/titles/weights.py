"""What each piece of evidence weighs, as `bench/title_learning.py` learnt it on titles of ESCO and ROME.

Learnt from ESCO 1.0 (European Commission, reuse allowed with its name, Decision 2011/833/EU) and ROME 4.0
(France Travail, Licence Ouverte 2.0); the numbers are all that is kept of them.
"""

from typing import NamedTuple


class Learnt(NamedTuple):
    """Weights of the evidence by name (`title_pairs.NAMES`), and how a sum becomes a certainty."""

    weights: dict[str, float]
    steepness: float
    offset: float


LEXICAL = Learnt(
    {
        "near": 5.131,
        "profile": 3.638,
        "together": -3.152,
        "title_alike": -4.584,
        "label_alike": -10.094,
        "both_alike": 0.838,
        "title_near": -2.719,
        "label_near": 8.607,
        "both_near": 9.321,
        "heads": 2.788,
        "head_in_label": -5.041,
        "head_in_title": -1.063,
        "head_near": 5.408,
        "label_head_near": -1.694,
        "title_unmet": -5.040,
        "label_unmet": -6.388,
        "label_words": -1.037,
        "stems": -4.849,
        "stem_pairs": 0.655,
        "profile_stems": 0.304,
        "profile_pairs": -0.900,
        "rarest_alike": -0.077,
        "rarest_near": 0.813,
        "occupation_alike": -0.657,
        "occupation_near": 6.992,
    },
    steepness=0.413,
    offset=-2.521,
)
WITH_MEANING = Learnt(
    {
        "near": 1.289,
        "profile": 4.000,
        "together": -1.864,
        "title_alike": -2.116,
        "label_alike": -8.370,
        "both_alike": -4.051,
        "title_near": -2.193,
        "label_near": 10.660,
        "both_near": 4.271,
        "heads": 2.302,
        "head_in_label": -5.038,
        "head_in_title": -0.659,
        "head_near": 5.361,
        "label_head_near": -2.065,
        "title_unmet": -3.575,
        "label_unmet": -4.584,
        "label_words": -0.338,
        "stems": -2.691,
        "stem_pairs": 1.232,
        "profile_stems": 0.036,
        "profile_pairs": -1.333,
        "rarest_alike": -0.802,
        "rarest_near": 1.642,
        "occupation_alike": 0.553,
        "occupation_near": 4.443,
        "meaning": 49.849,
    },
    steepness=0.451,
    offset=-22.547,
)
