"""What a vacancy asks of a person: contract aside, its licences, languages, education and experience."""

import re

from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_signs
from visavis.vacancies.words.numbers import SPELT, number

WORDS = words_beside(__file__, "words.toml")
LICENCES: list[tuple[str, str]] = [(code, either(words)) for code, words in WORDS["licences"].items()]
LANGUAGES: dict[str, str] = {code: either(words) for code, words in WORDS["languages"].items()}
EDUCATION = [(int(level), either(words)) for level, words in WORDS["education"].items()]
LEVELS = [(int(level), either(words)) for level, words in WORDS["spoken"].items()]
LENGTH = re.compile(
    rf"(\d{{1,3}}|{'|'.join(SPELT)}) ?(?:\(\w+\) ?)?"
    r"(an\(s\)|ans?|annees?|mois|years?|months?|jours?(?:\(s\))?|days?|semaines?|weeks?)(?![a-z])"
)
BEGINNER = re.compile(r"debutant|sans experience|no experience|beginners?|aucune experience")
EXPERIENCE = re.compile(r"experience|experimente|debutant|beginner")
MOST_MONTHS = 600


def read_licence(words: str) -> str:
    """Return the licence that the words of one entry name, or nothing."""
    folded = fold_signs(words).strip()
    for code, pattern in LICENCES:
        if re.search(pattern, folded):
            return code
    return "caces_other" if "caces" in folded else ""


def read_language(words: str) -> str:
    """Return the ISO code of a language, or nothing."""
    folded = fold_signs(words)
    for code, pattern in LANGUAGES.items():
        if re.search(rf"\b(?:{pattern})", folded):
            return code
    return ""


def read_education(words: str) -> int | None:
    """Return the level of the French framework that the words name, or None."""
    folded = fold_signs(words)
    for level, pattern in EDUCATION:
        if re.search(pattern, folded):
            return level
    return None


def read_months(words: str) -> int | None:
    """Read a length: "1 An(s)" is 12, "6 Mois" 6, "Débutant accepté" 0; None when no length stands there."""
    folded = fold_signs(words)
    if BEGINNER.search(folded):
        return 0
    match = LENGTH.search(folded)
    if not match:
        return None
    value = number(match[1])
    if value is None:
        return None
    unit = match[2]
    per_month = 12 if unit.startswith(("an", "year")) else 1 if unit.startswith(("mois", "month")) else 0
    if not per_month:
        days = value * (7 if unit.startswith(("semaine", "week")) else 1)
        # "1 jour" is not a month: less than half of one is no length in months.
        return round(days / 30.4) or None
    months = int(value * per_month)
    return months if months <= MOST_MONTHS else None
