"""What the structured fields of France Travail's records say of an ad."""

from typing import Any

from visavis.folding import fold_signs
from visavis.vacancies.ads import conditions, contract, experience, hours, licences, pay
from visavis.vacancies.ads.facts import Education, Facts, Found, Hours, Language, Length, Pay, Skill
from visavis.vacancies.ads.text import WISHED, Text
from visavis.vacancies.words import asked, contracts
from visavis.vacancies.words.hours import read_hours
from visavis.vacancies.words.text import clean

EXPERIENCE = {"D": "none", "S": "wished", "E": "required"}
TRAVEL = {"2": "travel_sometimes", "3": "travel", "4": "travel"}
MOST_POSITIONS = 9999


def facts_of(record: dict[str, Any]) -> Facts:
    """Read the fields of one record; never raises, whatever stands in it."""
    kind = contract_of(record)
    worked, time = hours_of(record)
    return Facts(
        contract=kind,
        length=length_of(record, kind.value if kind else ""),
        hours=worked,
        working_time=time,
        pay=pay_of(record),
        positions=positions_of(record),
        experience=experience_of(record),
        experience_months=months_of(record),
        beginner=beginner_of(record),
        education=education_of(record),
        licences=licences_of(record),
        languages=languages_of(record),
        conditions=conditions_of(record),
        skills=skills_of(record),
    )


def text_of(record: dict[str, Any], name: str) -> str:
    return clean(record.get(name), 400)


def entries(record: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = record.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def contract_of(record: dict[str, Any]) -> Found[str] | None:
    code, nature = text_of(record, "typeContrat").upper(), text_of(record, "natureContrat")
    kind = contracts.contract_of(code, nature, is_work_study=record.get("alternance") is True)
    if not kind:
        return Found("other", code, "typeContrat") if code else None
    label = text_of(record, "typeContratLibelle") or code
    return Found(kind, label if kind != "apprenticeship" else nature or label, "typeContrat")


def length_of(record: dict[str, Any], kind: str) -> Found[Length] | None:
    words = text_of(record, "typeContratLibelle")
    match = contract.LENGTH.search(fold_signs(words.partition(" - ")[2]))
    length = contract.length_of(match) if match and kind not in {"permanent", ""} else None
    return Found(length, words, "typeContratLibelle") if length else None


def hours_of(record: dict[str, Any]) -> tuple[Found[Hours] | None, Found[str] | None]:
    words = text_of(record, "dureeTravailLibelle")
    found = read_hours(words)
    worked = None
    if found.low is not None and found.high is not None and any(letter.isdigit() for letter in words):
        precise = Text(words)
        match = hours.BARE.search(precise.folded)
        value = hours.value_of(match[1], match[2], match[3]) if match else found.low
        worked = Found(Hours(value, value), words, "dureeTravailLibelle")
    said = text_of(record, "dureeTravailLibelleConverti")
    if worked is None and (extra := text_of(record, "complementExercice")):
        worked = hours.bare_hours_in(Text(f"contrat {extra}"))
        worked = Found(worked.value, extra, "complementExercice") if worked else None
    time = hours.working_time_in(Text(said or words))
    if time:
        return worked, Found(time.value, said or words, "dureeTravailLibelleConverti")
    return worked, hours.working_time_of(worked)


def pay_of(record: dict[str, Any]) -> Found[Pay] | None:
    value = record.get("salaire")
    given = value if isinstance(value, dict) else {}
    for name in ("libelle", "commentaire"):
        words = clean(given.get(name), 400)
        found = pay.pay_said(words)
        if found and (name == "libelle" or is_whole(words)):
            return Found(found, words, "salaire")
    return None


def is_whole(words: str) -> bool:
    """Say whether a comment tells a pay rather than a bonus or a fee."""
    return not pay.NO_PAY.search(fold_signs(words))


def positions_of(record: dict[str, Any]) -> Found[int] | None:
    given = record.get("nombrePostes")
    if isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= MOST_POSITIONS:
        return Found(given, str(given), "nombrePostes")
    return None


def experience_of(record: dict[str, Any]) -> Found[str] | None:
    code = text_of(record, "experienceExige").upper()
    words = text_of(record, "experienceLibelle") or code
    if (
        code == "D"
        and experience.WORD.search(fold_signs(words).replace("exp ", "experience "))
        and WISHED.search(fold_signs(words))
    ):
        return Found("wished", words, "experienceLibelle")
    return Found(EXPERIENCE[code], words, "experienceExige") if code in EXPERIENCE else None


def months_of(record: dict[str, Any]) -> Found[int] | None:
    words = text_of(record, "experienceLibelle")
    match = experience.LENGTH.search(fold_signs(words.partition(" - ")[0]))
    months = experience.months_of(match) if match else None
    return Found(months, words, "experienceLibelle") if months else None


def beginner_of(record: dict[str, Any]) -> Found[bool] | None:
    is_so = text_of(record, "experienceExige").upper() == "D"
    return Found(True, text_of(record, "experienceLibelle") or "D", "experienceExige") if is_so else None


def education_of(record: dict[str, Any]) -> Found[Education] | None:
    """Take the lowest of the levels required, else of those wished: several diplomas are ways in."""
    found: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
    for entry in entries(record, "formations"):
        words = clean(entry.get("niveauLibelle"), 250)
        level = asked.read_education(words)
        if level is not None:
            found[clean(entry.get("exigence")) == "E"].append((level, words))
    for is_required in (True, False):
        if found[is_required]:
            level, words = min(found[is_required])
            return Found(Education(level, is_required), words, "formations")
    return None


def licences_of(record: dict[str, Any]) -> dict[str, Found[bool]]:
    found: dict[str, Found[bool]] = {}
    for entry in entries(record, "permis"):
        words, is_required = clean(entry.get("libelle"), 250), clean(entry.get("exigence")) == "E"
        code = asked.read_licence(words)
        if code and (code not in found or is_required):
            found[code] = Found(is_required, words, "permis")
    for entry in entries(record, "competences"):
        words, is_required = clean(entry.get("libelle"), 250), clean(entry.get("exigence")) == "E"
        for code in licences.licences_in(Text(words)):
            found.setdefault(code, Found(is_required, words, "competences"))
    return found


def languages_of(record: dict[str, Any]) -> dict[str, Found[Language]]:
    found: dict[str, Found[Language]] = {}
    for entry in entries(record, "langues"):
        words, is_required = clean(entry.get("libelle"), 250), clean(entry.get("exigence")) == "E"
        code = asked.read_language(words)
        if code and (code not in found or is_required):
            found[code] = Found(Language(None, is_required), words, "langues")
    return found


def conditions_of(record: dict[str, Any]) -> dict[str, Found[str]]:
    found: dict[str, Found[str]] = {}
    for name in ("dureeTravailLibelle", "conditionExercice", "complementExercice"):
        page = Text(text_of(record, name), name)
        found |= {
            code: Found(code, one.words, name)
            for code, one in conditions.conditions_in(page).items()
            if code not in found
        }
    if code := TRAVEL.get(text_of(record, "deplacementCode")):
        found[code] = Found(code, text_of(record, "deplacementLibelle") or code, "deplacementCode")
    return found


def skills_of(record: dict[str, Any]) -> tuple[Skill, ...]:
    """Return the structured competences, by their labels; the codes are those of France Travail."""
    found: dict[str, Skill] = {}
    for entry in entries(record, "competences"):
        words, code = clean(entry.get("libelle"), 250), clean(entry.get("code"), 80)
        if words:
            found.setdefault(words, Skill(words, code=code, is_essential=clean(entry.get("exigence")) == "E"))
    return tuple(found.values())
