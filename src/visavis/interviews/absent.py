"""Tell who did not come to an interview by video that she was waited for, and how to go on."""

from visavis.appointments import telling
from visavis.appointments.models import Appointment
from visavis.news.models import News


def tell(row: Appointment) -> News | None:
    """Tell her by her channel: the page of the appointment offers a new time, a call, the door."""
    return telling.tell(row, telling.MISSED)
