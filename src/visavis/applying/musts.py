"""What an opening asks for and a file does not tell: at most three questions, and none of them has to be answered."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from visavis.catalog.enums import EducationLevel, LanguageLevel, Licence, SpokenLanguage
from visavis.jobseekers.models import Jobseeker
from visavis.ui.templatetags.ui import months
from visavis.vacancies.models import Vacancy

MOST = 3
SKILLS_ASKED = 6


@dataclass(frozen=True)
class Must:
    """One thing an opening asks for. `question` is the question of the profile that tells of it."""

    question: str
    words: str
    codes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "-".join([self.question, *self.codes[:1]]) if self.question == "languages" else self.question


type Lacks = Callable[[Jobseeker], str]
"""What of one thing a file does not show, in words; nothing where it shows all of it."""


def of(vacancy: Vacancy) -> list[tuple[Must, Lacks]]:
    """Return all that an opening asks for, each with what of it a file does not show, what counts most first."""
    found: list[tuple[Must, Lacks]] = []
    if vacancy.licences:
        asked_for = {code: str(Licence(code).label) for code in vacancy.licences if code in Licence.values}
        must = Must("licences", ", ".join(asked_for.values()), tuple(asked_for))
        found.append((must, lambda her: _without(asked_for, her.licences or [])))
    spoken = [row for row in vacancy.languages_asked.all() if row.is_required]
    found += [_language(row.language, row.level) for row in spoken]
    if vacancy.experience_is_required and vacancy.experience_months:
        asked = vacancy.experience_months
        words = _("%(length)s in this work") % {"length": months(asked)}
        found.append(
            (
                Must("experience", words, (str(asked),)),
                _unless(words, lambda her: _months(her, vacancy) >= asked),
            )
        )
    if vacancy.education_is_required and vacancy.education_level is not None:
        level = vacancy.education_level
        words = str(EducationLevel(level).label)
        is_reached = _unless(words, lambda her: (her.education_level or 0) >= level)
        found.append((Must("education", words, (str(level),)), is_reached))
    skills = [row for row in vacancy.skills_asked.all() if row.is_essential and row.skill_id][:SKILLS_ASKED]
    if skills:
        needed = {str(row.skill_id): str(row.skill.label) for row in skills if row.skill}
        must = Must("skills", ", ".join(needed.values()), tuple(sorted(needed)))
        found.append(
            (must, lambda her: _without(needed, [str(one.skill_id) for one in her.skills_held.all()]))
        )
    return found


def _without(asked: Mapping[str, str], held: Collection[str]) -> str:
    return ", ".join(words for code, words in asked.items() if code not in held)


def _unless(words: str, is_shown: Callable[[Jobseeker], bool]) -> Lacks:
    return lambda her: "" if is_shown(her) else words


def _language(code: str, level: int) -> tuple[Must, Lacks]:
    words = f"{SpokenLanguage(code).label} ({LanguageLevel(level).label})"

    def is_spoken(her: Jobseeker) -> bool:
        return any(one.language == code and one.level >= level for one in her.languages.all())

    return Must("languages", words, (code, str(level))), _unless(words, is_spoken)


def _months(her: Jobseeker, vacancy: Vacancy) -> int:
    """Count her months in the occupation of the opening; in any, where it names none."""
    jobs = her.experiences.all()
    same = [job for job in jobs if vacancy.occupation_id in (None, job.occupation_id)]
    return sum(job.months or 0 for job in same)


def unknown(vacancy: Vacancy, her: Jobseeker | None) -> list[Must]:
    """Return what it asks for and her file does not tell either way, the most important first, three at most."""
    told = set() if her is None else set(her.answered)
    return [must for must, _lacks in of(vacancy) if must.question not in told][:MOST]


def lacking(vacancy: Vacancy, her: Jobseeker) -> list[str]:
    """Return in words what it asks for and her file does not show: said before she answers, never to stop her."""
    return [words for must, lacks in of(vacancy) if (words := must.words if her.pk is None else lacks(her))]
