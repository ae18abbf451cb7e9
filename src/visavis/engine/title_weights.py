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
        "near": 3.825,
        "profile": 2.821,
        "together": 0.357,
        "title_alike": -3.844,
        "label_alike": -11.312,
        "both_alike": -4.756,
        "title_near": 4.654,
        "label_near": 7.967,
        "both_near": 11.225,
        "heads": 2.306,
        "head_in_label": -4.970,
        "head_in_title": -1.411,
        "head_near": 4.985,
        "label_head_near": -0.703,
        "title_unmet": -7.002,
        "label_unmet": -9.368,
        "label_words": -2.353,
    },
    steepness=0.349,
    offset=-1.299,
)
WITH_MEANING = Learnt(
    {
        "near": 2.891,
        "profile": 2.740,
        "together": 0.728,
        "title_alike": -4.495,
        "label_alike": -7.728,
        "both_alike": -12.386,
        "title_near": 8.035,
        "label_near": 9.779,
        "both_near": 5.634,
        "heads": 1.632,
        "head_in_label": -2.903,
        "head_in_title": -0.596,
        "head_near": 2.831,
        "label_head_near": -1.926,
        "title_unmet": -3.892,
        "label_unmet": -6.940,
        "label_words": 0.130,
        "meaning": 55.484,
    },
    steepness=0.390,
    offset=-20.814,
)
