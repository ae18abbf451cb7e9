"""Make the versions of ideal profiles from introductions and hires, and say what moved.

Nobody may be read in a profile. A version is made only when at least three people more (or fewer) were
hired, so that two versions never differ by one person, and a trait of one or two people is not kept.
"""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from visavis.catalog.models import Occupation
from visavis.introductions.models import Hire, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches import bridge
from visavis.matches.models import IdealProfile
from visavis.matches.models.ideal import LEAST_PEOPLE, TraitRow
from visavis.vacancies.models import SkillAsked

# Two versions differ by at least so many people.
MORE_PEOPLE = 3
PEOPLE_AT_ONCE = 500


# Who was introduced ------------------------------------------------------------------------------


@dataclass
class People:
    """The people introduced to employers of an occupation: each once, with the day it began for her."""

    hired: dict[int, dt.date] = field(default_factory=dict)
    others: dict[int, dt.date] = field(default_factory=dict)

    @property
    def introduced(self) -> int:
        return len(self.hired) + len(self.others)


def reached_employers() -> Q:
    """She wanted it, and the employer was asked or asked himself."""
    reached = Q(put_at__isnull=False) | Q(employer_yes_at__isnull=False)
    return Q(jobseeker_yes_at__isnull=False) & reached


def people_of(occupation_id: str) -> People:
    """Return who was introduced for an occupation, and who of them was hired."""
    rows = (
        Introduction.objects.filter(reached_employers(), vacancy__occupation=occupation_id)
        .order_by("opened_at", "pk")
        .values_list("jobseeker_id", "opened_at", "hire__confirmed_at")
    )
    people = People()
    for jobseeker_id, opened_at, confirmed_at in rows:
        side = people.hired if confirmed_at else people.others
        side[jobseeker_id] = opened_at.date()
    people.others = {key: day for key, day in people.others.items() if key not in people.hired}
    return people


def hired_now(occupation: Occupation) -> int:
    """Count the people hired for an occupation until now."""
    confirmed = Hire.objects.filter(vacancy__occupation=occupation, confirmed_at__isnull=False)
    return confirmed.values("introduction__jobseeker").distinct().count()


def occupation_of(hire_id: int) -> str | None:
    """Return the code of the occupation of a hire; nothing when the hire is gone or has none."""
    return Hire.objects.filter(pk=hire_id).values_list("vacancy__occupation_id", flat=True).first()


# Making ------------------------------------------------------------------------------------------


def make(occupation_id: str) -> IdealProfile | None:
    """Make the next version of an occupation's profile when enough has changed, else nothing. Safe to repeat."""
    with transaction.atomic():
        occupation = Occupation.objects.select_for_update(no_key=True).get(pk=occupation_id)
        people = people_of(occupation_id)
        last = IdealProfile.objects.of(occupation).first()
        if not is_due(last, people):
            return None
        traits = _traits(occupation, people)
        if last is not None and last.is_seed and not traits:
            return None
        return IdealProfile.objects.create(
            occupation=occupation,
            version=last.version + 1 if last else 1,
            introduced=people.introduced,
            hired=len(people.hired),
            is_seed=not traits,
            traits=traits,
            engine_version=bridge.ENGINE_VERSION,
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


def _traits(occupation: Occupation, people: People) -> list[TraitRow]:
    """Compare both groups; a skill counts only when the occupation or one of its employers asks for it."""
    if len(people.hired) < LEAST_PEOPLE:
        return []
    rows = bridge.compare(_as_of(people.hired), _as_of(people.others), occupation.pk)
    asked = SkillAsked.objects.filter(vacancy__occupation=occupation, skill__isnull=False)
    skills = {f"skill:{code}" for code in occupation.skill_links.values_list("skill_id", flat=True)}
    skills |= {f"skill:{code}" for code in asked.values_list("skill_id", flat=True).distinct()}
    return [row for row in rows if bridge.kind_of(row["code"]) != "skill" or row["code"] in skills]


def _as_of(days: dict[int, dt.date]) -> list[tuple[Jobseeker, dt.date]]:
    ids = sorted(days)
    found: list[tuple[Jobseeker, dt.date]] = []
    for start in range(0, len(ids), PEOPLE_AT_ONCE):
        some = Jobseeker.objects.filter(pk__in=ids[start : start + PEOPLE_AT_ONCE])
        loaded = some.order_by("pk").prefetch_related("skills_held", "experiences")
        found += [(jobseeker, days[jobseeker.pk]) for jobseeker in loaded]
    return found


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
