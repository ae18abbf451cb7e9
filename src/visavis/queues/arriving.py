"""The address that hangs at the door: it works on its day only, so that a ticket is taken by who is there."""

import datetime as dt
from hmac import compare_digest

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from visavis.agencies.models import Agency

LENGTH = 10


def code_of(agency: Agency, day: dt.date) -> str:
    """Return the code of a door on a day."""
    found = salted_hmac("visavis.queues.doors", f"{agency.pk}:{day.isoformat()}", algorithm="sha256")
    return found.hexdigest()[:LENGTH]


def is_code_of(agency: Agency, day: dt.date, code: str) -> bool:
    return compare_digest(code_of(agency, day).encode(), code.encode())


def address(agency: Agency, day: dt.date) -> str:
    """Return the whole address, for the picture at the door."""
    return f"{settings.SITE_URL}{reverse('queues:take', args=[agency.pk, code_of(agency, day)])}"
