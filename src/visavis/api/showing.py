"""From rows to shapes: vacancies in data and in words."""

from django.conf import settings
from django.urls import reverse

from visavis.api.shapes.common import filled
from visavis.api.shapes.vacancies import (
    LabelOut,
    LanguageOut,
    PayOut,
    PlaceOut,
    SkillOut,
    VacancyBrief,
    VacancyOut,
)
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy
from visavis.vacancies.questions.person import skill_words


def brief(vacancy: Vacancy) -> VacancyBrief:
    """Return a vacancy as a list shows it."""
    occupation = vacancy.occupation
    return filled(
        VacancyBrief,
        vacancy,
        url=settings.SITE_URL + reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
        employer=vacancy.employer.name if vacancy.employer else "",
        occupation=LabelOut(code=occupation.pk, label=occupation.label) if occupation else None,
        place=place(vacancy),
        pay=PayOut(
            min_hour=vacancy.pay_min_hour, max_hour=vacancy.pay_max_hour, words=facts.pay_words(vacancy)
        ),
    )


def place(vacancy: Vacancy) -> PlaceOut:
    where = {"commune": vacancy.commune_id, "department": vacancy.department_id}
    return filled(PlaceOut, vacancy, words=facts.place(vacancy), **where)


def whole(vacancy: Vacancy) -> VacancyOut:
    """Return a vacancy as its page shows it."""
    skills = [
        filled(SkillOut, row, code=row.skill_id, label=skill_words(row)) for row in vacancy.skills_asked.all()
    ]
    languages = [filled(LanguageOut, row) for row in vacancy.languages_asked.all()]
    head = brief(vacancy).model_dump()
    return filled(VacancyOut, vacancy, **head, skills=skills, languages=languages)
