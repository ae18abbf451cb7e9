"""The alarm of staff: one tap calls the colleagues to a desk or a room, on every page that they have open.

Told to each who works there by herself, under one topic: whoever works in several agencies hears all of them by it.
Never on a page for the public.
"""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.agencies import roles
from visavis.agencies.models import Agency
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.live import services as live
from visavis.live.models import Bulletin
from visavis.people.models import User
from visavis.queues.enums import Ended
from visavis.queues.models import Alarm, AlarmAnswer

TOPIC = "alarm"
LONGEST = 40


class AlreadyOver(Refused):
    """Somebody ended the alarm meanwhile."""

    words = _("This alarm is over: a colleague has ended it.")


def may_hear(user: User | None, which: str) -> bool:
    """Let who works in an agency today hear what is told to her alone: `alarm`."""
    return user is not None and not which and bool(user.organisation_ids(*roles.STAFF))


def raise_alarm(*, agency: Agency, by: User, place: str) -> Alarm:
    """Call the colleagues; who pressed already has one alarm, however often she presses."""
    place = " ".join(place.split())[:LONGEST]
    try:
        with transaction.atomic():
            row = Alarm.objects.create(agency=agency, by=by, place=place)
            _note(row, Entry.Action.CREATED, "raised", by)
    except IntegrityError:
        row = Alarm.objects.filter(agency=agency, by=by).latest("pk")
    return row


def say_where(*, alarm: Alarm, place: str, by: User) -> None:
    """Say where one is, after pressing, or where somebody else is. Raises AlreadyOver."""
    with transaction.atomic():
        _change(alarm, place=" ".join(place.split())[:LONGEST])
        _note(alarm, Entry.Action.CHANGED, "place", by)


def come(*, alarm: Alarm, by: User) -> None:
    """Say that one comes: everybody sees who does. Raises AlreadyOver."""
    with transaction.atomic():
        _change(alarm)
        if AlarmAnswer.objects.get_or_create(alarm=alarm, by=by)[1]:
            _note(alarm, Entry.Action.CHANGED, "coming", by)


def end(*, alarm: Alarm, word: Ended, by: User) -> None:
    """End it, with a word of how it ended. Raises AlreadyOver."""
    with transaction.atomic():
        _change(alarm, ended_at=clock.now(), ended_by=by, end=word)
        _note(alarm, Entry.Action.CHANGED, f"ended:{word}", by)


def _change(alarm: Alarm, **changes: object) -> None:
    """Change an alarm that still stands, in one statement: of two who end it one does."""
    if not Alarm.objects.not_ended().filter(pk=alarm.pk).update(agency=alarm.agency_id, **changes):
        raise AlreadyOver


def _note(alarm: Alarm, action: Entry.Action, note: str, by: User) -> None:
    """Write the journal, and tell each who works in that agency today."""
    journal.record(journal.Act(action, "alarm", alarm.pk, note=note), by=by.pk)
    colleagues = roles.held(alarm.agency).order_by("user_id").values_list("user_id", flat=True).distinct()
    live.tell_in_order([Bulletin(topic=TOPIC, body={}, for_user=one) for one in colleagues])
