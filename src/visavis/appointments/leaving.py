"""What becomes of the appointments of who closes her account: their times are free for others at once."""

from contextlib import suppress

from django.utils.translation import gettext as _

from visavis.appointments import services
from visavis.appointments.models import Appointment
from visavis.appointments.models.appointment import AppointmentQuerySet
from visavis.common import clock
from visavis.leaving.services import Ending
from visavis.people.models import User


def account_closed(user: User) -> None:
    """Cancel what is to come for who closed her account; what somebody settled meanwhile is left."""
    for row in _to_come(user):
        with suppress(services.NotNow):
            services.leave(appointment=row, by=user)


def ends_with(user: User) -> list[Ending]:
    """Say which appointments are cancelled with an account."""
    if not (rows := list(_to_come(user))):
        return []
    return [
        Ending(
            _("These appointments are cancelled, also if you come back:"),
            [f"{row.kind.title}, {row.when}" for row in rows],
        )
    ]


def _to_come(user: User) -> AppointmentQuerySet:
    rows: AppointmentQuerySet = Appointment.objects.booked().filter(person=user, starts_at__gt=clock.now())
    return rows.with_words().order_by("starts_at", "pk")
