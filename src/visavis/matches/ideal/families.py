"""Make the versions of what families of occupations say together: the same rules as for one occupation.

Nobody may be read in the difference of a family and its occupations either: those of its people who stand in
no profile of their own are nobody, or three at least.
"""

from django.db import transaction

from visavis.catalog.models import Occupation
from visavis.matches.bridge import scoring, traits
from visavis.matches.ideal.people import People, as_of, people_of_all
from visavis.matches.models import FamilyProfile, IdealProfile
from visavis.matches.models.ideal import LEAST_PEOPLE

# Two versions differ by at least so many people.
MORE_PEOPLE = 3


def make(code: str) -> FamilyProfile | None:
    """Make the next version of a family ("M18") when enough has changed, else nothing. Safe to repeat."""
    with transaction.atomic():
        rows = Occupation.objects.select_for_update(no_key=True).filter(pk__startswith=code).order_by("pk")
        everybody = {
            occupation: people
            for occupation, people in people_of_all([row.pk for row in rows]).items()
            if people.introduced
        }
        last = FamilyProfile.objects.of(code).first()
        if not is_due(last, everybody):
            return None
        hired = sum(len(people.hired) for people in everybody.values())
        fields = {
            "code": code,
            "version": last.version + 1 if last else 1,
            "hired": hired,
            "introduced": sum(people.introduced for people in everybody.values()),
            "engine_version": scoring.BY_EXPERTS.engine_version,
        }
        if hired < LEAST_PEOPLE:
            return FamilyProfile.objects.create(**fields, is_seed=True)
        found = traits.family_of(
            {
                occupation: (as_of(people.hired), as_of(people.others))
                for occupation, people in everybody.items()
            }
        )
        return FamilyProfile.objects.create(
            **fields,
            is_seed=not found.rows,
            traits=found.rows,
            priors=found.priors,
            between=found.between,
        )


def is_due(last: FamilyProfile | None, everybody: dict[str, People]) -> bool:
    """Say whether a version may follow."""
    hired = sum(len(people.hired) for people in everybody.values())
    others = sum(len(people.others) for people in everybody.values())
    if last is None or last.is_seed or hired < LEAST_PEOPLE:
        if (last is None or last.is_seed) == (hired < LEAST_PEOPLE):
            return False
    else:
        others_moved = abs(others - (last.introduced - last.hired))
        if abs(hired - last.hired) < MORE_PEOPLE or 0 < others_moved < MORE_PEOPLE:
            return False
    return hired < LEAST_PEOPLE or not points_at_few(everybody)


def points_at_few(everybody: dict[str, People]) -> bool:
    """Say whether what is left when known profiles are taken away would be one or two people."""
    known = IdealProfile.objects.current().filter(occupation__in=list(everybody), is_seed=False)
    shown = {row.occupation_id: (row.hired, row.introduced - row.hired) for row in known}
    small = [people for people in everybody.values() if len(people.hired) < LEAST_PEOPLE]
    left = [
        sum(len(people.hired) for people in small),
        sum(len(people.hired) for people in everybody.values()) - sum(one for one, _ in shown.values()),
    ]
    if shown:
        everyone = sum(len(people.others) for people in everybody.values())
        left.append(everyone - sum(others for _, others in shown.values()))
    return any(0 < abs(number) < MORE_PEOPLE for number in left)
