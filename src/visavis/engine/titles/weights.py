"""What each piece of evidence weighs, as `bench/title_learning.py` learnt it on titles of ESCO and ROME.

Learnt from ESCO 1.0 (European Commission, reuse allowed with its name, Decision 2011/833/EU) and ROME 4.0
(France Travail, Licence Ouverte 2.0); the numbers are all that is kept of them.
"""

import tomllib
from pathlib import Path
from typing import NamedTuple


class Learnt(NamedTuple):
    """Weights of the evidence by name (`title_pairs.NAMES`), and how a sum becomes a certainty."""

    weights: dict[str, float]
    steepness: float
    offset: float


_LEARNT = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
LEXICAL, WITH_MEANING = Learnt(**_LEARNT["lexical"]), Learnt(**_LEARNT["with_meaning"])
