"""What an ad asks of a person, as rows of a vacancy: skills and languages."""

from collections.abc import Iterable, Mapping, Sequence

from visavis.catalog.enums import LanguageLevel
from visavis.folding import fold_signs
from visavis.vacancies.ads.facts import Found, Language, Skill
from visavis.vacancies.models import LanguageAsked, SkillAsked, Vacancy


def skills(vacancy: Vacancy, found: Iterable[Skill], codes: Sequence[str]) -> list[SkillAsked]:
    """Give the skills asked, once each: the catalogue's; of a field, its words where the catalogue has none."""
    rows: dict[str, SkillAsked] = {}
    for skill, code in zip(found, codes, strict=True):
        typed = "" if code or skill.start >= 0 else skill.words or skill.code
        # A code of ESCO that the catalogue lacks says nothing to anybody.
        if not code and (not typed or typed.startswith("esco:")):
            continue
        key = code or fold_signs(typed)
        row = rows.setdefault(key, SkillAsked(vacancy=vacancy, skill_id=code or None, typed=typed))
        row.is_essential = row.is_essential or bool(skill.is_essential)
    return list(rows.values())


def languages(vacancy: Vacancy, found: Mapping[str, Found[Language]]) -> list[LanguageAsked]:
    return [
        LanguageAsked(
            vacancy=vacancy,
            language=code,
            level=one.value.level or LanguageLevel.B1,
            is_required=one.value.is_required,
        )
        for code, one in found.items()
    ]
