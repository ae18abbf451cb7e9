"""Times that people agree on in apps above: taken five minutes a row like any appointment, so that nobody is in two
places, and known to calendars by one UID whatever becomes of them."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from visavis.appointments.models import Meeting, Quantum
from visavis.appointments.models.appointment import quantum_of
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.people.models import User


class TakenThen(Refused):
    """She has an appointment, or another meeting, in these minutes; whose time it is is nobody's business."""

    words = _("This time is taken by now. Choose another one.")


def agree(
    *, person: User, starts_at: dt.datetime, ends_at: dt.datetime, meeting: Meeting | None = None
) -> Meeting:
    """Take the time of a meeting, or another time of the same one. Raises TakenThen, and changes nothing then."""
    row = meeting or Meeting(person=person)
    if row.pk and not row.is_off and (row.starts_at, row.ends_at) == (starts_at, ends_at):
        return row
    row.starts_at, row.ends_at, row.is_off = starts_at, ends_at, False
    row.sequence, row.changed_at = row.sequence + 1 if row.pk else 0, clock.now()
    first, last = quantum_of(starts_at), quantum_of(ends_at - dt.timedelta(seconds=1)) + 1
    try:
        with transaction.atomic():
            row.save()
            row.quanta.all().delete()
            Quantum.objects.bulk_create(
                Quantum(at=at, person=person, meeting=row) for at in range(first, last)
            )
    except IntegrityError:
        raise TakenThen from None
    return row


def is_taken(
    person: User, starts_at: dt.datetime, ends_at: dt.datetime, besides: Meeting | None = None
) -> bool:
    """Say whether she has an appointment or another meeting than this one in these minutes."""
    last = quantum_of(ends_at - dt.timedelta(seconds=1))
    taken = Quantum.objects.filter(person=person, at__range=(quantum_of(starts_at), last))
    return (taken.exclude(meeting=besides) if besides else taken).exists()


def call_off(meeting: Meeting) -> None:
    """Free the time of a meeting."""
    meeting.is_off, meeting.sequence, meeting.changed_at = True, meeting.sequence + 1, clock.now()
    meeting.save()
    meeting.quanta.all().delete()
