"""When and how one works: days, hours, travel, strain; by words, and by the hours of the clock that are told."""

import re
from dataclasses import dataclass
from itertools import pairwise

from visavis.common.wordlists import Gated, either, words_beside
from visavis.vacancies.ads.facts import Found
from visavis.vacancies.ads.text import Text

PATTERNS = {
    code: Gated(either(words)) for code, words in words_beside(__file__, "words.toml")["conditions"].items()
}
# What no code of the catalogue says.
OURS = frozenset(
    {"weekdays_only", "on_call", "odd_hours", "travel_sometimes", "day_contract", "annualised", "long_days"}
)
DENIAL = re.compile(
    r"\b(?:pas|ni|sans|aucun(?:e)?|hors|sauf|no|not|never|jamais|without|repos(?: le)?|ferme(?:e)? le|closed on"
    r"|off on)\b[^.;:\n]{0,18}$"
)
DAYS = {"night", "evening", "saturday", "sunday", "weekdays_only", "early_morning"}
# "Fermé le dimanche", "week-end de repos", "prime de nuit non concernée".
OFF = re.compile(
    r"(?:repos|ferme\w*|libres?|conge\w*|off\b|pas|sans|hors|sauf|ni|jamais|aucun\w*|no|not|closed"
    r"|free)\b(?:[^.;,\n]|, ?(?=(?:le )?(?:lundi|samedi|dimanche)s?\b))"
    r"{0,30}$"
)
OFF_AFTER = re.compile(
    r"[^.,;\n\d]{0,22}(?:non travaille|libres?\b|repos|ferme|\boff\b|chome|non inclus|conserve)"
)
NOT_TIME = re.compile(
    r"bonne nuit|nuit a l'hotel|ce samedi|nuitee|soiree (?:d'|entreprise|festive|annuelle)|portes ouvertes|journee d"
)
CLOCK = r"(\d{1,2}) ?(?:h(?:eures?)?|:)(?: ?(\d{2}))?(?!\d)"
AMPM = r"(\d{1,2})(?::(\d{2}))? ?(am|pm)"
RANGE = re.compile(
    rf"(?<![\d,.]){CLOCK}(?: du matin)? ?(?:-|a|/|au|to|jusqu'a|et|retour|>) ?(?:\w+ )?(?<!\d){CLOCK}"
)
ENGLISH = re.compile(rf"(?<![\d,.]){AMPM} ?(?:-|to|until|and) ?{AMPM}")
WEEKDAY = re.compile(
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|soir|apres[- ]midi|\bou\b|equipe|journee"
)
EARLY, LATE, NIGHT = 7.0, 20.0, 23.5
HOLE = 2.0


@dataclass(frozen=True)
class Times:
    """From when to when one works, hours of the day; after midnight counts on."""

    begin: float
    finish: float
    start: int
    end: int


def conditions_in(text: Text) -> dict[str, Found[str]]:
    """Return the codes that words or hours say, denials left out, each once."""
    found: dict[str, Found[str]] = {}
    for code, pattern in PATTERNS.items():
        for match in pattern.finditer(text.folded):
            if is_said(text, code, match.start(), match.end()):
                found[code] = text.found(code, match.start(), match.end())
                break
    for code, one in by_clock(text).items():
        found.setdefault(code, one)
    if "weekdays_only" in found and {"saturday", "sunday"} & found.keys():
        del found["weekdays_only"]
    if "travel" in found:
        found.pop("travel_sometimes", None)
    return found


def is_said(text: Text, code: str, start: int, end: int) -> bool:
    low, high = text.sentence(start)
    if code == "weekdays_only":
        return True
    if code in DAYS:
        if NOT_TIME.search(text.folded, max(low, start - 12), min(high, end + 20)):
            return False
        near = text.folded[max(low, start - 45) : start]
        return not (OFF.search(near) or OFF_AFTER.match(text.folded, end, high))
    if DENIAL.search(text.folded, max(low, start - 30), start):
        return False
    return not re.match(r" ?(?::|-)? ?(?:non|aucun|jamais|no)\b", text.folded[end:high])


def times_in(text: Text) -> list[Times]:
    """Return the stretches of the day that the text tells: "6h30-16h15", "de 17h30 à 22h", "6am to 2pm"."""
    found = []
    for match in RANGE.finditer(text.folded):
        begin, finish = hour(match[1], match[2]), hour(match[3], match[4])
        found.append((begin, finish, match))
    for match in ENGLISH.finditer(text.folded):
        begin = hour(match[1], match[2]) % 12 + (12 if match[3] == "pm" else 0)
        finish = hour(match[4], match[5]) % 12 + (12 if match[6] == "pm" else 0)
        found.append((begin, finish, match))
    return [
        Times(begin, finish if finish > begin else finish + 24, match.start(), match.end())
        for begin, finish, match in found
        if begin <= 24 and finish <= 24 and 1 <= (finish - begin) % 24 <= 13
    ]


def hour(hours: str, minutes: str | None) -> float:
    return int(hours) + int(minutes or 0) / 60


def by_clock(text: Text) -> dict[str, Found[str]]:
    found: dict[str, Found[str]] = {}
    told = [one for one in times_in(text) if not is_opening(text, one)]
    for one in told:
        for code, is_so in (
            ("early_morning", 2.5 < one.begin < EARLY),
            ("evening", one.finish > LATE and one.begin < 22),
            ("night", one.finish > NIGHT and one.begin >= 16),
        ):
            if is_so:
                found.setdefault(code, text.found(code, one.start, one.end))
    for first, second in pairwise(told):
        between = text.folded[first.end : second.start]
        if second.begin - first.finish > HOLE and len(between) < 18 and not WEEKDAY.search(between):
            found.setdefault("split_shifts", text.found("split_shifts", first.start, second.end))
    return found


def is_opening(text: Text, times: Times) -> bool:
    """Say whether these are the hours of the shop, of calling, or of an event."""
    low, _high = text.sentence(times.start)
    return bool(
        re.search(
            r"ouvert(?:s|e|ure)?\b(?! a)|joignable|appel|contact|rencontr|entretien|forum|salon|evenement"
            r"|telephon|reunion|session",
            text.folded[max(low, times.start - 80) : times.start],
        )
    )
