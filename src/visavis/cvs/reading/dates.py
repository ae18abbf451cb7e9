"""Dates as CVs write them, in French and in English: whole, partial, open, or a length of time."""

import re
from dataclasses import dataclass

FIRST_YEAR = 1940
LAST_OF_2000 = 35

MONTHS = {
    1: r"janvier|janv|january|jan",
    2: r"f[ée]vrier|f[ée]vr|f[ée]v|february|feb",
    3: r"mars|march|mar",
    4: r"avril|avr|april|apr",
    5: r"mai|may",
    6: r"juin|june|jun",
    7: r"juillet|juil|july|jul",
    8: r"ao[ûu]t|august|aug",
    9: r"septembre|september|sept|sep",
    10: r"octobre|october|oct",
    11: r"novembre|november|nov",
    12: r"d[ée]cembre|d[ée]c|december|dec",
}
MONTH = "|".join(MONTHS.values())
YEAR = r"(?:19[4-9]\d|20[0-5]\d)"
SEASON = r"[ée]t[ée]|hiver|printemps|automne|summer|winter|spring|autumn|fall"
NOW = (
    r"pr[ée]sent|aujourd['’ ]?hui|(?:[àa] )?ce jour|(?:[àa] )?nos jours|actuel(?:lement)?|maintenant|en cours|"
    r"current(?:ly)?|now|today|ongoing|(?:to )?date"
)
POINT = (
    rf"(?:(?:\d{{1,2}}(?:er|st|nd|rd|th)?\s+)?(?:{MONTH})\b\.?\s*,?\s*(?:de\s+)?['’]?{YEAR}|"
    rf"\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]{YEAR}|{YEAR}-\d{{2}}-\d{{2}}(?:T[\d:.Z+]+)?|{YEAR}-(?:0[1-9]|1[0-2])(?!\d)|"
    rf"(?:0?[1-9]|1[0-2])\s?[/.\-]\s?{YEAR}|(?:{SEASON})\s+{YEAR}|{YEAR})"
)
# A year before its month is one only between two dates: alone, "2010/11" may be a year at school.
YEAR_FIRST = rf"{YEAR}[/.](?:0[1-9]|1[0-2])(?![\d/])"
# So is a year of two figures: "03/22", "sept. 21".
SHORT_YEAR = r"(?:[0-2]\d|3[0-5]|[6-9]\d)"
SHORT = rf"(?:(?:0?[1-9]|1[0-2])\s?[/.]\s?|(?:{MONTH})\b\.?\s*['’]?){SHORT_YEAR}(?![\d/.])"
DASH = (
    r"\s*(?:-+|–|—|−|→|>|/|\bau?\b|\bà\b|\bto\b|\buntil\b|\bjusqu['’](?:à|en|au)|\btill?\b|\bet\b|\band\b)\s*"
)
LEAD = r"(?:\b(?:de|du|d['’]|from|entre|between)\s*)?"
FROM = r"\b(?:depuis|since|from|dès|à partir d[eu]|à compter d[eu]|starting)\s+(?:le\s+|l['’])?"
UNTIL = r"\b(?:jusqu['’](?:en|à|au)|until|up to)\s+"
BARE_MONTH = (
    rf"(?:(?:\d{{1,2}}(?:er)?\s+)?(?:{MONTH})\b\.?|(?:0?[1-9]|1[0-2])(?=\s*[-–—]\s*(?:0?[1-9]|1[0-2])/)|"
    rf"\d{{1,2}}[/.](?:0?[1-9]|1[0-2])(?=\s*(?:[-–—]|au?\b|à)\s*\d{{1,2}}[/.]\d{{1,2}}[/.]{YEAR}))"
)
FLAGS = re.I
BEGIN, FINISH = r"(?<![\d/.])", r"(?![\d])"

RANGE = re.compile(
    rf"{BEGIN}{LEAD}(?P<a>{YEAR_FIRST}|{POINT}){DASH}(?:le\s+)?(?P<b>{YEAR_FIRST}|{POINT}|(?P<now>{NOW})\b){FINISH}",
    FLAGS,
)
SHORT_RANGE = re.compile(rf"{BEGIN}{LEAD}(?P<a>{SHORT}){DASH}(?P<b>{SHORT}|(?P<now>{NOW})\b){FINISH}", FLAGS)
SAME_YEAR = re.compile(rf"{BEGIN}{LEAD}\b(?P<a>{BARE_MONTH}){DASH}(?P<b>{POINT}){FINISH}", FLAGS)
SHORT_YEARS = re.compile(rf"{BEGIN}(?P<a>{YEAR})\s?[-–/]\s?(?P<b>\d{{2}})(?![\d/.\-])", FLAGS)
SINCE = re.compile(rf"{FROM}(?P<a>{POINT}){FINISH}(?:{DASH}(?:{NOW})\b)?", FLAGS)
OPEN = re.compile(
    rf"{BEGIN}(?P<a>{POINT}){FINISH}\s*(?:[-–—→>]\s*(?=$|[\t|:,)])|(?:[-–—→>]\s*)?(?:\.\.\.|…))", FLAGS
)
ENDED = re.compile(rf"{UNTIL}(?P<b>{POINT}){FINISH}", FLAGS)
ONE = re.compile(rf"{BEGIN}(?:\ben\s+|\bin\s+)?(?P<a>{POINT}){FINISH}", FLAGS)
NUMBER = r"\d{1,2}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|one|two|three|four|five|seven|eight|nine|ten"
NUMBERS = {
    word: number
    for words in (
        "un deux trois quatre cinq six sept huit neuf dix",
        "one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(words.split(), 1)
} | {"une": 1}
LENGTH = re.compile(
    rf"\(?\s*(?:[·•]\s*)?(?:pendant\s+|for\s+|durée\s*:?\s*)?\b(?:(?P<years>{NUMBER})\s*(?:ans?|années?|years?|yrs?)\b)?\s*(?:et\s+|and\s+|,\s*)?"
    rf"(?:(?P<months>{NUMBER})\s*(?:mois|months?|mos?)\b)?\s*\)?",
    FLAGS,
)
BROKEN = re.compile(rf"(?:{POINT}{DASH}(?:(?:{MONTH})\b\.?)?|\b(?:{MONTH})\.?)\s*$", FLAGS)
ENDS = re.compile(rf"{POINT}\s*$", FLAGS)
COMPLETES = re.compile(rf"(?P<dash>{DASH})?(?:{POINT}|{NOW})", FLAGS)
LONGEST_MONTHS = 720


@dataclass(frozen=True)
class Dates:
    """When: "2019-03", "2019" or nothing at each end; and where in the text it stands."""

    start: str = ""
    end: str = ""
    is_current: bool = False
    begins: int = 0
    finishes: int = 0

    def without(self, text: str) -> str:
        """Return the text with a bar in the place of these dates."""
        return f"{text[: self.begins]}\t{text[self.finishes :]}"


def point(text: str) -> str:
    """Write one date as "2019-03" or "2019".

    >>> point("15 mars 2019"), point("09/2020"), point("été 2018"), point("2021-05-02"), point("01/02/2015")
    ('2019-03', '2020-09', '2018', '2021-05', '2015-02')
    >>> point("2018/09"), point("03/22"), point("sept. 98")
    ('2018-09', '2022-03', '1998-09')
    """
    if (
        short := re.fullmatch(rf"(?P<month>.*?)(?P<year>{SHORT_YEAR})", text, FLAGS)
        if is_short(text)
        else None
    ):
        century = 20 if int(short["year"]) <= LAST_OF_2000 else 19
        return point(f"{short['month'].rstrip('’')} {century}{short['year']}")
    years = re.findall(YEAR, text)
    if not years:
        return ""
    if iso := re.match(rf"({YEAR})[-/.](\d{{2}})", text):
        year, month = iso[1], int(iso[2])
    else:
        year = years[-1]
        before = text[: text.rindex(year)]
        month = named_month(before) or number_of_month(before)
    return f"{year}-{month:02d}" if 1 <= month <= 12 else year


def is_short(text: str) -> bool:
    """Say whether the year of a date is written with two figures."""
    return re.fullmatch(SHORT, text, FLAGS) is not None


def named_month(text: str) -> int:
    found = re.search(rf"\b({MONTH})\b", text, FLAGS)
    return next((n for n, words in MONTHS.items() if found and re.fullmatch(words, found[1], FLAGS)), 0)


def number_of_month(text: str) -> int:
    numbers = re.findall(r"\d{1,2}", text)
    return int(numbers[-1]) if numbers else 0


def one_date(text: str) -> str:
    """Return the first date in a text, or nothing."""
    found = ONE.search(text)
    return point(found["a"]) if found else ""


def dates_in(text: str) -> Dates | None:
    """Return the dates that a line gives, the surest form first.

    >>> found = dates_in("De mars 2019 à aujourd'hui : serveuse"); found.start, found.end, found.is_current
    ('2019-03', '', True)
    >>> found = dates_in("janv.–juin 2020"); found.start, found.end
    ('2020-01', '2020-06')
    >>> found = dates_in("2016-18 CAP"); found.start, found.end
    ('2016', '2018')
    >>> dates_in("26000 Valence") is None
    True
    """
    if found := RANGE.search(text):
        return between(found)
    if found := SAME_YEAR.search(text):
        end = point(found["b"])
        month = named_month(found["a"]) or number_of_month(found["a"])
        return Dates(f"{end[:4]}-{month:02d}", end, False, *found.span())
    if (found := SHORT_RANGE.search(text)) and (
        found["now"] or in_order(point(found["a"]), point(found["b"]))
    ):
        return between(found)
    if found := SINCE.search(text):
        return Dates(point(found["a"]), "", True, *found.span())
    if (
        (found := SHORT_YEARS.search(text))
        and int(found["b"]) > 12
        and int(found["b"]) >= int(found["a"][2:])
    ):
        return Dates(found["a"], f"{found['a'][:2]}{found['b']}", False, *found.span())
    if found := ENDED.search(text):
        return Dates("", point(found["b"]), False, *found.span())
    if found := OPEN.search(text):
        return Dates(point(found["a"]), "", True, *found.span())
    if found := ONE.search(text):
        return Dates(point(found["a"]), point(found["a"]), False, *found.span())
    return None


def between(found: re.Match[str]) -> Dates:
    """Return a beginning and an end; of a CV that writes the last year first, in their order.

    >>> found = dates_in("2022 - 2019 Chauffeur"); found.start, found.end
    ('2019', '2022')
    >>> found = dates_in("03/22 - 05/23 Vendeuse"); found.start, found.end
    ('2022-03', '2023-05')
    >>> found = dates_in("2015 à nos jours"); found.start, found.is_current
    ('2015', True)
    """
    start, end = point(found["a"]), "" if found["now"] else point(found["b"])
    if end and not in_order(start, end):
        start, end = end, start
    return Dates(start, end, bool(found["now"]), *found.span())


def in_order(start: str, end: str) -> bool:
    """Say whether the dates may be a beginning and an end."""
    return start[:4] <= end[:4] and (len(start) == 4 or len(end) == 4 or start <= end)


def length_in(text: str) -> tuple[int | None, str]:
    """Return the months that a text says something lasted, and the text without these words.

    >>> length_in("Serveuse (2 ans et 3 mois)"), length_in("3 rue des Ans")
    ((27, 'Serveuse'), (None, '3 rue des Ans'))
    """
    for found in LENGTH.finditer(text):
        if found["years"] or found["months"]:
            months = 12 * counted(found["years"]) + counted(found["months"])
            return min(months, LONGEST_MONTHS), f"{text[: found.start()]} {text[found.end() :]}".strip()
    return None, text


def counted(word: str | None) -> int:
    return 0 if not word else int(word) if word.isdigit() else NUMBERS[word.lower()]
