"""The lists served, as people see them: the first openings that they did not put aside, with what each is worth.

Imported once Django is set up.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from visavis.matches.models import Edition, Match, Opinion
from visavis.matches.models.match import Tier
from visavis.vacancies.models import Vacancy

SHOWN = 20


@dataclass(frozen=True)
class Seen:
    """One opening in one list: its turn from 1, the logit of its chance, and the heading it stands under."""

    person: int
    vacancy: int
    turn: int
    score: float
    heading: str

    @property
    def chance(self) -> float:
        """Return the chance that both sides say yes."""
        return float(1.0 / (1.0 + np.exp(-self.score)))


type Lists = defaultdict[int, list[Seen]]


@dataclass(frozen=True)
class Served:
    """Everybody's list, how full the fullest vacancy is for its limit, and how many places stand above limits."""

    lists: Lists
    fullest: float
    over: int


def shown(*people: int) -> list[Seen]:
    """Return the openings shown, of some people or of everybody."""
    aside = set(Opinion.objects.filter(kind=Opinion.Kind.NOT_FOR_ME).values_list("jobseeker", "vacancy"))
    rows = Match.objects.filter(side=Match.Whose.JOBSEEKER, **({"jobseeker__in": people} if people else {}))
    turns: defaultdict[int, int] = defaultdict(int)
    found = []
    for row in rows.order_by("jobseeker", "rank").defer("told"):
        if (row.jobseeker_id, row.vacancy_id) in aside:
            continue
        turns[row.jobseeker_id] += 1
        if (turn := turns[row.jobseeker_id]) <= SHOWN:
            found.append(Seen(row.jobseeker_id, row.vacancy_id, turn, row.score, Tier(row.tier).name.lower()))
    return found


def lists_of(*people: int) -> Lists:
    """Return the openings shown by person."""
    found: Lists = defaultdict(list)
    for one in shown(*people):
        found[one.person].append(one)
    return found


def served() -> Served:
    """Return all of the edition served."""
    edition, found = Edition.objects.served(), lists_of()
    counts: defaultdict[int, int] = defaultdict(int)
    for one in (one for seen in found.values() for one in seen):
        counts[one.vacancy] += 1
    positions = dict(Vacancy.objects.filter(pk__in=counts).values_list("pk", "positions"))
    limit = {pk: np.ceil((edition.times or np.inf) * positions[pk]) for pk in counts}
    fullest = max((count / limit[pk] for pk, count in counts.items()), default=0.0)
    return Served(found, float(fullest), edition.over)


def lost(seen: list[Seen], plain: list[Seen]) -> float:
    """Return the part of her twenty chances without spreading that spreading takes away."""
    best = sum(one.chance for one in plain)
    return 1.0 - sum(one.chance for one in seen) / best if best else 0.0
