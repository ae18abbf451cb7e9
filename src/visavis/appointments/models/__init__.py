"""Kinds, hours in which counsellors receive, workshops, appointments and the time they take, invitations."""

from visavis.appointments.models.appointment import Appointment, AppointmentQuerySet, Quantum, Seat, Step
from visavis.appointments.models.busy import Busy, OutsideCalendar
from visavis.appointments.models.invitation import Invitation, InvitedQuerySet, TimesAsked
from visavis.appointments.models.kind import Kind, Workshop
from visavis.appointments.models.meeting import Meeting
from visavis.appointments.models.receiving import CalendarAddress, OtherDay, Receiving

__all__ = [
    "Appointment", "AppointmentQuerySet", "Busy", "CalendarAddress", "Invitation", "InvitedQuerySet", "Kind", "Meeting",
    "OtherDay", "OutsideCalendar", "Quantum", "Receiving", "Seat", "Step", "TimesAsked", "Workshop",
]  # fmt: skip
