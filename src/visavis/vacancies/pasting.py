"""From a pasted text to a draft, and back to the words each answer came from."""

from typing import Any

from visavis.catalog.enums import LanguageLevel
from visavis.catalog.models import Commune, Skill
from visavis.common import clock
from visavis.people.models import User
from visavis.vacancies import occupations, services
from visavis.vacancies.feeds.catalogued import places
from visavis.vacancies.models import Employer, LanguageAsked, SkillAsked, Vacancy
from visavis.vacancies.pasted import Understood, understand
from visavis.vacancies.questions.place import where


def read(text: str) -> Understood:
    """Understand a text with the places and skills of the catalogue."""
    skills = Skill.objects.filter(is_current=True).values_list("pk", "label_fr", "label_en")
    labels = {code: f"{label_fr}\n{label_en}".strip() for code, label_fr, label_en in skills}
    return understand(text, places=places(), skills=labels, today=clock.today())


def start(*, employer: Employer, text: str, by: User) -> Vacancy:
    """Begin a draft with what was understood; the text itself is the description."""
    found = read(text)
    vacancy = services.start(employer=employer, by=by, description=text, **columns(found))
    SkillAsked.objects.bulk_create(
        SkillAsked(vacancy=vacancy, skill_id=one.value, is_essential=False) for one in found.skills
    )
    LanguageAsked.objects.bulk_create(
        LanguageAsked(
            vacancy=vacancy,
            language=one.value.language,
            level=one.value.level or LanguageLevel.B1,
            is_required=one.value.is_required,
        )
        for one in found.languages
    )
    return vacancy


def columns(found: Understood) -> dict[str, Any]:
    """Return the columns of what was understood."""
    title = found.title.value if found.title else ""
    occupation = occupations.by_title(title) if title else None
    commune = Commune.objects.filter(pk=found.place.value.commune).first() if found.place else None
    return {
        "title": title,
        "occupation": occupation.occupation if occupation else None,
        "occupation_from": "title" if occupation else "",
        **where(commune),
        "contract": found.contract.value.kind if found.contract else "",
        "contract_months": found.contract.value.months if found.contract else None,
        "hours_min": found.hours.value.low if found.hours else None,
        "hours_max": found.hours.value.high if found.hours else None,
        "pay_min_hour": found.pay.value.low if found.pay else None,
        "pay_max_hour": found.pay.value.high if found.pay else None,
        "pay_text": found.pay.words[:250] if found.pay else "",
        "experience_months": found.experience.value.months if found.experience else None,
        "experience_is_required": bool(found.experience and found.experience.value.is_required),
        "education_level": found.education.value.level if found.education else None,
        "education_is_required": bool(found.education and found.education.value.is_required),
        "starts_on": found.starts_on.value if found.starts_on else None,
        "positions": found.positions.value if found.positions else 1,
        "licences": [one.value[0] for one in found.licences if one.value[1]],
        "licences_wished": [one.value[0] for one in found.licences if not one.value[1]],
        "conditions": [one.value for one in found.conditions],
    }
