"""An interview that was held and is ended was received: its appointment says so by itself."""

from typing import Any

from visavis.appointments import services as appointments
from visavis.appointments.enums import Act as AppointmentAct
from visavis.appointments.enums import State as AppointmentState
from visavis.appointments.models import Appointment
from visavis.interviews.enums import Act
from visavis.interviews.models import Interview


def with_step(row: Any, step: Any) -> None:
    """Note with the act that ends it that it took place; of whom nobody was let in nothing is noted."""
    if isinstance(row, Interview) and step.act == Act.END and row.begun_at is not None:
        settle(row, by=step.by)


def settle(room: Interview, *, by: Any) -> None:
    """Note that the person was received, where nobody has said so yet."""
    there = Appointment.objects.get(pk=room.appointment_id)
    if there.state in (AppointmentState.BOOKED, AppointmentState.NO_SHOW):
        appointments.settle(appointment=there, act=AppointmentAct.SEE, by=by)
