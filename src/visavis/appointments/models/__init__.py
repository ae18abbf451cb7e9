"""Kinds, hours in which counsellors receive, workshops, appointments and the time they take."""

from visavis.appointments.models.appointment import Appointment, AppointmentQuerySet, Quantum, Seat, Step
from visavis.appointments.models.kind import Kind, Workshop
from visavis.appointments.models.receiving import CalendarAddress, OtherDay, Receiving

__all__ = [
    "Appointment", "AppointmentQuerySet", "CalendarAddress", "Kind", "OtherDay", "Quantum", "Receiving",
    "Seat", "Step", "Workshop",
]  # fmt: skip
