"""How many people lists and searches may show somebody before she is asked why, and before it stops.

What counts is what is new: the same page of the same search counts once a day, however often it is opened, so that
the first page of the reception's list costs nothing all morning. Leafing through everybody, or through all names
letter by letter, is another matter, whichever list is leafed through: all that name people beyond the reader's own
and the day's work count together. A caseload, one's own conversations and the appointments of these days are written
down and do not count.
"""

import datetime as dt

from django.db.models import IntegerField, Max
from django.db.models.functions import Cast

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.journal.models import Entry
from visavis.noticing import limits
from visavis.noticing.limits import SOON, Limit, ReasonAsked, Seen

# Lists that show more people the further one leafs, by what the journal calls them.
COUNTED = (
    "people",
    "two-files",
    "merge",
    "unreached",
    "letterbox-of-others",
    "invitations",
    "agenda-of-other-days",
    "candidates",
    "admissions",
)
# A page of the list shows 25 people, a search 60 at most and most often one or two.
LISTED = Limit(300, 600, 2_000, 4_000)
LISTS = Prepared(
    lambda actor, day: (
        Entry.objects.readings()
        .filter(actor_id=actor, thing__in=COUNTED, at__gte=day, person_id__isnull=True)
        # What is no list but a reading of one thing has no mark.
        .exclude(note="")
        .order_by()
        .values("thing", "note")
        .annotate(people=Max(Cast("thing_id", IntegerField())), last=Max("at"))
        .values_list("thing", "note", "people", "last")
    )
)
# How many more people a reason shows, of those of ten minutes and of those of the day.
MORE = 300


def guard(actor_id: int, thing: str, shown: int, mark: str) -> None:
    """Show somebody a list of people, or not. Raises ReasonAsked or Stopped; told either way."""
    if thing not in COUNTED:
        return
    seen, is_known = listed(actor_id, thing, mark)
    if is_known:
        return
    seen = Seen(seen.soon + shown, seen.day + shown)
    if seen.soon > LISTED.stopped_soon or seen.day > LISTED.stopped_day:
        limits.note_refusal(actor_id, "lists", seen)
        raise limits.stopped(is_for_today=seen.day > LISTED.stopped_day)
    if seen.soon <= LISTED.asked_soon and seen.day <= LISTED.asked_day:
        return
    given = limits.reasons(actor_id)
    if seen.soon > LISTED.asked_soon + MORE * given.soon or seen.day > LISTED.asked_day + MORE * given.day:
        limits.note_refusal(actor_id, "lists", seen)
        raise ReasonAsked


def listed(actor_id: int, thing: str, mark: str) -> tuple[Seen, bool]:
    """Return how many people lists have shown somebody, and whether this list is one of those of the day."""
    pages = LISTS(actor_id, clock.start_of(clock.today()))
    found: dict[tuple[str, str], tuple[int, dt.datetime]] = {
        (kind, note): (people, last) for kind, note, people, last in pages
    }
    soon = sum(people for people, last in found.values() if last >= clock.now() - SOON)
    return Seen(soon, sum(people for people, _last in found.values())), (thing, mark) in found
