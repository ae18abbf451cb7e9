"""Add to a profile what was read elsewhere: nothing that is there is changed, doubled or taken away."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from visavis.catalog.models import Commune
from visavis.folding import fold_words
from visavis.jobseekers import assigning
from visavis.jobseekers.answers.answer import Data
from visavis.jobseekers.answers.jobs import read_job, write_job
from visavis.jobseekers.models import (
    Experience,
    Jobseeker,
    Qualification,
    SkillHeld,
    SpokenLanguageHeld,
)
from visavis.jobseekers.questions import BY_SLUG, digest_of
from visavis.jobseekers.services import locked, touch
from visavis.people.models import User

LONGEST_ABOUT = 5_000


@dataclass(frozen=True)
class Diploma:
    name: str
    level: int | None = None
    year: int | None = None


@dataclass(frozen=True)
class Additions:
    """What is to be added. `jobs` are as `answers.jobs.write_job` takes them."""

    jobs: tuple[Data, ...] = ()
    diplomas: tuple[Diploma, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    licences: tuple[str, ...] = ()
    commune: Commune | None = None
    about: str = ""


@dataclass
class Added:
    """What was added, so that it can be said and taken back; a job stands with a mark of what it was."""

    jobs: list[list[Any]] = field(default_factory=list)
    diplomas: list[int] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    languages: list[list[Any]] = field(default_factory=list)
    licences: list[str] = field(default_factory=list)
    # Whether she had answered which licences she holds, be it "none for now".
    licences_said: bool = False
    commune: str = ""
    about: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    def slugs(self) -> list[str]:
        """Return the questions that this answers."""
        parts = {
            "experience": self.jobs,
            "education": self.diplomas,
            "skills": self.skills,
            "languages": self.languages,
            "licences": self.licences,
            "place": self.commune,
            "about": self.about,
        }
        return [slug for slug, part in parts.items() if part]

    def __len__(self) -> int:
        lists = (self.jobs, self.diplomas, self.skills, self.languages, self.licences)
        return sum(len(one) for one in lists) + bool(self.commune) + bool(self.about)


def add(*, jobseeker: Jobseeker, additions: Additions, by: User) -> Added:
    """Add what is not there yet, journal each question answered, and return what was added.

    Safe to call twice with the same additions, even at once: the second finds them there.
    """
    with transaction.atomic():
        kept = locked(jobseeker)
        added = Added(
            jobs=add_jobs(kept, additions.jobs),
            diplomas=add_diplomas(kept, additions.diplomas),
            skills=add_skills(kept, additions.skills),
            languages=add_languages(kept, additions.languages),
        )
        add_to_row(kept, additions, added)
        if added.commune:
            assigning.give_nearest(kept, by=by)
        for slug in added.slugs():
            touch(kept, BY_SLUG[slug], by=by, says=True)
    return added


def add_jobs(kept: Jobseeker, jobs: tuple[Data, ...]) -> list[list[Any]]:
    held = list(kept.experiences.all())
    made: list[list[Any]] = []
    for data in jobs:
        job = Experience(jobseeker=kept)
        write_job(job, data)
        if not any(is_same_job(job, other) for other in held):
            job.save()
            held.append(job)
            made.append([job.pk, mark_of(job)])
    return made


def mark_of(job: Experience) -> str:
    return digest_of(read_job(job))


def is_same_job(one: Experience, other: Experience) -> bool:
    """Say whether two rows tell of one job: the same title, and nothing else that tells them apart."""
    if fold_words(one.title) != fold_words(other.title):
        return False
    employers = fold_words(one.employer), fold_words(other.employer)
    starts = one.starts_on and one.starts_on.year, other.starts_on and other.starts_on.year
    return may_agree(*employers) and may_agree(*starts)


def may_agree(one: object, other: object) -> bool:
    return not one or not other or one == other


def add_diplomas(kept: Jobseeker, diplomas: tuple[Diploma, ...]) -> list[int]:
    held = list(kept.qualifications.all())
    made = []
    for diploma in diplomas:
        if not any(is_same_diploma(diploma, other) for other in held):
            row = Qualification.objects.create(
                jobseeker=kept, name=diploma.name, level=diploma.level, year=diploma.year
            )
            held.append(row)
            made.append(row.pk)
    return made


def is_same_diploma(one: Diploma, other: Qualification) -> bool:
    return fold_words(one.name) == fold_words(other.name) and may_agree(one.year, other.year)


def add_skills(kept: Jobseeker, codes: tuple[str, ...]) -> list[str]:
    held = set(kept.skills_held.values_list("skill_id", flat=True))
    wanted = [code for code in dict.fromkeys(codes) if code not in held]
    SkillHeld.objects.bulk_create(SkillHeld(jobseeker=kept, skill_id=code) for code in wanted)
    return wanted


def add_languages(kept: Jobseeker, languages: tuple[tuple[str, int], ...]) -> list[list[Any]]:
    held = set(kept.languages.values_list("language", flat=True))
    wanted = {code: level for code, level in languages if code not in held}
    SpokenLanguageHeld.objects.bulk_create(
        SpokenLanguageHeld(jobseeker=kept, language=code, level=level) for code, level in wanted.items()
    )
    return [[code, level] for code, level in wanted.items()]


def add_to_row(kept: Jobseeker, additions: Additions, added: Added) -> None:
    """Fill the profile's own row; the last `touch` saves it."""
    held, added.licences_said = kept.licences or [], kept.licences is not None
    added.licences = [code for code in dict.fromkeys(additions.licences) if code not in held]
    if added.licences:
        kept.licences = [*held, *added.licences]
    if additions.commune and kept.commune_id is None:
        kept.commune = additions.commune
        added.commune = additions.commune.pk
    text = additions.about.strip()
    whole = f"{kept.about}\n\n{text}" if kept.about else text
    if text and text not in kept.about and len(whole) <= LONGEST_ABOUT:
        kept.about, added.about = whole, text


def take_back(*, jobseeker: Jobseeker, added: Added, by: User) -> None:
    """Take away what was added, except what has been changed since."""
    with transaction.atomic():
        kept = locked(jobseeker)
        for job in kept.experiences.filter(pk__in=[pk for pk, _mark in added.jobs]):
            if [job.pk, mark_of(job)] in added.jobs:
                job.delete()
        kept.qualifications.filter(pk__in=added.diplomas).delete()
        kept.skills_held.filter(skill__in=added.skills, level=None).delete()
        for code, level in added.languages:
            kept.languages.filter(language=code, level=level).delete()
        if added.licences:
            left = [code for code in kept.licences or [] if code not in added.licences]
            kept.licences = left if left or added.licences_said else None
        if added.commune and kept.commune_id == added.commune:
            kept.commune = None
        if added.about:
            kept.about = kept.about.replace(added.about, "").strip()
        for slug in added.slugs():
            says = kept.experiences.exists() if slug == "experience" else BY_SLUG[slug].is_answered(kept)
            touch(kept, BY_SLUG[slug], by=by, says=says)
