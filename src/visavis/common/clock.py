"""The time, in one place so that a test can move it."""

import datetime as dt

from django.utils import timezone


def now() -> dt.datetime:
    """Return this instant, aware, in UTC."""
    return timezone.now()


def today() -> dt.date:
    """Return the date at the agency, in the site's time zone."""
    return timezone.localdate()


def local() -> dt.datetime:
    """Return this instant in the site's time zone."""
    return timezone.localtime()
