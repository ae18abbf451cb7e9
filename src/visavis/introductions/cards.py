"""What each side reads of the other: the only door to who somebody is.

Before both have said yes, a card tells of the work and never of the person: no name, no contact, no
town, no former employer, no words of her own. Pages, documents, messages and the service for programs
read cards, and never the rows of people.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from visavis.catalog.distances import km_between
from visavis.catalog.enums import (
    ContractKind,
    EducationLevel,
    LanguageLevel,
    Licence,
    SkillLevel,
    SpokenLanguage,
)
from visavis.common import clock
from visavis.introductions import permissions
from visavis.introductions.models import Introduction
from visavis.jobseekers.answers import lists
from visavis.jobseekers.answers.jobs import jobs
from visavis.jobseekers.models import Jobseeker
from visavis.people.addresses import phone_as_written
from visavis.people.enums import Channel
from visavis.people.models import User
from visavis.vacancies import facts
from visavis.vacancies.models import Vacancy

SKILLS_SHOWN = 12
# Her own words are in the first person; an employer reads them of somebody.
LEVELS: dict[int, Promise] = {
    SkillLevel.NOTIONS: pgettext_lazy("level of a skill", "learning"),
    SkillLevel.AUTONOMOUS: pgettext_lazy("level of a skill", "works alone"),
    SkillLevel.CONFIDENT: pgettext_lazy("level of a skill", "at ease"),
    SkillLevel.EXPERT: pgettext_lazy("level of a skill", "can teach it"),
}


@dataclass(frozen=True)
class Identity:
    """Who somebody is and how to reach her; only after both said yes."""

    name: str
    email: str
    phone: str
    channel: str

    @property
    def phone_shown(self) -> str:
        """Return the number as people write it."""
        return phone_as_written(self.phone) if self.phone else ""


@dataclass(frozen=True)
class PersonCard:
    """What an employer reads of a person."""

    number: int
    work: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    training: str = ""
    languages: list[str] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    available: str = ""
    wishes: list[str] = field(default_factory=list)
    distance_km: int | None = None
    identity: Identity | None = None

    @property
    def title(self) -> str:
        """Return her name when it may be read, else a number that tells nothing."""
        return self.identity.name if self.identity else nameless(self.number)


@dataclass(frozen=True)
class EmployerCard:
    """What a jobseeker reads of an employer: the vacancy tells its name, a person only after both yes."""

    vacancy_id: int
    title: str
    employer: str
    place: str
    contract: str
    hours: str
    pay: str
    identity: Identity | None = None


def nameless(number: int) -> str:
    """Return what a person is called before both said yes."""
    return _("Person no. %(number)s") % {"number": number}


def title_of(introduction: Introduction) -> str:
    """Return what the employer calls the person in a list: her name once it may be read."""
    if permissions.identity_is_shared(introduction):
        return identity_of(introduction.jobseeker.user).name
    return nameless(introduction.pk)


def of_person(introduction: Introduction) -> PersonCard:
    """Return the card of the person of an introduction, as its employer may read it."""
    shared = permissions.identity_is_shared(introduction)
    identity = identity_of(introduction.jobseeker.user) if shared else None
    return without_name(introduction.jobseeker, introduction.vacancy, introduction.pk, identity)


def without_name(
    jobseeker: Jobseeker, vacancy: Vacancy, number: int, identity: Identity | None = None
) -> PersonCard:
    """Return what work tells of a person. Words she typed are left out: only words of the catalogue are read."""
    held = lists.skills(jobseeker)[:SKILLS_SHOWN]
    return PersonCard(
        number=number,
        work=work_of(jobseeker),
        skills=[
            f"{row.skill.label} ({LEVELS[row.level]})" if row.level else str(row.skill.label) for row in held
        ],
        training=(
            "" if jobseeker.education_level is None else str(EducationLevel(jobseeker.education_level).label)
        ),
        languages=[
            f"{SpokenLanguage(row.language).label} – {LanguageLevel(row.level).label}"
            for row in lists.languages(jobseeker)
        ],
        licences=[str(Licence(code).label) for code in jobseeker.licences or [] if code in Licence.values],
        available=available_of(jobseeker),
        wishes=[
            str(ContractKind(code).label) for code in jobseeker.contracts or [] if code in ContractKind.values
        ],
        distance_km=distance_of(jobseeker, vacancy),
        identity=identity,
    )


def of_employer(introduction: Introduction) -> EmployerCard:
    """Return the card of the employer of an introduction, as the jobseeker may read it."""
    vacancy = introduction.vacancy
    contact = introduction.employer_contact
    shared = permissions.identity_is_shared(introduction) and contact is not None
    return EmployerCard(
        vacancy_id=vacancy.pk,
        title=vacancy.title,
        employer=vacancy.employer.name if vacancy.employer else "",
        place=facts.place(vacancy),
        contract=facts.contract(vacancy),
        hours=facts.hours(vacancy),
        pay=facts.pay_words(vacancy),
        identity=identity_of(contact) if shared and contact else None,
    )


def identity_of(user: User) -> Identity:
    """Return who somebody is. Called by this module, after the guard, and by nobody else."""
    return Identity(user.name, user.email or "", user.phone or "", str(Channel(user.channel).label))


def work_of(jobseeker: Jobseeker) -> list[str]:
    """Return how long she did which work, by the catalogue's names, longest first."""
    months: dict[str, int] = {}
    for job in jobs(jobseeker):
        name = str(job.occupation.label) if job.occupation else _("Other work")
        months[name] = months.get(name, 0) + (job.months or 0)
    longest = sorted(months.items(), key=lambda item: -item[1])
    return [f"{name} ({duration(count)})" if count else name for name, count in longest]


def duration(months: int) -> str:
    """Return a duration in years, in months under two years."""
    if months >= 24:
        years = months // 12
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}


def available_of(jobseeker: Jobseeker) -> str:
    """Return from when she may start, when she has said it."""
    if jobseeker.available_on is None:
        return ""
    return _("At once") if jobseeker.is_available(clock.today()) else _("Later")


def distance_of(jobseeker: Jobseeker, vacancy: Vacancy) -> int | None:
    """Return how far she lives from the workplace, to the nearest 5 km: less would tell where."""
    home = jobseeker.commune
    if home is None or home.latitude is None or home.longitude is None:
        return None
    if vacancy.latitude is None or vacancy.longitude is None:
        return None
    km = km_between(home.latitude, home.longitude, vacancy.latitude, vacancy.longitude)
    return 5 * max(1, round(km / 5))
