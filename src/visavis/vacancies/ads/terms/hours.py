"""Hours a week, and full time or part time."""

import re

from visavis.common.wordlists import Gated
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import FULL_TIME_HOURS, MONTHS_A_YEAR, WEEKS_A_YEAR, Found, Hours
from visavis.vacancies.ads.text import Text

VALUE = r"(?<![\d:.,])(\d{1,3})(?:[.,](\d{1,2}))? ?(?:h(?:eures?|ours?|rs?|\.)?)? ?(\d{2})?"
HOUR = r"(\d{1,3})(?:[.,](\d{1,2}))? ?h(?:eures?|ours?|rs?)?\.? ?(\d{2})?(?![\da-z])"
A_WEEK = r" ?(?:de travail )?(?:/|par|a la|per|a|de|en|-)? ?(?:semaine|sem\b|week|hebdo(?:madaires?)?\b|wk)"
A_MONTH = r" ?(?:de travail )?(?:/|par|per|a|de|en|-)? ?(?:mois\b|mensuel(?:le)?s?|month)"
WEEKLY = Gated(rf"(?:(?:entre|de|from) )?(?:{VALUE} ?(?:a|et|ou|-|/|to) ?)?(?<![\d:.,]){HOUR}{A_WEEK}")
MONTHLY = Gated(rf"(?<![\d:.,]){HOUR}{A_MONTH}")
# Hours a month that have one meaning: nobody works 169 hours a week.
FORFAIT = re.compile(r"(?<![\d:.,])(1[0-9]{2})(?:[.,](\d{1,2}))? ?h(?:eures?|rs?)?\b(?! ?\d)")
BARE = re.compile(rf"(?<![\d:.,]){HOUR}")
TIMES = re.compile(
    r"(?:\ba|\bde|\bdes|-|/|\bto|\bfrom|\bet|\bvers|\bentre|\bjusqu'a|[ap]m|\bavant|\bapres|\bou|\bh) ?$"
)
# "24 à 30h": what stands before hours, if both are too many for a time of the day.
RANGE_BEFORE = re.compile(r"(?<![\d:.,h])(\d{1,2}) ?(?:h(?:eures?)?)? ?(?:a|ou|et|-|/) ?$")
# "80h à 120h/mois", "entre 60 et 90 heures par mois".
RANGE_BEFORE_MONTH = re.compile(
    r"(?<![\d:.,h])(\d{2,3}) ?(?:h(?:eures?|ours?|rs?)?)? ?(?:a|et|ou|to|and|or|-|/) ?$"
)
LATEST = 24
# "Roulement en 12h".
DAY, OF_DAY = 12, re.compile(r"(?:\ben|\bpostes? de|\bjournees? de) ?$")
CLOCK_AFTER = re.compile(r" ?(?:-|a|to|/|et|ou) ?\d{1,2} ?(?:h|:)")
NOT_WEEK = re.compile(
    r"formation|par jour|/ ?jour|a day|journalier|vacation|supp|gardes?\b|pause|repos|rtt\b.{0,8}$|delai|reunion"
)
PART = Gated(r"temps[- ]partiel|mi-temps|part[- ]time|half[- ]time|temps non complet|temps incomplet")
FULL = Gated(r"temps[- ]plein|temps[- ]complet|full[- ]time|plein temps")
EITHER = Gated(
    r"temps (?:plein|complet) ?(?:ou|et|/|,|et/ou|\() ?(?:a )?(?:temps )?partiel|temps partiel ?(?:ou|et|/|,"
    r"|et/ou|\() ?"
    r"(?:a )?(?:temps )?(?:plein|complet)|full[- ](?:time )?(?:or|/|and) part[- ]time|part[- ](?:time )?(?:or|/|and) "
    r"full[- ]time|temps (?:plein|partiel|complet)s? (?:\w+ ){0,2}(?:possible|envisageable|selon vos|negociable)"
    r"|possibilite (?:de travailler )?(?:d'un |de |d'|a )?(?:temps|mi-temps)|evolutif (?:vers|en) (?:un )?temps plein"
)
LEAST, MOST = 1.0, 50.0
MOST_SAID = 60.0


def value_of(hours: str, decimals: str | None, minutes: str | None) -> float:
    # "151h67" is no 67 minutes.
    if minutes and int(minutes) >= 60:
        decimals, minutes = minutes, None
    whole = float(f"{hours}.{decimals}" if decimals else hours)
    return round(whole + int(minutes or 0) / 60, 2)


def hours_in(text: Text) -> Found[Hours] | None:
    """Return hours said to be of a week or of a month; several of a week are the least and the most."""
    found: list[tuple[float, float, int, int]] = []
    for match in WEEKLY.finditer(text.folded):
        high = value_of(match[4], match[5], match[6])
        low = value_of(match[1], match[2], match[3]) if match[1] else high
        # "9h - 36h/semaine": a day's hours and a week's.
        low = high if low < high / 2.5 else low
        if LEAST <= low <= high <= MOST and not NOT_WEEK.search(clause(text, match)):
            found.append((low, high, match.start(), match.end()))
    if found:
        low, high = min(one[0] for one in found), max(one[1] for one in found)
        return text.found(Hours(low, high), found[0][2], found[0][3])
    for pattern in (MONTHLY, FORFAIT):
        for match in pattern.finditer(text.folded):
            month = value_of(match[1], match[2], match[3] if pattern is MONTHLY else None)
            week = round(month * MONTHS_A_YEAR / WEEKS_A_YEAR, 2)
            if month >= 20 and week <= MOST and not NOT_WEEK.search(clause(text, match)):
                least, start = least_of_month(text, match) if pattern is MONTHLY else (None, match.start())
                low = (
                    week
                    if least is None or least >= month
                    else round(least * MONTHS_A_YEAR / WEEKS_A_YEAR, 2)
                )
                return text.found(Hours(whole(low), whole(week)), start, match.end())
    return None


def whole(week: float) -> float:
    return float(round(week)) if abs(week - round(week)) < 0.02 else week


def least_of_month(text: Text, match: "re.Match[str]") -> tuple[float | None, int]:
    """Return the hours a month before those that were read, where a range is told, and where they stand."""
    low = max(0, match.start() - 16)
    other = RANGE_BEFORE_MONTH.search(text.folded[low : match.start()])
    return (float(other[1]), low + other.start()) if other else (None, match.start())


def clause(text: Text, match: "re.Match[str]") -> str:
    return text.clause(match.start(), match.end())


def bare_hours_in(text: Text) -> Found[Hours] | None:
    """Return "35h" that is no time of the day and no length of a day."""
    for match in BARE.finditer(text.folded):
        value = value_of(match[1], match[2], match[3])
        before = text.folded[max(0, match.start() - 10) : match.start()]
        if (other := RANGE_BEFORE.search(before)) is not None:
            low, start = float(other[1]), match.start() - len(before) + other.start()
            if (
                LATEST < value <= MOST
                and value / 2.5 <= low < value
                and not NOT_WEEK.search(clause(text, match))
            ):
                return text.found(Hours(low, value), start, match.end())
            if value <= LATEST:
                continue
        if re.search(r"\d ?h? ?\d* ?[-/] ?$", before) or (value <= DAY and OF_DAY.search(before)):
            continue
        if not 12 <= value <= MOST or (value < 25 and not is_contract(text, match)):
            continue
        if (TIMES.search(before) and not is_contract(text, match)) or CLOCK_AFTER.match(
            text.folded, match.end()
        ):
            continue
        if NOT_WEEK.search(clause(text, match)):
            continue
        return text.found(Hours(value, value), match.start(), match.end())
    return None


def is_contract(text: Text, match: "re.Match[str]") -> bool:
    before = text.folded[max(0, match.start() - 30) : match.start()]
    return bool(
        re.search(r"contrat|\bcd[di]\b|\bcddi\b|temps|duree|base|hebdo|poste (?:a|de)|semaine", before)
    )


def working_time_in(text: Text) -> Found[str] | None:
    """Return `full`, `part`, or `either` where both are offered."""
    if match := EITHER.search(text.folded):
        return text.found("either", match.start(), match.end())
    for kind, pattern in (("part", PART), ("full", FULL)):
        if match := pattern.search(text.folded):
            return text.found(kind, match.start(), match.end())
    return None


def working_time_of(hours: Found[Hours] | None) -> Found[str] | None:
    """Say what hours mean: 35 and more are full time."""
    if hours is None:
        return None
    kind = "full" if hours.value.low >= FULL_TIME_HOURS - 0.1 else "part"
    return Found(kind, hours.words, hours.source, hours.start, hours.end)


def said(words: str) -> Hours | None:
    """Return the hours of a field that tells nothing else: "35H Travail en journée", "temps partiel - 7H30", "35"."""
    folded = fold_signs(words).strip()
    match = re.fullmatch(r"(\d{1,2})(?:[.,](\d{1,2}))?()", folded) or BARE.search(folded)
    value = value_of(match[1], match[2], match[3] or None) if match else 0.0
    return Hours(value, value) if LEAST <= value <= MOST_SAID else None
