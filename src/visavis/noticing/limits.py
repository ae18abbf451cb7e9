"""How many people's files somebody may open before she is asked why, and before it stops.

What counts is different people, not pages: a morning's work stays far below, a crawl does not. A file
opened again on the same day counts once, and is never refused. Whom the day's work brings to somebody, by a ticket,
an appointment or a letter, is refused to nobody and counts for nothing.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, Max, Q, QuerySet
from django.utils.translation import gettext as _

from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.journal.models import Entry, EntryQuerySet
from visavis.journal.services import Act, record
from visavis.news.models import Envelope, News
from visavis.noticing.models import Reason
from visavis.people.enums import Role
from visavis.people.models import User

SOON, A_WEEK = dt.timedelta(minutes=10), dt.timedelta(days=7)
NOBODY = 0
# A line of a list is no file that was opened, and is written down for the person to see: of one's own people, of those
# who answer one's vacancy, or of those who suit a vacancy best, which counts as a list (`lists.py`).
LINES = ("candidate", "named-candidate", "introductions")


def _opened(actor: int, day: dt.datetime) -> EntryQuerySet:
    """Find where somebody opened other people's files since a day began."""
    read = Entry.objects.readings().filter(actor_id=actor, at__gte=day, person_id__isnull=False)
    return read.exclude(person_id=actor).exclude(thing__in=LINES).order_by()


# Counted of hundreds of readings only where it decides: not when this file is opened once more.
READ = Prepared(
    lambda actor, person, day, soon: (
        _opened(actor, day)
        .filter(~Exists(_opened(actor, day).filter(person_id=person)))
        .values("actor_id")
        .annotate(
            day=Count("person_id", distinct=True),
            soon=Count("person_id", distinct=True, filter=Q(at__gte=soon)),
        )
        .values_list("day", "soon")
    )
)
OPENED = Prepared(
    lambda actor, day: (
        _opened(actor, day).values("person_id").annotate(last=Max("at")).values_list("person_id", "last")
    )
)


def _of_letters(actor: User) -> QuerySet[Any, int]:
    """Give the numbers of those to whom somebody makes or posts letters today, of this week's batches too."""
    day = clock.start_of(clock.today())
    waits = Q(batch__posted_at=None, batch__at__gte=day - A_WEEK)
    today = Q(batch__at__gte=day) | Q(batch__posted_at__gte=day) | waits
    return (
        Envelope.objects.filter(today, batch__by=actor.pk).order_by().values_list("news__user_id", flat=True)
    )


def _to_tell(actor: User) -> QuerySet[Any, int]:
    """Give the numbers of those to whom somebody has to tell news by phone or at the counter, or told it today."""
    told = Q(told_by=actor.pk, told_at__gte=clock.start_of(clock.today()))
    found = News.objects.of_followed(actor).filter(Q(state__in=News.UNTOLD) | told)
    return found.order_by().values_list("user_id", flat=True)


# What gives the numbers of those whom today's work brings to somebody; an app adds its own.
BROUGHT_BY: list[Callable[[User], QuerySet[Any, int]]] = [_of_letters, _to_tell]
# How many more files a reason opens, of those of ten minutes and of those of the day.
MORE = 30


@dataclass(frozen=True)
class Limit:
    """People's files in ten minutes and in a day: asked for a reason from the first, stopped at the second."""

    asked_soon: int
    stopped_soon: int
    asked_day: int
    stopped_day: int


# Sixty files in ten minutes is ten seconds each: nobody reads them.
LIMITS = {
    Role.COUNSELLOR: Limit(30, 60, 120, 300),
    Role.RECEPTION: Limit(30, 60, 150, 400),
    Role.HEAD: Limit(30, 60, 60, 150),
}
OTHERS = Limit(30, 60, 60, 120)


@dataclass(frozen=True)
class Seen:
    """How many people's files somebody has opened."""

    soon: int
    day: int


class ReasonAsked(PermissionDenied):
    """So many files need a reason; the page that asks it leads back."""

    def __init__(self) -> None:
        super().__init__(
            _("You have read about many people today, in files or in lists. Say why in one line, and go on.")
        )


class Stopped(PermissionDenied):
    """No further file today, or for some minutes; `until` says which."""

    def __init__(self, until: dt.datetime) -> None:
        self.until = until
        super().__init__(_("No further file or list for now"))


def guard(actor_id: int, person_id: int) -> None:
    """Let somebody open a person's file, or not. Raises ReasonAsked or Stopped; called before each reading."""
    seen = files_read(actor_id, but=person_id)
    if seen.soon < OTHERS.asked_soon and seen.day < OTHERS.asked_day:
        return
    actor = User.objects.get(pk=actor_id)
    brought = {number for find in BROUGHT_BY for number in find(actor)}
    if person_id in brought:
        return
    seen, limit = _seen_besides(actor_id, brought), limit_of(actor)
    if seen.soon >= limit.stopped_soon or seen.day >= limit.stopped_day:
        note_refusal(actor_id, "files", seen)
        raise stopped(is_for_today=seen.day >= limit.stopped_day)
    given = reasons(actor_id)
    if seen.soon >= limit.asked_soon + MORE * given.soon or seen.day >= limit.asked_day + MORE * given.day:
        raise ReasonAsked


def files_read(actor_id: int, *, but: int = NOBODY) -> Seen:
    """Return how many people's files somebody has opened; none where `but` is among those of the day."""
    for day, soon in READ(actor_id, but, clock.start_of(clock.today()), clock.now() - SOON):
        return Seen(soon, day)
    return Seen(0, 0)


def _seen_besides(actor_id: int, brought: set[int]) -> Seen:
    """Return how many people's files somebody has opened, without those whom the day's work brings."""
    soon = clock.now() - SOON
    opened = [
        last for person, last in OPENED(actor_id, clock.start_of(clock.today())) if person not in brought
    ]
    return Seen(sum(last >= soon for last in opened), len(opened))


def reasons(actor_id: int) -> Seen:
    """Return how many reasons somebody has given."""
    found = Reason.objects.filter(by=actor_id, at__gte=clock.start_of(clock.today())).aggregate(
        day=Count("pk"), soon=Count("pk", filter=Q(at__gte=clock.now() - SOON))
    )
    return Seen(found["soon"], found["day"])


def limit_of(user: User) -> Limit:
    """Return the widest limit of what somebody is here."""
    return max(
        (LIMITS.get(role, OTHERS) for role in user.roles), key=lambda one: one.asked_day, default=OTHERS
    )


def note_refusal(actor_id: int, thing: str, seen: Seen) -> None:
    """Journal a refusal once in ten minutes: `telling.py` tells the head."""
    refused = Entry.objects.filter(actor_id=actor_id, action=Entry.Action.REFUSED, thing=thing)
    if not refused.filter(at__gte=clock.now() - SOON).exists():
        record(Act(Entry.Action.REFUSED, thing, seen.day, note=f"{seen.soon} in ten minutes"), by=actor_id)


def stopped(*, is_for_today: bool) -> Stopped:
    """Return the refusal that says when it goes on."""
    return Stopped(
        clock.start_of(clock.today() + dt.timedelta(days=1)) if is_for_today else clock.now() + SOON
    )
