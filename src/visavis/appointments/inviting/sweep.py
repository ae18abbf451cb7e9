"""What time does to invitations: reminded after three days, over after the last; each hour it is seen whether a time is
free."""

import datetime as dt
from collections import defaultdict

from django.db.models import Q

from visavis.appointments import free
from visavis.appointments import telling as appointments
from visavis.appointments.inviting import room, telling
from visavis.appointments.models import Invitation, Kind
from visavis.common import clock
from visavis.people.models import User

LOOKS_EVERY = dt.timedelta(hours=1)
AT_ONCE = 200
# How many searches for free times one sweep makes.
SEARCHES = 10


def sweep() -> int:
    """Remind, end and look; return how many were reminded or ended."""
    moved = _remind() + _expire()
    _look()
    return moved


def _remind() -> int:
    due = Invitation.objects.open().filter(reminded_at__isnull=True, remind_on__lte=clock.today())
    told = 0
    for row in due.with_words().order_by("remind_on", "pk")[:AT_ONCE]:
        on_the_wall = clock.now().astimezone(row.kind.agency.zone)
        if row.remind_on > on_the_wall.date() or not appointments.is_read_at(on_the_wall.time()):
            continue
        # Of two sweeps at once, one claims it.
        mine = Invitation.objects.open().filter(pk=row.pk, reminded_at__isnull=True)
        if mine.update(reminded_at=clock.now()):
            telling.tell(row, telling.REMINDED)
            told += 1
    return told


def _expire() -> int:
    rows = Invitation.objects.open().filter(until__lte=clock.today()).select_related("kind__agency")
    over = [row.pk for row in rows[:AT_ONCE] if row.until < free.today_at(row.kind.agency)]
    ended = Invitation.objects.open().filter(pk__in=over)
    return ended.update(state=Invitation.State.EXPIRED, changed_at=clock.now())


def _look() -> None:
    """Note for whom no time is free: one search for all who choose among the same times."""
    before = clock.now() - LOOKS_EVERY
    stale = Invitation.objects.open().filter(Q(looked_at__isnull=True) | Q(looked_at__lt=before))
    groups: defaultdict[tuple[int, int | None], list[Invitation]] = defaultdict(list)
    rows = stale.select_related("kind__agency__commune", "person__jobseeker__counsellor")
    for row in rows.order_by("looked_at", "pk")[: AT_ONCE * SEARCHES]:
        hers = getattr(row.person, "jobseeker", None)
        holder = room.holder_of(row.kind, hers) if hers is not None else None
        groups[row.kind_id, holder.pk if holder else None].append(row)
    for (_kind, number), rows_of in list(groups.items())[:SEARCHES]:
        _note(rows_of[0].kind, number, rows_of)


def _note(kind: Kind, holder: int | None, rows: list[Invitation]) -> None:
    until = max(row.until for row in rows)
    number = room.times(kind, User(pk=holder) if holder else None, until)
    now = clock.now()
    mine = Invitation.objects.filter(pk__in=[row.pk for row in rows])
    mine.update(looked_at=now)
    if number:
        mine.filter(none_free_since__isnull=False).update(none_free_since=None)
    else:
        mine.filter(none_free_since__isnull=True).update(none_free_since=now)
