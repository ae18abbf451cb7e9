"""What the structured fields of France Travail's records say of an ad; what cannot be understood is noted."""

import re
from collections.abc import Callable
from typing import Any

from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Language, Length, Pay, Skill
from visavis.vacancies.ads.person import education, experience, languages, licences
from visavis.vacancies.ads.terms import conditions, contract, hours, pay
from visavis.vacancies.ads.text import WISHED, Text
from visavis.vacancies.words.text import clean

type Note = Callable[[str, str, Any], object]
"""Told the field, a code of feeds.reasons and the words that were not understood."""

TYPES = {
    "CDI": "permanent", "DIN": "permanent", "CDD": "fixed_term", "DDI": "fixed_term", "DDT": "fixed_term",
    "CDS": "fixed_term", "MIS": "temporary", "TTI": "temporary", "SAI": "seasonal", "FRA": "self_employed",
    "LIB": "self_employed", "REP": "self_employed", "CCE": "self_employed",
}  # fmt: skip
EXPERIENCE = {"D": "none", "S": "wished", "E": "required"}
TRAVEL = {"2": "travel_sometimes", "3": "travel", "4": "travel"}
MOST_POSITIONS = 9999


def unheard(_field: str, _reason: str, _words: Any) -> None:
    """Note nothing."""


def facts_of(record: dict[str, Any], note: Note = unheard) -> Facts:
    """Read the fields of one record; never raises, whatever stands in it."""
    kind = contract_of(record, note)
    worked, time = hours_of(record, note)
    return Facts(
        contract=kind,
        length=length_of(record, kind.value if kind else ""),
        hours=worked,
        working_time=time,
        pay=pay_of(record, note),
        positions=positions_of(record, note),
        experience=experience_of(record, note),
        experience_months=months_of(record),
        beginner=beginner_of(record),
        education=education_of(record, note),
        licences=licences_of(record, note),
        languages=languages_of(record, note),
        conditions=conditions_of(record),
        skills=skills_of(record),
    )


def text_of(record: dict[str, Any], name: str) -> str:
    return clean(record.get(name), 400)


def inside(record: dict[str, Any], name: str) -> dict[str, Any]:
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def entries(record: dict[str, Any], name: str) -> list[tuple[str, bool, str]]:
    """Give the label of each entry of a list, whether it is required, and its code."""
    value = record.get(name)
    return [
        (clean(one.get("libelle") or one.get("niveauLibelle"), 250), clean(one.get("exigence")) == "E",
         clean(one.get("code"), 80))
        for one in (value if isinstance(value, list) else [])
        if isinstance(one, dict)
    ]  # fmt: skip


def contract_of(record: dict[str, Any], note: Note) -> Found[str] | None:
    code, nature = text_of(record, "typeContrat").upper(), text_of(record, "natureContrat")
    label = text_of(record, "typeContratLibelle") or code
    if record.get("alternance") is True or contract.APPRENTICESHIP.search(fold_signs(nature)):
        return Found("apprenticeship", nature or label, "typeContrat")
    if code and code not in TYPES:
        note("typeContrat", "contract_unknown", code)
    return Found(TYPES.get(code, "other"), label, "typeContrat") if code else None


def length_of(record: dict[str, Any], kind: str) -> Found[Length] | None:
    words = text_of(record, "typeContratLibelle")
    match = contract.LENGTH.search(fold_signs(words.partition(" - ")[2]))
    length = contract.length_of(match) if match and kind not in {"permanent", ""} else None
    return Found(length, words, "typeContratLibelle") if length else None


def hours_of(record: dict[str, Any], note: Note) -> tuple[Found[Hours] | None, Found[str] | None]:
    words = text_of(record, "dureeTravailLibelle")
    value = hours.said(words)
    worked = Found(value, words, "dureeTravailLibelle") if value else None
    for name, more in (
        ("complementExercice", text_of(record, "complementExercice")),
        ("contexteTravail", schedules(record)),
    ):
        if worked is None and more and (bare := hours.bare_hours_in(Text(f"contrat {more}"))):
            worked = Found(bare.value, more, name)
    said = text_of(record, "dureeTravailLibelleConverti")
    if worked is None and re.search(r"\d{2,} ?[hH]", words):
        note("dureeTravailLibelle", "hours_out_of_bounds", words)
    time = hours.working_time_in(Text(words)) or hours.working_time_in(Text(said))
    if worked is None and time and time.value == "part":
        note("dureeTravailLibelle", "part_time_without_hours", words or said)
    if time:
        return worked, Found(time.value, said or words, "dureeTravailLibelleConverti")
    return worked, hours.working_time_of(worked)


def schedules(record: dict[str, Any]) -> str:
    context = inside(record, "contexteTravail")
    lists = [context.get("horaires"), context.get("conditionsExercice")]
    return "\n".join(clean(word, 300) for found in lists if isinstance(found, list) for word in found[:10])


def pay_of(record: dict[str, Any], note: Note) -> Found[Pay] | None:
    for name in ("libelle", "commentaire"):
        words = clean(inside(record, "salaire").get(name), 400)
        found = pay.pay_said(words)
        if found and (name == "libelle" or not pay.NO_PAY.search(fold_signs(words))):
            if not re.search(pay.UNITS[found.unit], fold_signs(words)):
                note("salaire", f"pay_read_per_{found.unit}", words)
            return Found(found, words, "salaire")
        if words and name == "libelle":
            note("salaire", "pay_not_understood", words)
    return None


def positions_of(record: dict[str, Any], note: Note) -> Found[int] | None:
    given = record.get("nombrePostes")
    if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= MOST_POSITIONS:
        return Found(given, str(given), "nombrePostes")
    if given is not None:
        note("nombrePostes", "positions_out_of_bounds", given)
    return None


def experience_of(record: dict[str, Any], note: Note) -> Found[str] | None:
    code = text_of(record, "experienceExige").upper()
    words = text_of(record, "experienceLibelle") or code
    folded = fold_signs(words)
    if (
        code == "D"
        and experience.WORD.search(folded.replace("exp ", "experience "))
        and WISHED.search(folded)
    ):
        return Found("wished", words, "experienceLibelle")
    if code and code not in EXPERIENCE:
        note("experienceExige", "experience_unknown", code)
    return Found(EXPERIENCE[code], words, "experienceExige") if code in EXPERIENCE else None


def months_of(record: dict[str, Any]) -> Found[int] | None:
    words = text_of(record, "experienceLibelle")
    match = experience.LENGTH.search(fold_signs(words.partition(" - ")[0]))
    months = experience.months_of(match) if match else None
    return Found(months, words, "experienceLibelle") if months else None


def beginner_of(record: dict[str, Any]) -> Found[bool] | None:
    is_so = text_of(record, "experienceExige").upper() == "D"
    return Found(True, text_of(record, "experienceLibelle") or "D", "experienceExige") if is_so else None


def education_of(record: dict[str, Any], note: Note) -> Found[Education] | None:
    """Take the lowest of the levels required, else of those wished: several diplomas are ways in."""
    found: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
    for words, is_required, _code in entries(record, "formations"):
        level = education.level_of(words)
        if level is not None:
            found[is_required].append((level, words))
        elif words:
            note("formations", "education_unknown", words)
    for is_required in (True, False):
        if found[is_required]:
            level, words = min(found[is_required])
            return Found(Education(level, is_required), words, "formations")
    return None


def licences_of(record: dict[str, Any], note: Note) -> dict[str, Found[bool]]:
    found: dict[str, Found[bool]] = {}
    for words, is_required, _code in entries(record, "permis"):
        code = licences.code_of(words)
        if not code:
            note("permis", "licence_unknown", words)
        elif code not in found or is_required:
            found[code] = Found(is_required, words, "permis")
    for words, is_required, _code in entries(record, "competences"):
        for code in licences.licences_in(Text(words)):
            found.setdefault(code, Found(is_required, words, "competences"))
    return found


def languages_of(record: dict[str, Any], note: Note) -> dict[str, Found[Language]]:
    found: dict[str, Found[Language]] = {}
    for words, is_required, _code in entries(record, "langues"):
        code = languages.code_of(words)
        if not code:
            note("langues", "language_unknown", words)
        elif code not in found or is_required:
            found[code] = Found(Language(None, is_required), words, "langues")
    return found


def conditions_of(record: dict[str, Any]) -> dict[str, Found[str]]:
    found: dict[str, Found[str]] = {}
    for name in ("dureeTravailLibelle", "conditionExercice", "complementExercice", "contexteTravail"):
        words = schedules(record) if name == "contexteTravail" else text_of(record, name)
        for code, one in conditions.conditions_in(Text(words, name)).items() if words else ():
            found.setdefault(code, Found(code, one.words, name))
    if often := TRAVEL.get(text_of(record, "deplacementCode")):
        found[often] = Found(often, text_of(record, "deplacementLibelle") or often, "deplacementCode")
    return found


def skills_of(record: dict[str, Any]) -> tuple[Skill, ...]:
    """Return the structured competences, by their labels; the codes are those of France Travail."""
    found: dict[str, Skill] = {}
    for words, is_required, code in entries(record, "competences"):
        if words or code:
            found.setdefault(words or code, Skill(words, code=code, is_essential=is_required))
    return tuple(found.values())
