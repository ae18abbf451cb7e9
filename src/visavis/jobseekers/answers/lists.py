"""Answers that are rows of their own: writing one replaces its rows."""

from django.utils.translation import gettext as _

from visavis.catalog.enums import EducationLevel, LanguageLevel, SkillLevel, SpokenLanguage
from visavis.jobseekers.answers.answer import Answer, Data, rows
from visavis.jobseekers.answers.plain import said_nothing
from visavis.jobseekers.models import (
    ApprovedInterest,
    Jobseeker,
    Qualification,
    SkillHeld,
    SpokenLanguageHeld,
    WantedOccupation,
)


def wishes(jobseeker: Jobseeker) -> list[WantedOccupation]:
    return rows(jobseeker, "wishes", "occupation")


def wish_words(wish: WantedOccupation) -> str:
    """Return her own words, else the name of the occupation."""
    return wish.typed or (wish.occupation.label if wish.occupation else "")


def read_wishes(jobseeker: Jobseeker) -> Data:
    return {
        "wishes": [
            {"typed": wish_words(wish), "occupation": wish.occupation_id or ""} for wish in wishes(jobseeker)
        ]
    }


def write_wishes(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.wishes.all().delete()
    WantedOccupation.objects.bulk_create(
        WantedOccupation(
            jobseeker=jobseeker,
            typed=wish["typed"],
            occupation_id=wish["occupation"] or None,
            position=position,
        )
        for position, wish in enumerate(data["wishes"], start=1)
    )


def wishes_words(jobseeker: Jobseeker) -> list[str]:
    said = []
    for wish in wishes(jobseeker):
        words = wish_words(wish)
        if wish.occupation and wish.occupation.label != words:
            words = _("%(words)s (understood as %(occupation)s)") % {
                "words": words,
                "occupation": wish.occupation.label,
            }
        said.append(words)
    return said


def diplomas(jobseeker: Jobseeker) -> list[Qualification]:
    return rows(jobseeker, "qualifications")


def read_education(jobseeker: Jobseeker) -> Data:
    level = jobseeker.education_level
    return {
        "level": "" if level is None else str(level),
        "diplomas": [{"name": diploma.name, "year": diploma.year or ""} for diploma in diplomas(jobseeker)],
    }


def write_education(jobseeker: Jobseeker, data: Data) -> None:
    """Keep the level of a diploma that was given elsewhere than on this page."""
    levels = {diploma.name: diploma.level for diploma in diplomas(jobseeker)}
    jobseeker.education_level = int(data["level"]) if data["level"] else None
    jobseeker.qualifications.all().delete()
    Qualification.objects.bulk_create(
        Qualification(
            jobseeker=jobseeker, name=diploma["name"], year=diploma["year"], level=levels.get(diploma["name"])
        )
        for diploma in data["diplomas"]
    )


def education_words(jobseeker: Jobseeker) -> list[str]:
    level = jobseeker.education_level
    said = [] if level is None else [str(EducationLevel(level).label)]
    return said + [
        f"{diploma.name} ({diploma.year})" if diploma.year else diploma.name
        for diploma in diplomas(jobseeker)
    ]


def skills(jobseeker: Jobseeker) -> list[SkillHeld]:
    return rows(jobseeker, "skills_held", "skill")


def read_skills(jobseeker: Jobseeker) -> Data:
    return {"skills": [{"code": held.skill_id, "level": held.level} for held in skills(jobseeker)]}


def write_skills(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.skills_held.all().delete()
    SkillHeld.objects.bulk_create(
        SkillHeld(jobseeker=jobseeker, skill_id=skill["code"], level=skill["level"])
        for skill in data["skills"]
    )


def skills_words(jobseeker: Jobseeker) -> list[str]:
    return [
        f"{held.skill.label} · {SkillLevel(held.level).label}" if held.level else held.skill.label
        for held in skills(jobseeker)
    ]


def languages(jobseeker: Jobseeker) -> list[SpokenLanguageHeld]:
    return rows(jobseeker, "languages")


def read_languages(jobseeker: Jobseeker) -> Data:
    return {
        "languages": [
            {"language": spoken.language, "level": str(spoken.level)} for spoken in languages(jobseeker)
        ]
    }


def write_languages(jobseeker: Jobseeker, data: Data) -> None:
    jobseeker.languages.all().delete()
    SpokenLanguageHeld.objects.bulk_create(
        SpokenLanguageHeld(jobseeker=jobseeker, language=spoken["language"], level=spoken["level"])
        for spoken in data["languages"]
    )


def languages_words(jobseeker: Jobseeker) -> list[str]:
    return [
        f"{SpokenLanguage(spoken.language).label} · {LanguageLevel(spoken.level).label}"
        for spoken in languages(jobseeker)
    ]


def interests(jobseeker: Jobseeker) -> list[ApprovedInterest]:
    return rows(jobseeker, "interests", "interest")


def read_interests(jobseeker: Jobseeker) -> Data:
    kept = [approved.interest_id for approved in interests(jobseeker)]
    return {"interests": kept, "nothing": not kept and said_nothing(jobseeker, "interests")}


def write_interests(jobseeker: Jobseeker, data: Data) -> None:
    """An interest that stays keeps the instant at which she approved it."""
    wanted = set(data["interests"])
    jobseeker.interests.exclude(interest__in=wanted).delete()
    held = set(jobseeker.interests.values_list("interest_id", flat=True))
    ApprovedInterest.objects.bulk_create(
        ApprovedInterest(jobseeker=jobseeker, interest_id=code) for code in sorted(wanted - held)
    )


def interests_words(jobseeker: Jobseeker) -> list[str]:
    kept = [approved.interest.label for approved in interests(jobseeker)]
    return kept or ([_("None of those we name")] if said_nothing(jobseeker, "interests") else [])


WISHES = Answer(read_wishes, write_wishes, wishes_words)
EDUCATION = Answer(read_education, write_education, education_words)
SKILLS = Answer(read_skills, write_skills, skills_words)
LANGUAGES = Answer(read_languages, write_languages, languages_words)
INTERESTS = Answer(read_interests, write_interests, interests_words)
