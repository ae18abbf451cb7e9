"""How many times are free for how many people: counted before anybody is invited, and again each hour."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from visavis.appointments import free, permissions
from visavis.appointments.enums import Nature
from visavis.appointments.free import Search
from visavis.appointments.models import Invitation, Kind, Workshop
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people.models import User


@dataclass(frozen=True)
class Room:
    """The people who choose among the same times: with whom, how many they are, how many times are free."""

    holder: User | None
    """With whom; nobody where anybody of the agency may receive."""
    people: int
    waiting: int
    """Others invited before, who have not chosen yet."""
    times: int

    @property
    def missing(self) -> int:
        return max(0, self.people + self.waiting - self.times)


def is_with_own(kind: Kind) -> bool:
    """Say whether a kind is with each person's own counsellor where she has one."""
    return kind.nature in (Nature.FOLLOW_UP, Nature.CALL)


def holder_of(kind: Kind, person: Jobseeker) -> User | None:
    """Return with whom a kind is for a person, if it is not with anybody."""
    return person.counsellor if is_with_own(kind) and person.agency_id == kind.agency_id else None


def of(kind: Kind, people: Iterable[Jobseeker], until: dt.date) -> list[Room]:
    """Count the free times of some people until a day, those with the least room first."""
    by_holder: defaultdict[User | None, int] = defaultdict(int)
    for person in people:
        by_holder[holder_of(kind, person)] += 1
    waiting = _waiting(kind, {person.user_id for person in people})
    rooms = [
        Room(
            holder,
            number,
            waiting.get(holder.pk if holder else None, 0),
            times(kind, holder, until),
        )
        for holder, number in by_holder.items()
    ]
    return sorted(rooms, key=lambda one: (-one.missing, one.holder.name if one.holder else ""))


def _waiting(kind: Kind, chosen: set[int]) -> dict[int | None, int]:
    """Count who else has an invitation open, by with whom it is."""
    rows = Invitation.objects.open().filter(kind=kind).exclude(person__in=chosen)
    found: defaultdict[int | None, int] = defaultdict(int)
    for own, agency in rows.values_list("person__jobseeker__counsellor", "person__jobseeker__agency"):
        found[own if is_with_own(kind) and agency == kind.agency_id else None] += 1
    return found


def times(kind: Kind, holder: User | None, until: dt.date) -> int:
    """Count the free times of a kind until a day, with one counsellor or with anybody; of a workshop, its places."""
    if kind.is_workshop:
        rows: Any = Workshop.objects.filter(kind=kind).to_come().with_left()
        last = clock.start_of(until + dt.timedelta(days=1))
        return sum(row.left for row in rows if row.starts_at < last)
    first = free.today_at(kind.agency)
    if until < first:
        return 0
    named = permissions.with_own(kind, holder) if holder else None
    found = free.find(Search(kind.agency, kind.minutes, first, until, named))
    return sum(map(len, found.at.values()))


def missing(rooms: Sequence[Room]) -> int:
    """Count the times that are missing in all."""
    return sum(one.missing for one in rooms)
