"""Places of kept lists: written whole, or a few of them changed without making the lists anew."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from math import inf
from typing import NamedTuple

from django.db.models import Count, F, Max, Q

from visavis.matches.bridge import reasons
from visavis.matches.bridge.lists import Found, Lists, Numbers, distinct
from visavis.matches.bridge.market import People, Work
from visavis.matches.bridge.reasons import Told
from visavis.matches.bridge.serving import SERVED
from visavis.matches.models import Edition, Match

ROWS_AT_ONCE = 500
# How many numbers stand in one statement.
NUMBERS_AT_ONCE = 5_000


@dataclass(frozen=True)
class Place:
    """One place to fill: whose list, what stands there, what it is worth and why."""

    side: str
    jobseeker: int
    vacancy: int
    rank: int
    score: float
    worth: float
    told: Told

    @property
    def owner(self) -> int:
        return self.jobseeker if self.side == Match.Side.JOBSEEKER else self.vacancy

    @property
    def other(self) -> int:
        return self.vacancy if self.side == Match.Side.JOBSEEKER else self.jobseeker


type Telling = dict[tuple[int, int], Told]


def tell(work: Work, people: People, found: Sequence[Found]) -> Telling:
    """Tell each pair once, whichever lists it stands in."""
    pairs = distinct(found, len(work))
    return dict(zip(pairs.keys(), reasons.told(work, people, pairs), strict=True))


def of_lists(lists: Lists, ids: tuple[Numbers, Numbers], telling: Telling) -> list[Place]:
    """Return the places of some lists, told."""
    return [
        Place(lists.side, *row, telling[key])
        for key, row in zip(lists.found.keys(), lists.rows(ids), strict=True)
    ]


def write(edition: Edition, places: Iterable[Place], made_at: dt.datetime) -> None:
    """Write places; those that stood there were taken out before."""
    rows = (
        Match(
            edition=edition,
            side=place.side,
            jobseeker_id=place.jobseeker,
            vacancy_id=place.vacancy,
            rank=place.rank,
            score=place.score,
            worth=place.worth,
            distance_km=place.told.distance_km,
            reasons=place.told.reasons,
            engine_version=place.told.engine_version,
            made_at=made_at,
        )
        for place in places
    )
    Match.everything.bulk_create(rows, batch_size=ROWS_AT_ONCE)


def take_out(edition: Edition, rows: Q) -> set[tuple[str, int]]:
    """Delete places and close the gaps they leave; return the lists that lost one, as (side, whose)."""
    every = Match.everything.filter(rows, edition=edition)
    gone = list(every.values_list("pk", "side", "jobseeker", "vacancy"))
    if not gone:
        return set()
    for some in batched((row[0] for row in gone), NUMBERS_AT_ONCE, strict=False):
        Match.everything.filter(pk__in=some).delete()
    hers, theirs = Match.Side.JOBSEEKER, Match.Side.VACANCY
    owners = {(side, person if side == hers else vacancy) for _pk, side, person, vacancy in gone}
    for side in (hers, theirs):
        shelves = shelves_of(edition, side, {owner for of, owner in owners if of == side})
        _renumber(shelves, {row.pk: row.rank for shelf in shelves.values() for row in shelf})
    return owners


def put_in(edition: Edition, new: Sequence[Place], made_at: dt.datetime) -> None:
    """Put places of one side into lists by their worth; what stands there moves down.

    In a person's list what is shown and what waits keep apart: a place that is worth less than all that is
    shown waits, whatever waits before it.
    """
    if not new:
        return
    side = new[0].side
    shelves = shelves_of(edition, side, {place.owner for place in new})
    before = {row.pk: row.rank for shelf in shelves.values() for row in shelf}
    for place in new:
        shelf = shelves[place.owner]
        first = SERVED if side == Match.Side.JOBSEEKER else len(shelf)
        at = _before(place, shelf[:first])
        if at == first:
            at += _before(place, shelf[first:])
        shelf.insert(at, Row(0, 0, place.worth, place.other))
    _renumber(shelves, before)
    ranks = {
        (owner, row.other): rank
        for owner, shelf in shelves.items()
        for rank, row in enumerate(shelf, 1)
        if not row.pk
    }
    write(edition, (replace(one, rank=ranks[one.owner, one.other]) for one in new), made_at)


def _before(place: Place, shelf: "Sequence[Row]") -> int:
    """Count what stands before a place."""
    return sum((-row.worth, row.other) < (-place.worth, place.other) for row in shelf)


class Row(NamedTuple):
    """A place as it stands: its number (0 before it is written), rank, worth, and what stands there."""

    pk: int
    rank: int
    worth: float
    other: int


def shelves_of(edition: Edition, side: str, owners: Collection[int]) -> defaultdict[int, list[Row]]:
    """Return some lists in order."""
    is_hers = side == Match.Side.JOBSEEKER
    whose, what = ("jobseeker", "vacancy") if is_hers else ("vacancy", "jobseeker")
    shelves: defaultdict[int, list[Row]] = defaultdict(list)
    for some in batched(sorted(owners), NUMBERS_AT_ONCE, strict=False):
        rows = Match.everything.filter(edition=edition, side=side, **{f"{whose}__in": some})
        for owner, *row in rows.order_by("rank", "pk").values_list(whose, "pk", "rank", "worth", what):
            shelves[owner].append(Row(*row))
    return shelves


def _renumber(shelves: Mapping[int, Sequence[Row]], before: Mapping[int, int]) -> None:
    """Give places the ranks they stand at, those that move equally far at once."""
    moved: defaultdict[int, list[int]] = defaultdict(list)
    for shelf in shelves.values():
        for rank, row in enumerate(shelf, 1):
            if row.pk and before[row.pk] != rank:
                moved[rank - before[row.pk]].append(row.pk)
    for far, numbers in moved.items():
        for some in batched(numbers, NUMBERS_AT_ONCE, strict=False):
            Match.everything.filter(pk__in=some).update(rank=F("rank") + far)


def standing_at(
    edition: Edition, vacancies: Collection[int], without: Collection[int] = ()
) -> dict[int, tuple[int, int]]:
    """Count in how many people's lists each vacancy is shown, and in how many it is kept."""
    rows = Match.everything.filter(edition=edition, side=Match.Side.JOBSEEKER, vacancy__in=vacancies)
    counted = rows.exclude(jobseeker__in=without).order_by().values("vacancy")
    found = counted.annotate(shown=Count("pk", filter=Q(rank__lte=SERVED)), kept=Count("pk"))
    return {row["vacancy"]: (row["shown"], row["kept"]) for row in found}


def bars(edition: Edition, people: Collection[int]) -> dict[int, tuple[int, float]]:
    """Return for each person with a list how many places it has, and what its last shown one is worth.

    Whose list is shorter than what is shown takes anything: less than nothing is worth enough.
    """
    found: dict[int, tuple[int, float]] = {}
    for some in batched(sorted(people), NUMBERS_AT_ONCE, strict=False):
        rows = Match.everything.filter(edition=edition, side=Match.Side.JOBSEEKER, jobseeker__in=some)
        counted = rows.order_by().values("jobseeker")
        for row in counted.annotate(kept=Count("pk"), bar=Max("worth", filter=Q(rank=SERVED))):
            found[row["jobseeker"]] = row["kept"], -inf if row["bar"] is None else row["bar"]
    return found
