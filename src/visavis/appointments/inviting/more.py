"""More times are asked for in one tap, and opened in one: an hour of a day in which somebody receives besides."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.appointments import receiving
from visavis.appointments.inviting import room
from visavis.appointments.inviting.room import Room
from visavis.appointments.models import Invitation, Kind, OtherDay, TimesAsked
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.people.models import User

THING = "times-asked"


class NoTimeMade(Refused):
    """The door is closed then, she is away, or all of it is taken or offered already."""

    words = _(
        "This makes no new time: the door is closed then, the person is away, or receives already. Choose other hours."
    )


def ask(*, kind: Kind, rooms: Sequence[Room], until: dt.date, by: User) -> int:
    """Ask for the times that are missing, of each counsellor or of the agency; return of how many it was asked anew."""
    asked = 0
    for one in rooms:
        if not one.missing:
            continue
        try:
            with transaction.atomic():
                row = TimesAsked.objects.create(
                    kind=kind, counsellor=one.holder, by=by, until=until, missing=one.missing
                )
                journal.record(journal.Act(Entry.Action.CREATED, THING, row.pk), by=by.pk)
            asked += 1
        except IntegrityError:
            mine = TimesAsked.objects.filter(kind=kind, counsellor=one.holder, done_at__isnull=True)
            mine.update(missing=one.missing, until=until)
    return asked


def give(*, asked: TimesAsked, other: OtherDay, by: User) -> int:
    """Let somebody receive besides in some hours; return how many times it made. Raises NoTimeMade."""
    until = max(asked.until, other.day)
    before = room.times(asked.kind, asked.counsellor, until)
    with transaction.atomic():
        receiving.add_other_day(other=other, by=by)
        made = room.times(asked.kind, asked.counsellor, until) - before
        if made <= 0:
            raise NoTimeMade
        Invitation.objects.open().filter(kind=asked.kind).update(looked_at=None)
    if made >= asked.missing:
        end(asked=asked, by=by)
    else:
        TimesAsked.objects.filter(pk=asked.pk).update(missing=asked.missing - made)
    return made


def end(*, asked: TimesAsked, by: User) -> None:
    """Say that there are enough times."""
    with transaction.atomic():
        if TimesAsked.objects.filter(pk=asked.pk, done_at__isnull=True).update(done_at=clock.now()):
            journal.record(journal.Act(Entry.Action.CHANGED, THING, asked.pk, note="done"), by=by.pk)
