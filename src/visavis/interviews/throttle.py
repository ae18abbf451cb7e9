"""How often one seat may ring, and say something: counted for it alone, for forty people may sit behind one address."""

import datetime as dt

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from visavis.common import clock
from visavis.common.errors import Refused
from visavis.interviews.models import Seat
from visavis.tries import limits, marks
from visavis.tries.limits import Share

RINGS = Share(12, 12, dt.timedelta(minutes=10))
# A page sends one post after the other, and what came meanwhile in the next: ten a second, for a minute, are no page's.
MOST_POSTS, POSTS_S = 600, 60


class TooOften(Refused):
    """One seat rang more often than anybody needs to."""

    words = _("You have come and gone very often. Wait some minutes, or call the agency.")


def check(seat: Seat) -> None:
    """Count one ring of a seat. Raises TooOften."""
    if limits.count([(marks.mark("interview", "seat", str(seat.pk)), RINGS)]) is not None:
        raise TooOften


def is_flood(seat: Seat) -> bool:
    """Count one post of a seat, and say whether it has sent more in this minute than any page of ours does."""
    key = f"interview-posts-{seat.pk}-{int(clock.now().timestamp() // POSTS_S)}"
    cache.add(key, 0, 2 * POSTS_S)
    try:
        return cache.incr(key) > MOST_POSTS
    except ValueError:
        # It went between the two lines: the minute is over.
        return False
