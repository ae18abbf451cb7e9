"""Until when an answer is due, and when a thread goes back to the team."""

import datetime as dt

from django.conf import settings

from visavis.agencies.holidays import department_of, is_holiday
from visavis.agencies.models import Agency
from visavis.common import clock

SATURDAY = 5


def answer_by(agency: Agency, day: dt.date | None = None) -> dt.date:
    """Return the last day to answer: so many working days on, Saturdays, Sundays and holidays not counted."""
    found, left = day or clock.today(), settings.VISAVIS_ANSWER_DAYS
    while left:
        found += dt.timedelta(days=1)
        left -= is_worked(agency, found)
    return found


def is_worked(agency: Agency, day: dt.date) -> bool:
    return day.weekday() < SATURDAY and not is_holiday(day, department_of(agency.commune_id))
