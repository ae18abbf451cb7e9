"""From rows to shapes: vacancies in data and in words."""

from django.conf import settings
from django.urls import reverse

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
    return VacancyBrief(
        id=vacancy.pk,
        url=settings.SITE_URL + reverse("vacancies:page", kwargs={"vacancy_id": vacancy.pk}),
        title=vacancy.title,
        state=vacancy.state,
        employer=vacancy.employer.name if vacancy.employer else "",
        occupation=LabelOut(code=occupation.pk, label=occupation.label) if occupation else None,
        place=place(vacancy),
        contract=vacancy.contract,
        contract_months=vacancy.contract_months,
        hours_min=vacancy.hours_min,
        hours_max=vacancy.hours_max,
        pay=PayOut(
            min_hour=vacancy.pay_min_hour, max_hour=vacancy.pay_max_hour, words=facts.pay_words(vacancy)
        ),
        starts_on=vacancy.starts_on,
        positions=vacancy.positions,
        published_at=vacancy.published_at,
        closes_on=vacancy.closes_on,
        changed_at=vacancy.changed_at,
        version=vacancy.version,
    )


def place(vacancy: Vacancy) -> PlaceOut:
    return PlaceOut(
        words=facts.place(vacancy),
        commune=vacancy.commune_id,
        department=vacancy.department_id,
        latitude=vacancy.latitude,
        longitude=vacancy.longitude,
        precision_km=vacancy.precision_km,
        is_remote=vacancy.is_remote,
    )


def whole(vacancy: Vacancy) -> VacancyOut:
    """Return a vacancy as its page shows it."""
    skills = [
        SkillOut(code=row.skill_id, label=skill_words(row), is_essential=row.is_essential)
        for row in vacancy.skills_asked.all()
    ]
    languages = [
        LanguageOut(language=row.language, level=row.level, is_required=row.is_required)
        for row in vacancy.languages_asked.all()
    ]
    return VacancyOut(
        **brief(vacancy).model_dump(),
        description=vacancy.description,
        conditions=vacancy.conditions,
        licences=vacancy.licences,
        licences_wished=vacancy.licences_wished,
        experience_months=vacancy.experience_months,
        experience_is_required=vacancy.experience_is_required,
        education_level=vacancy.education_level,
        education_is_required=vacancy.education_is_required,
        skills=skills,
        languages=languages,
        is_open_to_disability=vacancy.is_open_to_disability,
        source_url=vacancy.source_url,
    )
