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
        "near": 3.258,
        "profile": 2.859,
        "together": 0.329,
        "title_alike": -4.690,
        "label_alike": -12.782,
        "both_alike": -2.297,
        "title_near": 3.680,
        "label_near": 6.083,
        "both_near": 14.496,
        "heads": 1.963,
        "head_in_label": -4.707,
        "head_in_title": -1.314,
        "head_near": 4.657,
        "label_head_near": -0.452,
        "title_unmet": -5.618,
        "label_unmet": -10.165,
        "label_words": -2.547,
    },
    steepness=0.488,
    offset=-3.137,
)
WITH_MEANING = Learnt(
    {
        "near": 2.698,
        "profile": 2.665,
        "together": 0.074,
        "title_alike": -4.419,
        "label_alike": -9.456,
        "both_alike": -11.978,
        "title_near": 7.358,
        "label_near": 9.452,
        "both_near": 8.259,
        "heads": 1.391,
        "head_in_label": -2.204,
        "head_in_title": -0.765,
        "head_near": 2.065,
        "label_head_near": -1.473,
        "title_unmet": -3.572,
        "label_unmet": -6.490,
        "label_words": -0.985,
        "meaning": 55.199,
    },
    steepness=0.500,
    offset=-27.449,
)
