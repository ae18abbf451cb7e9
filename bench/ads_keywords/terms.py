"""Contract, hours, pay, start and positions in a pasted text."""

import datetime as dt
import re

from bench.ads_keywords import asked, contracts, dates, hours, pay
from bench.ads_keywords.hours import Hours
from bench.ads_keywords.page import Contract, Found, Page, Pay
from visavis.vacancies.words.numbers import SPELT, number

POSITIONS = re.compile(rf"\b(\d{{1,2}}|{'|'.join(SPELT)}) (?:postes?|positions|personnes|people|openings)\b")
_MANY = "|".join(word for word in SPELT if word not in {"un", "une", "one"})
SEVERAL = re.compile(rf"(?:recrut\w*|recherch\w*|cherch\w*|hiring|looking for|need) (\d{{1,2}}|{_MANY}) ")
STARTS = re.compile(
    r"(?:a partir d[ue']|a compter d[ue']|des le|des|debut\w*(?: du contrat)?|prise de poste|demarrage"
    r"|date d'embauche"
    r"|start(?:ing|s)?(?: date)?|from|as of)\b[^.;\n]{0,30}"
)
AT_ONCE = re.compile(
    r"des que possible|immediate(?:ment|ly)?\b|\basap\b|as soon as possible|tout de suite|de suite\b"
)
NOT_AT_ONCE = re.compile(r"immediate(?:ment)? (?:de|avant|apres)")
MONTH_ONLY = re.compile(rf"\b({dates.NAMED})\b ?(\d{{4}})?")
MONEY = re.compile(r"€|\beuros?\b|\beur\b|\d ?k\b")


def contract_in(page: Page) -> Found[Contract] | None:
    found = contracts.contract_in(page.folded)
    if not found:
        return None
    kind, start, end = found
    if kind == "permanent":
        return Found(Contract(kind), page.words(start, end))
    for length in asked.LENGTH.finditer(page.folded, max(0, start - 14), end + 40):
        near = page.folded[min(end, length.end()) : max(start, length.start())]
        if not re.search(r"[.;\n]|experience|ans? d", near) and not asked.EXPERIENCE.search(
            page.folded[length.end() : length.end() + 16]
        ):
            months = asked.read_months(length[0])
            if months and months <= 60:
                low, high = min(start, length.start()), max(end, length.end())
                return Found(Contract(kind, months), page.words(low, high))
    return Found(Contract(kind), page.words(start, end))


def hours_in(page: Page) -> Found[Hours] | None:
    """Take hours a week: said so, or a bare "35h" that is no time of the day."""
    for match in hours.PER_WEEK.finditer(page.folded):
        value = hours.weekly(match[1], match[2], match[3])
        if value and 1 <= value <= hours.MOST_HOURS:
            return Found(Hours(value, value, value < 35), page.words(match.start(), match.end()))
    for match in hours.WEEKLY.finditer(page.folded):
        before = page.folded[max(0, match.start() - 8) : match.start()]
        value = hours.weekly(match[1], match[2], match[3])
        is_time = re.search(r"(?:\ba|\bde|\bdes|-|\bto|\bfrom|\bet|\bvers|\bentre|jusqu'a|[ap]m) ?$", before)
        if value and 10 <= value <= hours.MOST_HOURS and not is_time:
            return Found(Hours(value, value, value < 35), page.words(match.start(), match.end()))
    for pattern, found in (
        (hours.PART_TIME, Hours(None, hours.PART_TIME_MOST, True)),
        (hours.FULL_TIME, Hours(35.0, 35.0)),
    ):
        if named := pattern.search(page.folded):
            return Found(found, page.words(named.start(), named.end()))
    return None


def pay_in(page: Page) -> Found[Pay] | None:
    """Take the first sentence with money; a period left out is guessed from the amount."""
    week = hours_in(page)
    for start, end in page.sentences:
        sentence = page.folded[start:end]
        if not MONEY.search(sentence) or re.search(r"chiffre d'affaires|capital|turnover", sentence):
            continue
        period = pay.period_of(sentence)
        amounts = [amount for amount in pay.amounts_of(sentence) if amount >= 3]
        if not amounts:
            continue
        if period is None:
            period = "hour" if max(amounts) < 150 else "month" if max(amounts) < 10_000 else "year"
        weekly = week.value.low if week else None
        rates = [
            pay.per_hour(a, period, hours=weekly or pay.FULL_TIME, months=pay.months_of(sentence))
            for a in amounts
        ]
        if all(pay.LEAST_HOUR <= rate <= pay.MOST_HOUR for rate in rates):
            return Found(Pay(round(min(rates), 2), round(max(rates), 2)), page.words(start, end))
    return None


def start_in(page: Page, today: dt.date) -> Found[dt.date] | None:
    for match in STARTS.finditer(page.folded):
        found = dates.date_in(match[0], today=today)
        if found:
            return Found(found[0], page.words(match.start(), match.end()))
        if (month := MONTH_ONLY.search(match[0])) and match[0][: month.start()].strip() not in ("du",):
            return Found(first_of(month, today), page.words(match.start(), match.start() + month.end()))
    now = AT_ONCE.search(page.folded)
    if now and not NOT_AT_ONCE.match(page.folded, now.start()):
        return Found(today, page.words(now.start(), now.end()))
    return None


def first_of(month: "re.Match[str]", today: dt.date) -> dt.date:
    number_of_month = dates.MONTHS[month[1]]
    year = int(month[2]) if month[2] else today.year + (number_of_month < today.month)
    return dt.date(year, number_of_month, 1)


def positions_in(page: Page) -> Found[int] | None:
    for pattern in (POSITIONS, SEVERAL):
        for match in pattern.finditer(page.folded):
            value = int(number(match[1]) or 1)
            if 1 < value <= 99 and not re.match(
                r"(?:ans?|mois|years?|months?|h)\b", page.folded[match.end() :]
            ):
                return Found(value, page.words(match.start(), match.end()))
    return None


def conditions_in(page: Page) -> list[Found[str]]:
    found: dict[str, Found[str]] = {}
    for start, end in page.sentences:
        for code in hours.read_conditions(page.folded[start:end]):
            found.setdefault(code, Found(code, page.words(start, end)))
    return list(found.values())
