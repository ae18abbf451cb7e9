"""Who waits for an earlier time: asked for in one tap, taken back in one."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from visavis.appointments import permissions, services
from visavis.appointments.models import Appointment
from visavis.common import clock
from visavis.common.errors import Refused
from visavis.journal import services as journal
from visavis.journal.models import Entry
from visavis.news.services import channel_of
from visavis.people.enums import Channel
from visavis.people.models import User

# How long a time is held for whom we tell: a text is read soon, an e-mail once a day; by phone somebody has to call.
HOLDS = {
    Channel.SMS: dt.timedelta(hours=4),
    Channel.WEB: dt.timedelta(hours=24),
    Channel.PHONE: dt.timedelta(hours=24),
}


class NotEarlier(Refused):
    """It is too near, or no channel would tell her in time."""

    words = _("No earlier time can be offered for this appointment. Call the agency.")


def can_wait(appointment: Appointment) -> bool:
    """Say whether an earlier time can be offered: it may still be changed, and she is told in time."""
    person = appointment.person
    return person is not None and channel_of(person) in HOLDS and permissions.can_change(appointment)


def begin(*, appointment: Appointment, by: User) -> None:
    """Let her wait for an earlier time. Raises NotEarlier."""
    if not can_wait(appointment):
        raise NotEarlier
    mine = Appointment.objects.booked().filter(pk=appointment.pk, wants_earlier_at__isnull=True)
    with transaction.atomic():
        if mine.update(wants_earlier_at=clock.now(), offers=0, looked_at=None):
            _note(appointment, "wants-earlier", by)


def end(*, appointment: Appointment, by: User) -> None:
    """Let her wait no more; what is held for her is free."""
    with transaction.atomic():
        Appointment.objects.filter(in_place_of=appointment).delete()
        mine = Appointment.objects.filter(pk=appointment.pk, wants_earlier_at__isnull=False)
        if mine.update(wants_earlier_at=None):
            _note(appointment, "wants-no-earlier", by)


def decline(*, appointment: Appointment, by: User) -> None:
    """Keep the time that she has: what is held is free for the next, and she waits on."""
    with transaction.atomic():
        held = Appointment.objects.select_for_update(of=("self",)).filter(in_place_of=appointment).first()
        if held is not None:
            held.delete()
            services.look_again(appointment)
            _note(appointment, "keeps", by)


def _note(appointment: Appointment, note: str, by: User) -> None:
    act = journal.Act(
        Entry.Action.CHANGED, Appointment.THING, appointment.pk, appointment.person_id, note=note
    )
    journal.record(act, by=by.pk)


def held_for(row: Appointment) -> Appointment | None:
    """Return the earlier time that is held for an appointment."""
    rows = Appointment.objects.with_words().filter(in_place_of=row, held_until__gt=clock.now())
    return rows.first()
