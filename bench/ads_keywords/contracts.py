"""Contracts as vacancies name them."""

import re

from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_signs

TYPES = {
    "CDI": "permanent", "DIN": "permanent", "CDD": "fixed_term", "DDI": "fixed_term", "DDT": "fixed_term",
    "CDS": "fixed_term", "MIS": "temporary", "TTI": "temporary", "SAI": "seasonal", "FRA": "self_employed",
    "LIB": "self_employed", "REP": "self_employed", "CCE": "self_employed",
}  # fmt: skip
APPRENTICESHIP = re.compile(r"apprenti|professionnalisation|alternance|work[- ]study")
IN_WORDS: list[tuple[str, str]] = [
    (kind, either(words)) for kind, words in words_beside(__file__, "words.toml")["contracts"].items()
]


def contract_of(code: str, nature: str, *, is_work_study: bool) -> str:
    """Return the kind of contract from the feed's codes; nothing when the type is unknown."""
    if is_work_study or APPRENTICESHIP.search(fold_signs(nature)):
        return "apprenticeship"
    return TYPES.get(code, "")


def contract_in(words: str) -> tuple[str, int, int] | None:
    """Return the kind of contract named first in a folded text, and where it stands."""
    found = [
        (match.start(), match.end(), kind)
        for kind, pattern in IN_WORDS
        if (match := re.search(pattern, words))
    ]
    if not found:
        return None
    start, end, kind = min(found)
    return kind, start, end
