"""Make the versions of ideal profiles from introductions and hires, and say what moved.

Nobody may be read in a profile. A version is made only when at least three people more (or fewer) were
hired, so that two versions never differ by one person, and a trait of one or two people is not kept.
"""

from collections import Counter
from dataclasses import dataclass

from django.db import transaction

from visavis.catalog.models import Occupation
from visavis.introductions.models import Hire, Introduction
from visavis.matches.bridge import scoring, traits
from visavis.matches.ideal import families as ideal_families
from visavis.matches.ideal.people import (
    People,
    as_of,
    as_today,
    hired_now,
    people_of,
    reached_employers,
    wishers,
)
from visavis.matches.models import FamilyProfile, IdealProfile
from visavis.matches.models.ideal import LEAST_PEOPLE, TraitRow
from visavis.vacancies.models import SkillAsked

__all__ = ["hired_now", "make", "moves", "occupation_of", "people_of", "remake"]

# Two versions differ by at least so many people.
MORE_PEOPLE = 3


def occupation_of(hire_id: int) -> str | None:
    """Return the code of the occupation of a hire; nothing when the hire is gone or has none."""
    return Hire.objects.filter(pk=hire_id).values_list("vacancy__occupation_id", flat=True).first()


# Making ------------------------------------------------------------------------------------------


def make(occupation_id: str) -> IdealProfile | None:
    """Make the next version of an occupation's profile when enough has changed, else nothing. Safe to repeat.

    Its family's comes first: the occupation is drawn towards it.
    """
    ideal_families.make(occupation_id[:3])
    with transaction.atomic():
        occupation = Occupation.objects.select_for_update(no_key=True).get(pk=occupation_id)
        people = people_of(occupation_id)
        last = IdealProfile.objects.of(occupation).first()
        if not is_due(last, people):
            return None
        family = FamilyProfile.objects.of(occupation.family).first()
        found = _traits(occupation, people, family)
        if last is not None and last.is_seed and not found:
            return None
        wished = _wished(occupation, found, last)
        return IdealProfile.objects.create(
            wished=wished,
            family=family,
            occupation=occupation,
            version=last.version + 1 if last else 1,
            introduced=people.introduced,
            hired=len(people.hired),
            is_seed=not found,
            traits=found,
            engine_version=scoring.BY_EXPERTS.engine_version,
        )


def is_due(last: IdealProfile | None, people: People) -> bool:
    """Say whether a version may follow: what two of them tell apart is never one or two people."""
    hired = len(people.hired)
    if last is None:
        return people.introduced > 0
    if last.is_seed or hired < LEAST_PEOPLE:
        return last.is_seed != (hired < LEAST_PEOPLE)
    others_moved = abs(len(people.others) - (last.introduced - last.hired))
    return abs(hired - last.hired) >= MORE_PEOPLE and (others_moved == 0 or others_moved >= MORE_PEOPLE)


def _traits(occupation: Occupation, people: People, family: FamilyProfile | None) -> list[TraitRow]:
    """Compare both groups; a skill counts only when the occupation or one of its employers asks for it."""
    if len(people.hired) < LEAST_PEOPLE:
        return []
    priors = traits.priors_of(family)
    rows = traits.compare(as_of(people.hired), as_of(people.others), occupation.pk, priors)
    asked = SkillAsked.objects.filter(vacancy__occupation=occupation, skill__isnull=False)
    skills = {f"skill:{code}" for code in occupation.skill_links.values_list("skill_id", flat=True)}
    skills |= {f"skill:{code}" for code in asked.values_list("skill_id", flat=True).distinct()}
    return [row for row in rows if traits.kind_of(row["code"]) != "skill" or row["code"] in skills]


def _wished(occupation: Occupation, found: list[TraitRow], last: IdealProfile | None) -> int:
    """Count each line among those who wish for the work; return how many they are.

    When one or two came or went since the last version its counts stay: nobody can be read in what moved.
    """
    ids = list(wishers(occupation.pk).order_by("pk").values_list("pk", flat=True)) if found else []
    if last is not None and 0 < abs(len(ids) - last.wished) < MORE_PEOPLE:
        before = {row["code"]: row for row in last.rows}
        for row in found:
            old = before.get(row["code"])
            row["wished"], row["wished_known"] = (
                (old.get("wished", 0), old.get("wished_known", 0)) if old else (0, 0)
            )
        return last.wished
    have, known = traits.having(as_today(ids), occupation.pk) if ids else (Counter(), Counter())
    for row in found:
        row["wished"], row["wished_known"] = have[row["code"]], known[traits.kind_of(row["code"])]
    return len(ids)


def remake() -> int:
    """Make the versions that are due, of every occupation people were introduced to; return how many."""
    reached = Introduction.objects.filter(reached_employers(), vacancy__occupation__isnull=False)
    codes = sorted(set(reached.order_by().values_list("vacancy__occupation", flat=True).distinct()))
    return sum(make(code) is not None for code in codes)


# What moved --------------------------------------------------------------------------------------

# A share that moves by less than so much is not worth a word.
LEAST_MOVE = 0.03


@dataclass(frozen=True)
class Move:
    """A trait whose share moved since the version before; None where it was not, or is no more."""

    trait: str
    before: float | None
    after: float | None

    @property
    def size(self) -> float:
        return abs((self.after or 0.0) - (self.before or 0.0))


def moves(now: IdealProfile, before: IdealProfile | None) -> list[Move]:
    """Return what moved between two versions, the most first; nothing when one of them is a seed."""
    if before is None or before.is_seed or now.is_seed:
        return []
    old = {row["code"]: row["share"] for row in before.rows}
    new = {row["code"]: row["share"] for row in now.rows}
    found = [Move(code, old.get(code), new.get(code)) for code in sorted(old.keys() | new.keys())]
    return sorted(
        (move for move in found if move.size >= LEAST_MOVE), key=lambda move: (-move.size, move.trait)
    )
