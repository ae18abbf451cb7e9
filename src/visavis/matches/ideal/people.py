"""Of whom ideal profiles are made: people introduced, hired, or who wish for the work."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from visavis.catalog.models import Occupation
from visavis.introductions.models import Hire, Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import traits
from visavis.matches.bridge.traits import Person

PEOPLE_AT_ONCE = 500


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
    return people_of_all([occupation_id])[occupation_id]


def people_of_all(occupations: list[str]) -> dict[str, People]:
    """Return who was introduced for each of some occupations, in one query."""
    rows = (
        Introduction.objects.filter(reached_employers(), vacancy__occupation__in=occupations)
        .order_by("opened_at", "pk")
        .values_list("vacancy__occupation", "jobseeker_id", "opened_at", "hire__confirmed_at")
    )
    found = {occupation: People() for occupation in occupations}
    for occupation, jobseeker_id, opened_at, confirmed_at in rows:
        people = found[occupation or ""]
        side = people.hired if confirmed_at else people.others
        side[jobseeker_id] = opened_at.date()
    for people in found.values():
        people.others = {key: day for key, day in people.others.items() if key not in people.hired}
    return found


def hired_now(occupation: Occupation) -> int:
    """Count the people hired for an occupation until now."""
    confirmed = Hire.objects.filter(vacancy__occupation=occupation, confirmed_at__isnull=False)
    return confirmed.values("introduction__jobseeker").distinct().count()


def wishers(occupation_id: str) -> QuerySet[Jobseeker]:
    """Return who looks for work today and wishes for this one."""
    return Jobseeker.objects.looking().filter(wishes__occupation=occupation_id).distinct()


def as_of(days: dict[int, dt.date]) -> list[Person]:
    """Read people as each was on the day beside her."""
    return [
        traits.record_as_of(one, days[one.pk])
        for group in _read(sorted(days))
        for one in group
        if one.pk in days
    ]


def as_today(ids: list[int]) -> Iterator[list[Person]]:
    """Read people as they are, in parts."""
    for group in _read(ids):
        yield [traits.record_of_traits(one) for one in group]


def _read(ids: list[int]) -> Iterator[list[Jobseeker]]:
    for start in range(0, len(ids), PEOPLE_AT_ONCE):
        some = Jobseeker.objects.filter(pk__in=ids[start : start + PEOPLE_AT_ONCE])
        yield list(some.order_by("pk").prefetch_related("skills_held", "experiences"))
