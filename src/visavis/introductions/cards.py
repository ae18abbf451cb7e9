"""What each side reads of the other: the only door to who somebody is.

Before both have said yes, a card tells of the work and never of the person: no name, no contact, no
town, no former employer, no words of her own. Pages, documents, messages and the service for programs
read cards, and never the rows of people.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from visavis.catalog.enums import (
    ContractKind,
    EducationLevel,
    LanguageLevel,
    Licence,
    SkillLevel,
    SpokenLanguage,
)
from visavis.catalog.models.labels import label_of
from visavis.introductions import frozen, permissions
from visavis.introductions.frozen import Work
from visavis.introductions.models import Introduction
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
    """Who somebody is and how to reach her; only after both said yes. Later the name alone."""

    name: str
    email: str = ""
    phone: str = ""
    channel: str = ""

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
    identity = identity_of(introduction, introduction.jobseeker.user)
    return identity.name if identity else nameless(introduction.pk)


def of_person(introduction: Introduction) -> PersonCard:
    """Return the card of the person of an introduction, as its employer may read it: frozen once shared or over."""
    user = introduction.jobseeker.user
    return worded(frozen.shown(introduction), introduction.pk, identity_of(introduction, user))


def without_name(jobseeker: Jobseeker, vacancy: Vacancy, number: int) -> PersonCard:
    """Return what work tells of a person today."""
    return worded(frozen.of(jobseeker, vacancy), number)


def worded(work: Work, number: int, identity: Identity | None = None) -> PersonCard:
    """Put into the reader's words what is shown of somebody's work."""
    return PersonCard(
        number=number,
        work=[job_words(label_of(french, english), months) for french, english, months in work.jobs],
        skills=[
            skill_words(label_of(french, english), level)
            for french, english, level in work.skills[:SKILLS_SHOWN]
        ],
        training="" if work.training is None else str(EducationLevel(work.training).label),
        languages=[
            f"{SpokenLanguage(language).label} – {LanguageLevel(level).label}"
            for language, level in work.languages
        ],
        licences=[str(Licence(code).label) for code in work.licences if code in Licence.values],
        available="" if work.is_available is None else _("At once") if work.is_available else _("Later"),
        wishes=[str(ContractKind(code).label) for code in work.contracts if code in ContractKind.values],
        distance_km=work.distance_km,
        identity=identity,
    )


def of_employer(introduction: Introduction) -> EmployerCard:
    """Return the card of the employer of an introduction, as the jobseeker may read it."""
    vacancy = introduction.vacancy
    return EmployerCard(
        vacancy_id=vacancy.pk,
        title=vacancy.title,
        employer=vacancy.employer.name if vacancy.employer else "",
        place=facts.place(vacancy),
        contract=facts.contract(vacancy),
        hours=facts.hours(vacancy),
        pay=facts.pay_words(vacancy),
        identity=identity_of(introduction, introduction.employer_contact),
    )


def identity_of(introduction: Introduction, user: User | None) -> Identity | None:
    """Return who one of the two is, as far as the other may read it now: nothing, the name, or how to reach her."""
    if user is None or not permissions.identity_is_shared(introduction):
        return None
    if not permissions.contact_is_shared(introduction):
        return Identity(user.name)
    return Identity(user.name, user.email or "", user.phone or "", str(Channel(user.channel).label))


def job_words(label: str, months: int) -> str:
    """Say which work she did, and how long when it is known."""
    name = label or _("Other work")
    return f"{name} ({duration(months)})" if months else name


def skill_words(label: str, level: int | None) -> str:
    return f"{label} ({LEVELS[level]})" if level else label


def duration(months: int) -> str:
    """Return a duration in years, in months under two years."""
    if months >= 24:
        years = months // 12
        return ngettext("%(number)s year", "%(number)s years", years) % {"number": years}
    return ngettext("%(number)s month", "%(number)s months", months) % {"number": months}
