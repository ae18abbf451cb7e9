"""What the columns of a table say of an ad: each is read by the words that stand in it."""

import re
from collections.abc import Mapping

from visavis.folding import fold_signs
from visavis.vacancies.ads import conditions, contract, education, experience, hours, languages, licences, pay
from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Length, Pay, Skill
from visavis.vacancies.ads.text import WISHED, Text
from visavis.vacancies.words.contracts import TYPES
from visavis.vacancies.words.dates import DATE
from visavis.vacancies.words.numbers import number

NOTHING = {"", "-", "non", "no", "aucun", "aucune", "none", "neant", "0", "nc", "n/a"}
PERIODS = {"hour": r"h", "day": r"j|d", "week": r"s|w", "month": r"m", "year": r"an|y"}
MOST_SKILLS = 60


def facts_of(row: Mapping[str, str]) -> Facts:
    """Read one row, its columns named as `feeds.mapping` names them; what cannot be read is not said."""
    kind = contract_of(row)
    worked = hours_of(row)
    asks, months, beginner = experience_of(row)
    return Facts(
        contract=kind,
        length=length_of(row, kind.value if kind else "fixed_term"),
        starts=starts_of(row),
        hours=worked,
        working_time=hours.working_time_in(page(row, "hours")) or hours.working_time_of(worked),
        pay=pay_of(row),
        positions=positions_of(row),
        experience=asks,
        experience_months=months,
        beginner=beginner,
        education=education_of(row),
        licences=licences.licences_in(page(row, "licences", "permis ")),
        languages=languages.languages_in(page(row, "languages", "langues : ")),
        conditions=conditions.conditions_in(page(row, "conditions"))
        | conditions.conditions_in(page(row, "hours")),
        skills=skills_of(row),
    )


def text_of(row: Mapping[str, str], name: str) -> str:
    words = row.get(name, "").strip()
    return "" if fold_signs(words) in NOTHING else words


def page(row: Mapping[str, str], name: str, before: str = "") -> Text:
    """Return a column as a text; `before` says what it is about, as its name did."""
    words = text_of(row, name)
    return Text(before + words if words else "", name)


def said[T](row: Mapping[str, str], name: str, value: T | None) -> Found[T] | None:
    return None if value is None else Found(value, text_of(row, name), name)


def contract_of(row: Mapping[str, str]) -> Found[str] | None:
    words = text_of(row, "contract")
    kind = TYPES.get(words.upper()) or (
        found.value if (found := contract.contract_in(Text(f"en {words}"))) else None
    )
    return said(row, "contract", kind)


def length_of(row: Mapping[str, str], kind: str) -> Found[Length] | None:
    for name in ("length", "contract"):
        words = text_of(row, name)
        months = number(words) if name == "length" else None
        found = Length(months=months) if months else None
        read = contract.length_in(Text(f"contrat de {words}"), kind=kind) if words else None
        if found or read:
            return said(row, name, found or (read.value if read else None))
    return None


def hours_of(row: Mapping[str, str]) -> Found[Hours] | None:
    words = text_of(row, "hours")
    alone = number(words)
    if alone is not None and hours.LEAST <= alone <= hours.MOST:
        return said(row, "hours", Hours(alone, alone))
    text = Text(f"contrat {words}")
    found = hours.hours_in(text) or hours.bare_hours_in(text)
    return said(row, "hours", found.value if found else None)


def starts_of(row: Mapping[str, str]) -> Found[str] | None:
    words = text_of(row, "starts")
    if iso := re.match(r"\d{4}-\d{2}-\d{2}", words):
        return said(row, "starts", iso[0])
    match = DATE.search(fold_signs(words))
    if match and match["y"]:
        year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
        return said(row, "starts", f"{year}-{int(match['m']):02}-{int(match['d']):02}")
    return (
        said(row, "starts", "asap")
        if words and re.search(r"possible|immediat|asap|suite", fold_signs(words))
        else None
    )


def pay_of(row: Mapping[str, str]) -> Found[Pay] | None:
    period = fold_signs(text_of(row, "pay_period"))
    unit = next((name for name, words in PERIODS.items() if re.match(words, period)), "") if period else ""
    low, high = (number(re.sub(r"[^\d.,]", "", text_of(row, name))) for name in ("pay_min", "pay_max"))
    if low or high:
        low, high = low or high or 0.0, high or low or 0.0
        return said(row, "pay_min", Pay(low, high, unit or likely(low, high))) if low <= high else None
    words = text_of(row, "pay")
    alone = number(words.replace("€", "").strip()) if words else None
    if alone:
        return said(row, "pay", Pay(alone, alone, unit or likely(alone, alone)))
    return said(row, "pay", pay.pay_said(f"{words} {period}") if words else None)


def likely(low: float, high: float) -> str:
    """Return the unit in which the amounts can be a pay."""
    return next((unit for unit in ("hour", "month", "year") if pay.can_be(low, high, unit)), "month")


def positions_of(row: Mapping[str, str]) -> Found[int] | None:
    value = number(text_of(row, "positions")) or 0
    return said(row, "positions", int(value) if 1 <= value <= 9999 else None)


def experience_of(
    row: Mapping[str, str],
) -> tuple[Found[str] | None, Found[int] | None, Found[bool] | None]:
    words = row.get("experience", "").strip()
    if not words:
        return None, None, None
    text = Text(f"Expérience : {words}")
    kind, months = experience.experience_in(text)
    beginner = experience.beginner_in(text)
    if beginner or fold_signs(words) in NOTHING:
        return Found("none", words, "experience"), None, Found(True, words, "experience")
    return (
        Found(kind.value, words, "experience") if kind else None,
        Found(months.value, words, "experience") if months else None,
        None,
    )


def education_of(row: Mapping[str, str]) -> Found[Education] | None:
    found = education.education_in(page(row, "education", "diplôme "))
    if not found:
        return None
    wished = bool(WISHED.search(fold_signs(text_of(row, "education"))))
    return said(row, "education", Education(found.value.level, not wished))


def skills_of(row: Mapping[str, str]) -> tuple[Skill, ...]:
    parts = (part.strip() for part in re.split(r"[;\n|•]|, ", text_of(row, "skills")))
    return tuple(Skill(part) for part in dict.fromkeys(parts) if 2 < len(part) <= 250)[:MOST_SKILLS]
