"""What people hired have more often than others: who has which trait, compared, drawn towards a family."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import cast

from visavis.catalog.models import OccupationSkill
from visavis.engine.facts.records import Jobseeker as Record
from visavis.engine.facts.vocabulary import UNKNOWN_LEVEL
from visavis.engine.ideal import traits as engine
from visavis.engine.ideal.family import family
from visavis.engine.ideal.gaps import newcombe
from visavis.engine.ideal.traits import Prior, number_having, traits_of, wilson
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.matches.models.family import FamilyProfile, Interval
from visavis.matches.models.ideal import TraitRow

type Person = Record
"""A person as traits are read of her; whoever asked for her only hands her back."""

# A level nobody gave, where the engine wants a number.
LEVEL_UNKNOWN = 0
# The kinds of traits, in the order of a profile's page.
KINDS: tuple[str, ...] = tuple(engine.KINDS)


def kind_of(trait: str) -> str:
    """Return the kind of a trait's code."""
    return engine.kind_of(trait)


def months_of(band: int) -> float:
    """Return the months of experience from which somebody is in a band, 1 the first."""
    return float(engine.BAND_MONTHS[band - 1])


@dataclass(frozen=True)
class FamilyFound:
    """What a family says, as it is kept."""

    rows: list[TraitRow]
    priors: dict[str, tuple[float, float]]
    between: float


def family_of(groups: Mapping[str, tuple[Sequence[Person], Sequence[Person]]]) -> FamilyFound:
    """Put the people of a family's occupations together: hired and others, by occupation.

    Each occupation speaks of the skills of its sheet only: what others have there says nothing of the work.
    """
    asked: dict[str, set[str]] = {}
    links = OccupationSkill.objects.filter(occupation__in=list(groups))
    for occupation, skill in links.values_list("occupation_id", "skill_id"):
        asked.setdefault(occupation, set()).add(f"skill:{skill}")
    found = family(groups, asked)
    return FamilyFound(
        [cast(TraitRow, asdict(trait)) for trait in found.traits],
        {code: (prior.mean, prior.variance) for code, prior in found.priors.items()},
        found.between,
    )


def priors_of(row: FamilyProfile | None) -> dict[str, Prior]:
    """Return towards what an occupation of the family is drawn."""
    if row is None:
        return {}
    return {code: Prior(mean, variance, row.between) for code, (mean, variance) in row.priors.items()}


def having(groups: Iterable[list[Person]], occupation: str) -> tuple[Counter[str], Counter[str]]:
    """Count who has each trait, and of how many each kind is known, over people read in parts."""
    have: Counter[str] = Counter()
    known: Counter[str] = Counter()
    for group in groups:
        theirs, of_whom = number_having(group, occupation)
        have += theirs
        known += of_whom
    return have, known


def interval(have: int, known: int) -> tuple[float, float]:
    """Return where a share very likely lies."""
    return wilson(have, known)


def difference(one: tuple[int, int], other: tuple[int, int]) -> Interval:
    """Return the difference of two shares, who has it of how many, and its interval."""
    found = newcombe(one, other)
    return found.gap, found.low, found.high


def compare(
    hired: Iterable[Person],
    others: Iterable[Person],
    occupation: str,
    priors: Mapping[str, Prior],
) -> list[TraitRow]:
    """Compare people hired with people who were not, drawn towards what the family says."""
    found = engine.traits(list(hired), list(others), occupation, priors)
    return [cast(TraitRow, asdict(trait)) for trait in found]


def record_as_of(jobseeker: Jobseeker, on: dt.date) -> Person:
    """Read what traits are made of, without the jobs that began after a day."""
    jobs = [
        (job.occupation_id, float(months))
        for job in jobseeker.experiences.all()
        if job.occupation_id and (months := months_until(job, on)) is not None
    ]
    return Record(skills=skills_of(jobseeker), experience=jobs, education=education_of(jobseeker))


def months_until(job: Experience, on: dt.date) -> int | None:
    """Return the months of a job before a day; None when it began later, or when nobody knows."""
    if job.months is None or (job.starts_on is None and job.is_current):
        return None
    if job.starts_on is None:
        return job.months
    if job.starts_on >= on:
        return None
    return min(job.months, (on.year - job.starts_on.year) * 12 + on.month - job.starts_on.month)


def traits_held(jobseeker: Jobseeker, occupation: str) -> dict[str, set[str]]:
    """Return the traits a person has today, by kind; a kind of which she has said nothing is left out."""
    return traits_of(record_of_traits(jobseeker), occupation)


def record_of_traits(jobseeker: Jobseeker) -> Person:
    """Read what traits are made of, today."""
    return Record(
        skills=skills_of(jobseeker), experience=jobs_of(jobseeker), education=education_of(jobseeker)
    )


def skills_of(jobseeker: Jobseeker) -> list[tuple[str, int]]:
    return [(held.skill_id, held.level or LEVEL_UNKNOWN) for held in jobseeker.skills_held.all()]


def jobs_of(jobseeker: Jobseeker) -> list[tuple[str, float]]:
    return [
        (job.occupation_id, float(job.months))
        for job in jobseeker.experiences.all()
        if job.occupation_id and job.months is not None
    ]


def education_of(jobseeker: Jobseeker) -> int:
    return UNKNOWN_LEVEL if jobseeker.education_level is None else jobseeker.education_level
