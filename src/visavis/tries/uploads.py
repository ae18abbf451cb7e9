"""How many files one person may have read: reading a stranger's file is the dearest thing that the site does."""

from visavis.tries.limits import DAY, HOUR, Share, count
from visavis.tries.marks import mark


def take(kind: str, user_id: int, *, an_hour: int, a_day: int) -> bool:
    """Count one file, unless she has had so many read this hour or this day."""
    shares = [
        (mark("uploads", kind, "hour", user_id), Share(an_hour, an_hour, HOUR)),
        (mark("uploads", kind, "day", user_id), Share(a_day, a_day, DAY)),
    ]
    return count(shares) is None
