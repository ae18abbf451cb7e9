"""The third part of the bridge: ideal profiles, from their rows to what each trait adds, and their comparisons."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from typing import cast

import numpy as np
import numpy.typing as npt

from visavis.catalog.models import Occupation, OccupationSkill
from visavis.engine.facts.records import Jobseeker as Record
from visavis.engine.facts.vocabulary import UNKNOWN_LEVEL
from visavis.engine.fairness.gaps import LARGE, NONE_SEEN, Estimate
from visavis.engine.ideal.family import family
from visavis.engine.ideal.gaps import Lists, line_gap, moved_logits, moved_places, newcombe
from visavis.engine.ideal.table import saturated
from visavis.engine.ideal.traits import BAND_MONTHS, Prior, kind_of, number_having, traits, traits_of, wilson
from visavis.engine.weights import IDEAL_EMPHASIS
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.matches.models.family import FamilyProfile, GapRow, Interval, LineAudit
from visavis.matches.models.ideal import LEAST_PEOPLE, Correction, IdealProfile, TraitRow

__all__ = [
    "BAND_MONTHS",
    "LARGE",
    "NONE_SEEN",
    "Crowd",
    "Lists",
    "Prior",
    "added",
    "corrected",
    "difference",
    "family_of",
    "gaps_of",
    "having",
    "ideal_profiles",
    "interval",
    "priors_of",
    "rows_of",
    "stopped",
]

What = Correction.What
# A level nobody gave, where the engine wants a number.
LEVEL_UNKNOWN = 0


# What each trait adds ----------------------------------------------------------------------------


def ideal_profiles() -> dict[str, dict[str, float]]:
    """Return what each trait adds, by occupation, as counsellors corrected it and without what is too unequal.

    Where fewer than ten people were hired, the family speaks if it can, of the skills of the occupation's sheet.
    """
    rows = IdealProfile.objects.current().filter(is_seed=False)
    found = {row.occupation_id: {trait["code"]: trait["credit"] for trait in row.rows} for row in rows}
    found |= _seeded(frozenset(found))
    if not found:
        return {}
    for correction in Correction.objects.present():
        profile = found.get(correction.occupation_id, {})
        if correction.trait in profile:
            profile[correction.trait] = corrected(profile[correction.trait], correction.what)
    for occupation, dropped in stopped().items():
        profile = found.get(occupation, {})
        profile |= dict.fromkeys(dropped & profile.keys(), 0.0)
    return {occupation: profile for occupation, profile in found.items() if profile}


def _seeded(known: frozenset[str]) -> dict[str, dict[str, float]]:
    """Return what occupations without a profile of their own take from their families."""
    families = {
        row.code: {trait["code"]: trait["credit"] for trait in row.rows if trait["credit"] > 0}
        for row in FamilyProfile.objects.current().filter(is_seed=False)
    }
    families = {code: profile for code, profile in families.items() if profile}
    if not families:
        return {}
    every = Occupation.objects.filter(is_current=True).order_by("pk").values_list("pk", flat=True)
    codes = [code for code in every if code[:3] in families and code not in known]
    skills = {code.partition(":")[2] for profile in families.values() for code in profile}
    links = OccupationSkill.objects.filter(skill__in=skills, occupation__in=codes)
    asked = set(links.values_list("occupation_id", "skill_id"))
    return {
        code: {
            trait: credit
            for trait, credit in families[code[:3]].items()
            if kind_of(trait) != "skill" or (code, trait.partition(":")[2]) in asked
        }
        for code in codes
    }


def corrected(credit: float, what: str) -> float:
    """Return what a corrected trait adds."""
    if what == What.KEPT:
        return credit
    return max(credit, IDEAL_EMPHASIS) if what == What.EMPHASISED else 0.0


def added(worth: Mapping[str, float], held: Iterable[str]) -> float:
    """Return what some traits add together, logits of the experts' score."""
    total = sum(worth.get(code, 0.0) for code in held)
    return float(saturated(np.array([total]))[0])


def stopped(occupation: str | None = None) -> dict[str, set[str]]:
    """Return the traits that count for nothing because they are too unequal, those that counsellors keep aside."""
    audits = LineAudit.objects.exclude(stopped=[])
    kept = Correction.objects.present().filter(what=What.KEPT)
    if occupation is not None:
        audits, kept = audits.filter(occupation=occupation), kept.filter(occupation=occupation)
    found: dict[str, set[str]] = {}
    for code, dropped in audits.values_list("occupation_id", "stopped"):
        found.setdefault(code, set()).update(dropped)
    for code, trait in kept.values_list("occupation_id", "trait") if found else ():
        found.get(code, set()).discard(trait)
    return found


def rows_of(occupation: Occupation) -> tuple[int, list[TraitRow]]:
    """Return the version and the lines of a profile; version 0 and those of its family where it has none."""
    own = IdealProfile.objects.of(occupation).first()
    if own is not None and not own.is_seed:
        return own.version, own.rows
    family_row = FamilyProfile.objects.of(occupation.family).first()
    if family_row is None:
        return 0, []
    skills = {f"skill:{code}" for code in occupation.skill_links.values_list("skill_id", flat=True)}
    rows = family_row.rows
    return 0, [row for row in rows if kind_of(row["code"]) != "skill" or row["code"] in skills]


# Families, and those who wish ------------------------------------------------------------------------


@dataclass(frozen=True)
class FamilyFound:
    """What a family says, as it is kept."""

    rows: list[TraitRow]
    priors: dict[str, tuple[float, float]]
    between: float


def family_of(groups: Mapping[str, tuple[Sequence[Record], Sequence[Record]]]) -> FamilyFound:
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


def having(groups: Iterable[list[Record]], occupation: str) -> tuple[Counter[str], Counter[str]]:
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


# Groups ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Crowd:
    """The people whom lines are measured on, and the lists of the work they stand in."""

    people: list[Record]
    occupation: str
    lists: Lists
    # By how much the score in use multiplies what the experts' profile adds.
    scale: float

    def having(self, codes: Sequence[str]) -> npt.NDArray[np.float64]:
        """Return who has each line: 1, 0, NaN when the kind is not known; a row a person."""
        table = np.full((len(self.people), len(codes)), np.nan)
        for number, person in enumerate(self.people):
            held = traits_of(person, self.occupation)
            for place, code in enumerate(codes):
                if (kind := kind_of(code)) in held:
                    table[number, place] = code in held[kind]
        return table


def gaps_of(crowd: Crowd, rows: Sequence[TraitRow], labels: Sequence[str]) -> list[GapRow]:
    """Compare the groups of one column in each line; `labels` gives each person's group, "" when unknown."""
    codes = [row["code"] for row in rows]
    worth = np.array([row["credit"] for row in rows])
    has = crowd.having(codes)
    logits = moved_logits(has, worth)
    earned = np.where(np.isfinite(has), has, 0.0) * worth
    total = crowd.scale * saturated(earned.sum(axis=1))
    group = np.array(labels, np.str_)
    found: list[GapRow] = []
    for place, code in enumerate(codes):
        places = np.zeros(len(group))
        if worth[place] > 0:
            without = crowd.scale * saturated(earned.sum(axis=1) - earned[:, place])
            places = moved_places(crowd.lists, len(group), total, without)
        column = has[:, place]
        for one, against, is_one, is_other in _pairs(group, column):
            gap = line_gap(column, (crowd.scale * logits[:, place], places), is_one, is_other)
            row: GapRow = {
                "trait": code, "group": one, "against": against, "people": gap.people,
                "others": gap.others, "share": gap.share, "share_others": gap.share_others,
                "having": _interval(gap.having), "verdict": gap.verdict,
            }  # fmt: skip
            if worth[place] > 0 and not isnan(gap.logits.gap):
                row["logits"] = _interval(gap.logits)
            if worth[place] > 0 and not isnan(gap.places.gap):
                row["places"] = _interval(gap.places)
            found.append(row)
    return found


type _Side = npt.NDArray[np.bool_]


def _pairs(group: npt.NDArray[np.str_], has: npt.NDArray[np.float64]) -> list[tuple[str, str, _Side, _Side]]:
    """List who is compared with whom in a line: groups of ten people known or more, two as one comparison."""
    known = (group != "") & np.isfinite(has)
    names, counts = np.unique(group[known], return_counts=True)
    shown = names[counts >= LEAST_PEOPLE].tolist()
    among = known & np.isin(group, shown)
    if len(shown) < 2:
        return []
    if len(shown) == 2:
        return [(shown[0], shown[1], among & (group == shown[0]), among & (group == shown[1]))]
    return [(one, "", among & (group == one), among & (group != one)) for one in shown]


def _interval(found: Estimate) -> Interval:
    return found.gap, found.low, found.high


# Traits -------------------------------------------------------------------------------------------


def compare(
    hired: Iterable[Record],
    others: Iterable[Record],
    occupation: str,
    priors: Mapping[str, Prior],
) -> list[TraitRow]:
    """Compare people hired with people who were not, drawn towards what the family says."""
    found = traits(list(hired), list(others), occupation, priors)
    return [cast(TraitRow, asdict(trait)) for trait in found]


def record_as_of(jobseeker: Jobseeker, on: dt.date) -> Record:
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


def record_of_traits(jobseeker: Jobseeker) -> Record:
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
