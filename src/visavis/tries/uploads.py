"""How many files one person may have read: reading a stranger's file is the dearest thing that the site does."""

from dataclasses import dataclass

from visavis.tries.limits import DAY, HOUR, Share, count
from visavis.tries.marks import mark


@dataclass(frozen=True)
class Allowance:
    """So many files an hour and a day."""

    an_hour: int
    a_day: int


@dataclass(frozen=True)
class Allowances:
    """What a person sends of hers, and what somebody of the service sends for others, one after the other."""

    hers: Allowance
    for_others: Allowance

    def of(self, *, by: int, person: int) -> Allowance:
        return self.hers if by == person else self.for_others


def take(kind: str, user_id: int, allowed: Allowance) -> bool:
    """Count one file, unless she has had so many read this hour or this day."""
    shares = [
        (mark("uploads", kind, "hour", user_id), Share(allowed.an_hour, allowed.an_hour, HOUR)),
        (mark("uploads", kind, "day", user_id), Share(allowed.a_day, allowed.a_day, DAY)),
    ]
    return count(shares) is None
