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
        "near": 3.420,
        "profile": 2.970,
        "together": 0.376,
        "title_alike": -4.757,
        "label_alike": -12.176,
        "both_alike": -2.316,
        "title_near": 3.706,
        "label_near": 5.891,
        "both_near": 14.042,
        "heads": 1.947,
        "head_in_label": -4.633,
        "head_in_title": -1.560,
        "head_near": 4.599,
        "label_head_near": -0.209,
        "title_unmet": -5.737,
        "label_unmet": -9.664,
        "label_words": -2.444,
    },
    steepness=0.493,
    offset=-3.257,
)
WITH_MEANING = Learnt(
    {
        "near": 2.179,
        "profile": 2.694,
        "together": 0.032,
        "title_alike": -4.297,
        "label_alike": -9.315,
        "both_alike": -11.498,
        "title_near": 7.386,
        "label_near": 9.363,
        "both_near": 8.119,
        "heads": 1.414,
        "head_in_label": -2.234,
        "head_in_title": -0.885,
        "head_near": 2.049,
        "label_head_near": -1.388,
        "title_unmet": -3.569,
        "label_unmet": -6.733,
        "label_words": -0.974,
        "meaning": 54.924,
    },
    steepness=0.500,
    offset=-27.308,
)
