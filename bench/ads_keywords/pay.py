"""Pay as vacancies say it, turned into gross euros per hour."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from visavis.folding import fold_signs
from visavis.vacancies.words.numbers import NUMBER, number

FULL_TIME = 35.0
# An apprentice of sixteen earns about a quarter of the lowest pay; nobody hires by the hour above this.
LEAST_HOUR, MOST_HOUR = 3.0, 150.0
# What a pay "per month" of forty thousand, or of twelve, really was.
OTHER_PERIODS = {
    "month": ("year", "hour"), "year": ("month", "hour"), "hour": ("month", "year"),
    "day": ("hour", "month", "year"), "week": ("month", "hour", "year"),
}  # fmt: skip

PERIODS = {
    "hour": r"horaires?\b|par heure|de l'heure|l'heure|/ ?h(?:eure|our)?\b|an hour|per hour|hourly|€ ?h\b|euros? ?h\b",
    "month": r"mensuel(?:le)?s?\b|par mois|/ ?mois|/ ?month|per month|a month|monthly",
    "year": r"annuel(?:le)?s?\b|par an\b|/ ?an\b|per year|a year|per annum|/ ?year|yearly|annual(?:ly)?|k ?€|k ?euros?",
}
AMOUNT = re.compile(rf"(?<![\w.,])(£|€)? ?({NUMBER}) ?(k\b|k(?=€|euro))? ?(€|euros?|eur\b)?")
MONTHS = re.compile(
    r"sur (\d{1,2}(?:\.\d+)?) ?mois|(\d{2}) ?(?:mois de salaire|months)|(1[2-6])(?:e|eme) mois|x ?(1[2-6])\b"
)


@dataclass(frozen=True)
class Pay:
    """Gross euros per hour; `note` is a code of feeds.reasons when something was guessed or left out."""

    low: float | None = None
    high: float | None = None
    note: str = ""


def per_hour(amount: float, period: str, *, hours: float = FULL_TIME, months: float = 12) -> float:
    """Turn a gross amount into euros per hour: a month at full time is 151.67 hours, a year 1,820."""
    if period == "hour":
        return amount
    if period == "day":
        return amount / (FULL_TIME / 5)
    if period == "week":
        return amount / hours
    if period == "month":
        return amount * months / (hours * 52)
    return amount / (hours * 52)


def read_pay(words: str, *, hours: float | None, is_part_time: bool) -> Pay:
    """Read "Mensuel de 2000.0 Euros à 2500.0 Euros sur 12.0 mois" and what people write instead of it."""
    folded = fold_signs(words)
    period = period_of(folded)
    amounts = amounts_of(folded)
    if not amounts or period is None:
        return Pay(note="pay_not_understood" if folded.strip() else "")
    return read_amounts(amounts, period, hours=hours, is_part_time=is_part_time, months=months_of(folded))


def read_amounts(
    amounts: Sequence[float], period: str, *, hours: float | None, is_part_time: bool, months: float = 12
) -> Pay:
    """Turn the lowest and the highest amount of a period into euros per hour, if they can be a pay at all."""
    if period not in {"hour", "day"} and is_part_time and hours is None:
        return Pay(note="pay_needs_hours")
    low, high = min(amounts), max(amounts)
    for tried in (period, *OTHER_PERIODS[period]):
        found = [per_hour(a, tried, hours=hours or FULL_TIME, months=months) for a in (low, high)]
        if all(LEAST_HOUR <= value <= MOST_HOUR for value in found):
            note = "" if tried == period else f"pay_read_per_{tried}"
            return Pay(round(found[0], 2), round(found[1], 2), note)
    return Pay(note="pay_out_of_bounds")


def period_of(folded: str) -> str | None:
    """Return the period named first."""
    found = [(match.start(), name) for name, words in PERIODS.items() if (match := re.search(words, folded))]
    return min(found)[1] if found else None


def amounts_of(folded: str) -> list[float]:
    """Return the one or two amounts: those beside a euro sign, else those after "de", "a" or a dash."""
    without_months = MONTHS.sub(" ", folded)
    found = []
    for before, digits, thousands, after in AMOUNT.findall(without_months):
        value = number(digits)
        if value:
            found.append(
                (value * 1000 if thousands else value, bool(before or after or thousands), bool(thousands))
            )
    if found and found[-1][2]:
        # "30-35 k€": the k holds for both.
        found = [(v * 1000 if not k and v < 1000 else v, money, k) for v, money, k in found]
    if any(money for _v, money, _k in found):
        last = max(i for i, (_v, money, _k) in enumerate(found) if money)
        first = min(i for i, (_v, money, _k) in enumerate(found) if money)
        if first == last and last > 0 and re.search(r"\d ?(?:-|a|et|to|and) ?\d", without_months):
            first -= 1
        found = found[first : last + 1]
    return [value for value, _money, _k in found][:2]


def months_of(folded: str) -> float:
    """Return over how many months a year is paid: twelve unless said."""
    for match in MONTHS.finditer(folded):
        value = float(next(group for group in match.groups() if group))
        if 12 < value <= 16:
            return value
    return 12
