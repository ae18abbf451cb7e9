"""Weekly hours and conditions of work as vacancies say them."""

import re
from dataclasses import dataclass

from visavis.common.wordlists import either, words_beside
from visavis.folding import fold_signs
from visavis.vacancies.words.numbers import number

# Below 35 hours a week, work is part time in France: a vacancy that says no more says at least this.
PART_TIME_MOST = 34.5
MOST_HOURS = 60.0
FULL_TIME_HOURS = 35.0

WEEKLY = re.compile(
    r"(?<![\d:])(\d{1,2})(?:[.,](\d))? ?(?:h(?:eures?|ours?|rs?)?(?![a-z])) ?(\d{2})?(?!\d)"
    r"(?! ?(?:a|-|to) ?\d{1,2} ?h)"
)
PER_WEEK = re.compile(
    r"(?<![\d:])(\d{1,2})(?:[.,](\d))? ?h(?:eures?|ours?|rs?)? ?(\d{2})? ?(?:/|(?:de travail )?par |a |per |de )?"
    r" ?(?:semaine|sem\b|week|hebdo(?:madaires?)?|wk)"
)
PART_TIME = re.compile(r"temps partiel|mi-temps|part[- ]time|half[- ]time|temps non complet")
FULL_TIME = re.compile(r"temps plein|temps complet|full[- ]time")

CONDITIONS = {
    code: either(words) for code, words in words_beside(__file__, "words.toml")["conditions"].items()
}
VAGUE = re.compile(r"horaires decales|horaires irreguliers|horaires variables")


@dataclass(frozen=True)
class Hours:
    """Weekly hours, least and most; None is unknown."""

    low: float | None = None
    high: float | None = None
    is_part_time: bool = False
    note: str = ""


def read_hours(words: str, *, is_part_time: bool = False) -> Hours:
    """Read "35H Travail en journée", "temps partiel - 7H30 Autre", "temps plein"."""
    folded = fold_signs(words)
    is_part_time = is_part_time or bool(PART_TIME.search(folded))
    match = WEEKLY.search(folded)
    if match:
        value = weekly(match[1], match[2], match[3])
        if value is not None and 0 < value <= MOST_HOURS:
            return Hours(value, value, is_part_time or value < 35)
        return Hours(is_part_time=is_part_time, note="hours_out_of_bounds")
    if is_part_time:
        return Hours(None, PART_TIME_MOST, True, "part_time_without_hours")
    if FULL_TIME.search(folded):
        return Hours(FULL_TIME_HOURS, FULL_TIME_HOURS)
    return Hours()


def weekly(hours: str, tenths: str | None, minutes: str | None) -> float | None:
    """Return hours as a number: 7 and 30 minutes is 7.5."""
    value = number(f"{hours}.{tenths}" if tenths else hours)
    if value is None:
        return None
    return round(value + int(minutes or 0) / 60, 1)


def read_conditions(words: str) -> list[str]:
    """Return the codes of catalog.enums.Condition that the words name, denials left out."""
    folded = fold_signs(words)
    return [code for code, pattern in CONDITIONS.items() if any_affirmed(pattern, folded)]


def any_affirmed(pattern: str, folded: str) -> bool:
    """Say whether the words stand somewhere without "no", "neither" or "except" just before."""
    return any(is_affirmed(folded, match.start()) for match in re.finditer(pattern, folded))


DENIAL = re.compile(
    r"\b(?:pas|ni|sans|aucun(?:e)?|hors|sauf|no|not|never|jamais|without|repos(?: le)?|ferme(?:e)? le|closed on"
    r"|off on)\b"
    r"[^.;:\n]{0,18}$"
)


def is_affirmed(folded: str, position: int) -> bool:
    return not DENIAL.search(folded[max(0, position - 30) : position])


def is_vague(words: str) -> bool:
    """Say whether hours are announced as unusual without saying when."""
    return bool(VAGUE.search(fold_signs(words)))
