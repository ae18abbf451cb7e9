"""A place of the agency kept for an appointment held from afar: the app that has places adds itself, by channel.

Promised: of a place five minutes are kept once, by the rows in which the time itself is taken. So a place is free
again with the appointment's time, and goes with it to another only where it is free there.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import IntegrityError, transaction

from visavis.agencies.models import Agency
from visavis.appointments.enums import Act
from visavis.appointments.models import Appointment, Quantum

PLACES: dict[str, Callable[[Agency], Sequence[int]]] = {}
"""A channel → the numbers of the places that an agency has for it."""


def free_for(row: Appointment) -> list[int]:
    """Return the places that nobody has in the minutes of an appointment."""
    has = PLACES.get(row.channel)
    numbers = list(has(row.agency)) if has is not None else []
    if not numbers:
        return []
    minutes = row.quanta.order_by().values("at")
    taken = set(
        Quantum.objects.filter(place__in=numbers, at__in=minutes).order_by().values_list("place", flat=True)
    )
    return [one for one in numbers if one not in taken]


def place_of(row: Appointment) -> int | None:
    """Return the place that is kept for an appointment."""
    return row.quanta.filter(place__isnull=False).order_by().values_list("place", flat=True).first()


def keep(row: Appointment) -> bool:
    """Keep a place for as long as it takes; of two who ask at the same moment the database says who was first."""
    if row.channel not in PLACES:
        return False
    Appointment.objects.filter(pk=row.pk).update(wants_place=True)
    row.wants_place = True
    if place_of(row) is not None:
        return True
    for number in free_for(row):
        try:
            with transaction.atomic():
                return bool(row.quanta.update(place=number))
        except IntegrityError:
            # Somebody was faster: another place may be free.
            continue
    return False


def let_go(row: Appointment) -> None:
    """Need no place any more: it is free at once."""
    row.quanta.update(place=None)
    Appointment.objects.filter(pk=row.pk).update(wants_place=False)
    row.wants_place = False


def with_step(row: Any, step: Any) -> None:
    """Look for a place at the other time, with the act that moves an appointment."""
    if isinstance(row, Appointment) and step.act == Act.MOVE and row.wants_place:
        keep(row)


def give_up(number: int, since: int) -> list[Appointment]:
    """Keep a place no more from five minutes on: each goes to another; return those for which none is free."""
    rows = Appointment.objects.booked().filter(quanta__place=number, quanta__at__gte=since).distinct()
    left = list(rows.with_words().order_by("starts_at"))
    # The minutes that are over too: half a place is none.
    Quantum.objects.filter(place=number, appointment__in=left).update(place=None)
    return [row for row in left if not keep(row)]
