"""What the columns of a table say of an ad: each is read by its words; what is not understood is noted."""

import re
from collections.abc import Mapping

from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Language, Length, Pay, Skill
from visavis.vacancies.ads.fields import TYPES, Note, unheard
from visavis.vacancies.ads.person import education, experience, languages, licences
from visavis.vacancies.ads.terms import conditions, contract, hours, pay
from visavis.vacancies.ads.text import WISHED, Text
from visavis.vacancies.words.dates import DATE
from visavis.vacancies.words.numbers import number

NOTHING = {"", "-", "non", "no", "aucun", "aucune", "none", "neant", "0", "nc", "n/a"}
PERIODS = {"hour": r"h", "day": r"j|d", "week": r"s|w", "month": r"m", "year": r"an|y"}
MOST_SKILLS = 60


def facts_of(row: Mapping[str, str], note: Note = unheard) -> Facts:
    """Read one row, its columns named as `feeds.mapping` names them; what cannot be read is not said."""
    kind = contract_of(row, note)
    worked = hours_of(row)
    asks, months, beginner = experience_of(row, note)
    spoken = hours.working_time_in(page(row, "hours")) or hours.working_time_in(page(row, "contract"))
    time = spoken or hours.working_time_of(worked)
    if text_of(row, "hours") and not (worked or time):
        note("hours", "hours_out_of_bounds", text_of(row, "hours"))
    return Facts(
        contract=kind,
        length=length_of(row, kind.value if kind else "fixed_term"),
        starts=starts_of(row, note),
        hours=worked,
        working_time=time,
        pay=pay_of(row, note),
        positions=positions_of(row, note),
        experience=asks,
        experience_months=months,
        beginner=beginner,
        education=education_of(row, note),
        licences=licences_of(row, note),
        languages=languages_of(row, note),
        conditions=conditions.conditions_in(page(row, "conditions"))
        | conditions.conditions_in(page(row, "hours")),
        skills=skills_of(row),
    )


def text_of(row: Mapping[str, str], name: str) -> str:
    words = row.get(name, "").strip()
    return "" if fold_signs(words) in NOTHING else words


def page(row: Mapping[str, str], name: str) -> Text:
    return Text(text_of(row, name), name)


def said[T](row: Mapping[str, str], name: str, value: T | None) -> Found[T] | None:
    return None if value is None else Found(value, text_of(row, name), name)


def entries(row: Mapping[str, str], name: str) -> list[str]:
    parts = (part.strip() for part in re.split(r"[;,\n|•]", text_of(row, name)))
    return [part for part in dict.fromkeys(parts) if fold_signs(part) not in NOTHING][:MOST_SKILLS]


def contract_of(row: Mapping[str, str], note: Note) -> Found[str] | None:
    words = text_of(row, "contract")
    kind = contract.kind_said(words) or TYPES.get(words.upper()[:3]) if words else None
    if words and not kind and not hours.working_time_in(Text(words)):
        note("contract", "contract_unknown", words)
        kind = "other"
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
    found = hours.hours_in(Text(words)) if words else None
    return said(row, "hours", found.value if found else hours.said(words))


def starts_of(row: Mapping[str, str], note: Note) -> Found[str] | None:
    words = text_of(row, "starts")
    if iso := re.match(r"\d{4}-\d{2}-\d{2}", words):
        return said(row, "starts", iso[0])
    match = DATE.search(re.sub(r"^(\d{1,2})-(\d{1,2})-(\d{4})", r"\1/\2/\3", fold_signs(words)))
    if match and match["y"]:
        year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
        return said(row, "starts", f"{year}-{int(match['m']):02}-{int(match['d']):02}")
    if re.search(r"possible|immediat|asap|suite", fold_signs(words)):
        return said(row, "starts", "asap")
    if words:
        note("starts", "date_out_of_bounds", words)
    return None


def pay_of(row: Mapping[str, str], note: Note) -> Found[Pay] | None:
    period = fold_signs(text_of(row, "pay_period"))
    unit = next((name for name, words in PERIODS.items() if re.match(words, period)), "") if period else ""
    bounds = [number(re.sub(r"[^\d.,]", "", text_of(row, name))) for name in ("pay_min", "pay_max")]
    name = next((name for name in ("pay_min", "pay_max", "pay") if text_of(row, name)), "pay_min")
    alone = number(text_of(row, "pay").replace("€", "").strip())
    if found := pay.of_amounts([one for one in bounds if one] or [alone or 0.0], unit):
        return said(row, name, found)
    words = text_of(row, "pay")
    read = pay.pay_said(f"{words} {period}") if words else None
    if read is None and text_of(row, name):
        note(name, "pay_not_understood", text_of(row, name))
    return said(row, "pay", read)


def positions_of(row: Mapping[str, str], note: Note) -> Found[int] | None:
    words = text_of(row, "positions")
    value = number(words) or 0
    if words and not 1 <= value <= 9999:
        note("positions", "positions_out_of_bounds", words)
    return said(row, "positions", int(value) if 1 <= value <= 9999 else None)


def experience_of(
    row: Mapping[str, str], note: Note
) -> tuple[Found[str] | None, Found[int] | None, Found[bool] | None]:
    words = row.get("experience", "").strip()
    if not words:
        return None, None, None
    text = Text(f"Expérience : {words}")
    kind, months = experience.experience_in(text)
    if (
        fold_signs(words) in NOTHING
        or experience.beginner_in(text)
        or fold_signs(words).startswith("debutant")
    ):
        return Found("none", words, "experience"), None, Found(True, words, "experience")
    if not (kind or months):
        note("experience", "experience_unknown", words)
    return (
        Found(kind.value, words, "experience") if kind else None,
        Found(months.value, words, "experience") if months else None,
        None,
    )


def education_of(row: Mapping[str, str], note: Note) -> Found[Education] | None:
    words = text_of(row, "education")
    level = education.level_of(words) if words else None
    if words and level is None:
        note("education", "education_unknown", words)
    asks = bool(level) and not WISHED.search(fold_signs(words))
    return None if level is None else said(row, "education", Education(level, asks))


def licences_of(row: Mapping[str, str], note: Note) -> dict[str, Found[bool]]:
    found: dict[str, Found[bool]] = {}
    for words in entries(row, "licences"):
        codes = licences.licences_in(Text(words)) or [licences.code_of(words)]
        for code in filter(None, codes):
            found[code] = Found(not WISHED.search(fold_signs(words)), words, "licences")
        if not any(codes):
            note("licences", "licence_unknown", words)
    return found


def languages_of(row: Mapping[str, str], note: Note) -> dict[str, Found[Language]]:
    found: dict[str, Found[Language]] = {}
    for words in entries(row, "languages"):
        if code := languages.code_of(words):
            asks = Language(languages.level_of(words), not WISHED.search(fold_signs(words)))
            found.setdefault(code, Found(asks, words, "languages"))
        else:
            note("languages", "language_unknown", words)
    return found


def skills_of(row: Mapping[str, str]) -> tuple[Skill, ...]:
    return tuple(Skill(part) for part in entries(row, "skills") if 2 < len(part) <= 250)
