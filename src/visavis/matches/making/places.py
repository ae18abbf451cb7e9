"""Places of kept lists: written whole, or a few of them changed without making the lists anew."""

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from math import inf
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat

from visavis.matches.bridge import reasons
from visavis.matches.bridge.lists import Found, Lists, Numbers, distinct
from visavis.matches.bridge.market import People, Work
from visavis.matches.bridge.reasons import Told
from visavis.matches.bridge.serving import KEPT, SERVED
from visavis.matches.models import Edition, MatchList, packing
from visavis.matches.models.match import Whose

ROWS_AT_ONCE = 500
# How many numbers stand in one statement.
NUMBERS_AT_ONCE = 5_000

OTHER = {Whose.JOBSEEKER: Whose.VACANCY, Whose.VACANCY: Whose.JOBSEEKER}
CHANGED = (
    "others",
    "length",
    "slots",
    "next_slot",
    "packed",
    "told",
    "bar",
    "allowed",
    "engine_version",
    "made_at",
)


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
        return self.jobseeker if self.side == Whose.JOBSEEKER else self.vacancy

    @property
    def other(self) -> int:
        return self.vacancy if self.side == Whose.JOBSEEKER else self.jobseeker


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


# One list, open to be changed -------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    """A place as it stands in a list: what stands there, its lasting number, what is kept of it."""

    other: int
    slot: int
    values: packing.Values
    told: dict[str, Any] | None = None

    @property
    def worth(self) -> float:
        return self.values.worth


@dataclass
class Shelf:
    """One list, its places in order."""

    kept: MatchList
    rows: list[Row]
    before: list[int] = field(default_factory=list)

    @property
    def owner(self) -> int:
        return self.kept.jobseeker_id or self.kept.vacancy_id or 0

    @classmethod
    def of(cls, kept: MatchList) -> "Shelf":
        others: list[int] = json.loads(kept.others)
        slots = json.loads(kept.slots) if kept.slots else range(1, len(others) + 1)
        values = packing.unpacked(bytes(kept.packed))
        told = packing.told(bytes(kept.told)) or [None] * len(others)
        return cls(kept, [Row(*row) for row in zip(others, slots, values, told, strict=True)], others)

    def row_of(self, place: Place, made_at: dt.datetime) -> Row:
        """Return a place as a row of this list, with a number that nothing had here before."""
        slot = self.kept.next_slot
        self.kept.next_slot += 1
        told = {
            "at": made_at.isoformat(),
            "version": place.told.engine_version,
            "reasons": place.told.reasons,
        }
        return Row(place.other, slot, packing.Values(place.score, place.worth), told)

    def packed(self) -> MatchList:
        """Return the row of the database with the places as they are now."""
        kept, rows = self.kept, self.rows
        kept.others, kept.length = json.dumps([row.other for row in rows], separators=(",", ":")), len(rows)
        kept.slots = json.dumps([row.slot for row in rows], separators=(",", ":"))
        kept.packed = packing.packed(*(zip(*(row.values for row in rows), strict=True))) if rows else b""
        told = [row.told for row in rows]
        kept.told = packing.in_json(told) if any(told) else b""
        is_long = kept.jobseeker_id is not None and len(rows) >= SERVED
        kept.bar = rows[SERVED - 1].worth if is_long else None
        return kept


def lists_of(edition: Edition, side: str, owners: Collection[int]) -> QuerySet[MatchList]:
    """Find the lists of some owners."""
    return MatchList.objects.filter(edition=edition, **{f"{side}__in": owners})


def shelves_of(edition: Edition, side: str, owners: Collection[int]) -> dict[int, Shelf]:
    """Return some lists in order; one that is not there is empty."""
    found = {
        owner: Shelf(MatchList(edition=edition, **{f"{side}_id": owner}), []) for owner in sorted(owners)
    }
    for some in batched(found, NUMBERS_AT_ONCE, strict=False):
        for kept in lists_of(edition, side, some):
            found[getattr(kept, f"{side}_id")] = Shelf.of(kept)
    return found


def save(edition: Edition, side: str, shelves: Iterable[Shelf]) -> None:
    """Write lists that were changed, count where vacancies stand, and note who came into whose list."""
    changed = list(shelves)
    came: defaultdict[int, list[int]] = defaultdict(list)
    shown: Counter[int] = Counter()
    kept: Counter[int] = Counter()
    for shelf in changed:
        before, now = shelf.before, [row.other for row in shelf.rows]
        for other in set(now).difference(before):
            came[other].append(getattr(shelf.kept, f"{side}_id"))
        for counts, last in ((shown, SERVED), (kept, len(now) + len(before))):
            counts.update(now[:last])
            counts.subtract(before[:last])
    rows = [shelf.packed() for shelf in changed if shelf.rows or shelf.before]
    MatchList.objects.bulk_create([row for row in rows if row.pk is None], batch_size=ROWS_AT_ONCE)
    MatchList.objects.bulk_create(
        [row for row in rows if row.pk is not None],
        batch_size=ROWS_AT_ONCE,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=CHANGED,
    )
    _note(edition, OTHER[Whose(side)], came)
    if side == Whose.JOBSEEKER:
        _count(edition, shown, kept)


def _note(edition: Edition, side: str, came: dict[int, list[int]]) -> None:
    """Note with owners of a side in whose lists they stand besides."""
    there = set(lists_of(edition, side, list(came)).values_list(f"{side}_id", flat=True)) if came else set()
    MatchList.objects.bulk_create(
        (MatchList(edition=edition, **{f"{side}_id": owner}) for owner in sorted(came.keys() - there)),
        batch_size=ROWS_AT_ONCE,
    )
    same: defaultdict[str, list[int]] = defaultdict(list)
    for owner, others in came.items():
        same["".join(f",{other}" for other in sorted(others))].append(owner)
    for words, owners in same.items():
        for some in batched(owners, NUMBERS_AT_ONCE, strict=False):
            more = Concat(F("came"), Value(words), output_field=TextField())
            lists_of(edition, side, some).update(came=more)


def _count(edition: Edition, shown: Counter[int], kept: Counter[int]) -> None:
    """Count with vacancies in how many lists more they are shown and kept, those of which equally many at once."""
    moved: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for vacancy in shown.keys() | kept.keys():
        if moves := (shown[vacancy], kept[vacancy]) if shown[vacancy] or kept[vacancy] else None:
            moved[moves].append(vacancy)
    for (more_shown, more_kept), vacancies in moved.items():
        for some in batched(vacancies, NUMBERS_AT_ONCE, strict=False):
            lists_of(edition, Whose.VACANCY, some).update(
                shown=F("shown") + more_shown, kept=F("kept") + more_kept
            )


# What day.py asks -------------------------------------------------------------------------------------


def write(
    edition: Edition,
    side: str,
    owners: Collection[int],
    places: Iterable[Place],
    made_at: dt.datetime,
    *,
    allowed: Mapping[int, float] | None = None,
) -> None:
    """Write the lists of some owners whole, in place of those they had, and what prices may take for them."""
    shelves = shelves_of(edition, side, owners)
    for shelf in shelves.values():
        shelf.rows, shelf.kept.made_at = [], made_at
        shelf.kept.allowed = (allowed or {}).get(shelf.owner, 0.0)
    for place in sorted(places, key=lambda place: place.rank):
        shelf = shelves[place.owner]
        shelf.rows.append(shelf.row_of(place, made_at))
        shelf.kept.engine_version = place.told.engine_version
    save(edition, side, shelves.values())


def take_out(edition: Edition, side: str, gone: Collection[int]) -> set[int]:
    """Take who or what is gone out of the lists of a side, and close the gaps; return whose lists lost a place."""
    wanted = set(gone)
    owners = _holding(edition, side, wanted)
    lost = {}
    for owner, shelf in shelves_of(edition, side, owners).items():
        if not wanted.isdisjoint(shelf.before):
            shelf.rows = [row for row in shelf.rows if row.other not in wanted]
            lost[owner] = shelf
    save(edition, side, lost.values())
    return set(lost)


def _holding(edition: Edition, side: str, those: Collection[int]) -> set[int]:
    """Return in whose lists some owners of the other side may stand."""
    owners: set[int] = set()
    for holders, came in lists_of(edition, OTHER[Whose(side)], those).values_list("holders", "came"):
        owners.update(packing.of_numbers(bytes(holders)))
        owners.update(map(int, came.split(",")[1:]))
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
    _insert(shelves, new, made_at)
    save(edition, side, shelves.values())


def put_again(edition: Edition, people: Collection[int], new: Sequence[Place], made_at: dt.datetime) -> None:
    """Put people who changed in the vacancies' lists whose best fifty they are among now, and in no other."""
    owners = _holding(edition, Whose.VACANCY, people) | {place.owner for place in new}
    shelves, changed = shelves_of(edition, Whose.VACANCY, owners), {}
    for owner, shelf in shelves.items():
        if not set(people).isdisjoint(shelf.before):
            shelf.rows = [row for row in shelf.rows if row.other not in people]
            changed[owner] = shelf
    best = [
        place
        for place in new
        if len(rows := shelves[place.owner].rows) < KEPT or place.worth > rows[KEPT - 1].worth
    ]
    _insert(shelves, best, made_at)
    save(edition, Whose.VACANCY, (changed | {place.owner: shelves[place.owner] for place in best}).values())


def _insert(shelves: dict[int, Shelf], new: Iterable[Place], made_at: dt.datetime) -> None:
    for place in new:
        shelf = shelves[place.owner]
        first = SERVED if place.side == Whose.JOBSEEKER else len(shelf.rows)
        at = _before(place, shelf.rows[:first])
        if at == first:
            at += _before(place, shelf.rows[first:])
        shelf.rows.insert(at, shelf.row_of(place, made_at))


def _before(place: Place, rows: Sequence[Row]) -> int:
    """Count what stands before a place."""
    return sum((-row.worth, row.other) < (-place.worth, place.other) for row in rows)


def standing_at(
    edition: Edition, vacancies: Collection[int], without: Collection[int] = ()
) -> dict[int, tuple[int, int]]:
    """Count in how many people's lists each vacancy is shown, and in how many it is kept."""
    shown: Counter[int] = Counter()
    kept: Counter[int] = Counter()
    for vacancy, *counts in lists_of(edition, Whose.VACANCY, vacancies).values_list(
        "vacancy", "shown", "kept"
    ):
        shown[vacancy], kept[vacancy] = counts
    for shelf in shelves_of(edition, Whose.JOBSEEKER, without).values():
        shown.subtract(shelf.before[:SERVED])
        kept.subtract(shelf.before)
    return {vacancy: (shown[vacancy], kept[vacancy]) for vacancy in vacancies}


def bars(edition: Edition, people: Collection[int]) -> dict[int, tuple[int, float, float]]:
    """Return for each person with a list how many places it has, what its last shown one is worth, what she allows.

    Whose list is shorter than what is shown takes anything: less than nothing is worth enough.
    """
    found: dict[int, tuple[int, float, float]] = {}
    for some in batched(sorted(people), NUMBERS_AT_ONCE, strict=False):
        rows = lists_of(edition, Whose.JOBSEEKER, some).filter(length__gt=0)
        for owner, length, bar, allowed in rows.values_list("jobseeker", "length", "bar", "allowed"):
            found[owner] = length, -inf if bar is None else bar, allowed
    return found
