"""Two files of one person become one: nobody is in two places, or invited twice to choose the same."""

from django.db.models import Count
from django.utils.translation import gettext as _

from visavis.appointments.models import Invitation, Quantum
from visavis.appointments.models.appointment import instant_of, quantum_of
from visavis.common import clock
from visavis.ui import dates


def at_one_time(stays: int, goes: int) -> str:
    """Refuse where both have an appointment at one time to come."""
    taken = Quantum.objects.filter(person__in=[stays, goes], at__gte=quantum_of(clock.now()))
    twice = taken.order_by().values("at").annotate(n=Count("person", distinct=True)).filter(n__gt=1)
    first = twice.order_by("at").values_list("at", flat=True).first()
    if first is None:
        return ""
    when = dates.weekday_moment(instant_of(first))
    return _("Both have an appointment at the same time: %(when)s. Cancel or move one first.") % {
        "when": when
    }


def invited_twice(stays: int, goes: int) -> str:
    """Refuse while both are invited to choose a time of the same kind."""
    waiting = Invitation.objects.open().filter(person__in=[stays, goes])
    twice = waiting.order_by().values("kind").annotate(n=Count("person", distinct=True)).filter(n__gt=1)
    if twice.exists():
        return _("Both are invited to the same kind of appointment. Take one invitation back first.")
    return ""
