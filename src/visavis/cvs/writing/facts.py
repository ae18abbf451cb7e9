"""What a CV says of a person. `facts_of` is the only way from a profile to a CV, with or without a name.

Never in a CV, whoever asks: her lowest pay, what she avoids, what she likes. The profile promises that
employers do not see these.
"""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from visavis.catalog.enums import EducationLevel, LanguageLevel, Licence, SpokenLanguage
from visavis.cvs.writing import nameless, terms
from visavis.cvs.writing.text import clean
from visavis.jobseekers.answers import jobs, lists
from visavis.jobseekers.models import Experience, Jobseeker, Qualification
from visavis.people.addresses import phone_as_written
from visavis.ui.templatetags.ui import months as months_words


@dataclass(frozen=True)
class Identity:
    """Who she is and how to reach her; a CV without a name has none of it."""

    name: str
    email: str = ""
    phone: str = ""
    phone_shown: str = ""
    town: str = ""


@dataclass(frozen=True)
class Month:
    """A month, or a year alone."""

    year: int
    month: int | None = None

    @property
    def iso(self) -> str:
        return f"{self.year:04d}-{self.month:02d}" if self.month else f"{self.year:04d}"


@dataclass(frozen=True)
class Job:
    """One job held. Without a name there is no employer, and the title is the catalogue's."""

    title: str
    employer: str = ""
    occupation: str = ""
    starts: Month | None = None
    ends: Month | None = None
    is_current: bool = False
    months: int | None = None

    @property
    def length(self) -> str:
        return str(months_words(self.months)) if self.months else ""


@dataclass(frozen=True)
class Diploma:
    """One diploma or training."""

    name: str
    level: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class HeldSkill:
    label: str
    level: int | None = None


@dataclass(frozen=True)
class Spoken:
    code: str
    label: str
    level: LanguageLevel


@dataclass(frozen=True)
class Held:
    """One licence: its code and its words."""

    code: str
    label: str


@dataclass(frozen=True)
class Facts:
    """Everything a CV may say, in the language it is written in."""

    language: str
    identity: Identity | None
    department: str = ""
    wanted: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    diplomas: tuple[Diploma, ...] = ()
    skills: tuple[HeldSkill, ...] = ()
    languages: tuple[Spoken, ...] = ()
    licences: tuple[Held, ...] = ()
    terms: tuple[tuple[str, str], ...] = ()
    own_words: str = ""


def facts_of(jobseeker: Jobseeker, *, identity: bool, own_words: bool = False) -> Facts:
    """Gather what a CV says, in the active language.

    Without `identity` nothing is given that says who she is: see `nameless` for what becomes of each
    answer. `own_words` adds what she wrote for her counsellor, if she asks for it and gives her name.
    """
    marks = frozenset() if identity else nameless.marks_of(jobseeker)
    return Facts(
        language=(get_language() or "fr")[:2],
        identity=identity_of(jobseeker) if identity else None,
        department=jobseeker.commune.department.name if jobseeker.commune else "",
        wanted=wanted(jobseeker, identity=identity),
        jobs=tuple(job_of(job, identity=identity) for job in jobs.jobs(jobseeker)),
        diplomas=tuple(diplomas(jobseeker, identity, marks)),
        skills=tuple(HeldSkill(held.skill.label, held.level) for held in lists.skills(jobseeker)),
        languages=tuple(
            Spoken(row.language, str(SpokenLanguage(row.language).label), LanguageLevel(row.level))
            for row in lists.languages(jobseeker)
        ),
        licences=tuple(Held(code, str(Licence(code).label)) for code in jobseeker.licences or []),
        terms=tuple(terms.of(jobseeker)),
        own_words=clean(jobseeker.about, keep_lines=True) if identity and own_words else "",
    )


def wanted(jobseeker: Jobseeker, *, identity: bool) -> tuple[str, ...]:
    """Give the occupations she wants: in her words, or without a name in those of the catalogue."""
    wishes = lists.wishes(jobseeker)
    hers = [clean(lists.wish_words(wish)) for wish in wishes]
    known = [wish.occupation.label for wish in wishes if wish.occupation]
    return tuple(dict.fromkeys(hers if identity else known))


def identity_of(jobseeker: Jobseeker) -> Identity:
    user = jobseeker.user
    return Identity(
        name=clean(user.name),
        email=user.email or "",
        phone=user.phone or "",
        phone_shown=phone_as_written(user.phone) if user.phone else "",
        town=jobseeker.commune.name if jobseeker.commune else "",
    )


def job_of(job: Experience, *, identity: bool) -> Job:
    """Give one job; without a name its occupation and its years only."""
    occupation = job.occupation.label if job.occupation else ""
    starts = month(job.starts_on, is_year=job.starts_in_year_only or not identity)
    ends = month(job.ends_on, is_year=job.ends_in_year_only or not identity)
    if identity:
        return Job(
            clean(job.title), clean(job.employer), occupation, starts, ends, job.is_current, job.months
        )
    return Job(
        title=occupation or _("Another occupation"),
        occupation=occupation,
        starts=starts,
        ends=ends,
        is_current=job.is_current,
        months=job.months,
    )


def month(day: dt.date | None, *, is_year: bool) -> Month | None:
    return None if day is None else Month(day.year, None if is_year else day.month)


def diplomas(jobseeker: Jobseeker, identity: bool, marks: frozenset[str]) -> list[Diploma]:
    """List the diplomas; without any, the level alone, if there is one to tell."""
    listed = [diploma_of(one, identity, marks) for one in lists.diplomas(jobseeker)]
    level = jobseeker.education_level
    return listed or ([Diploma(level_words(level), level)] if level else [])


def diploma_of(one: Qualification, identity: bool, marks: frozenset[str]) -> Diploma:
    """Give one diploma; without a name its school goes, and its year, which tells an age."""
    if identity:
        return Diploma(clean(one.name), one.level, one.year)
    name = nameless.diploma(clean(one.name), marks)
    return Diploma(name or level_words(one.level), one.level)


def level_words(level: int | None) -> str:
    return _("A diploma or training") if level is None else str(EducationLevel(level).label)
