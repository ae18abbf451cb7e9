"""The time, in one place so that a test, or the demonstration's past, can move it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import timezone

_moved: ContextVar[dt.datetime | None] = ContextVar("moved", default=None)


def now() -> dt.datetime:
    """Return this instant, aware, in UTC."""
    return _moved.get() or dt.datetime.now(dt.UTC)


def today() -> dt.date:
    """Return the date at the agency, in the site's time zone."""
    return timezone.localdate(_moved.get())


def local() -> dt.datetime:
    """Return this instant in the site's time zone."""
    return timezone.localtime(_moved.get())


def start_of(day: dt.date) -> dt.datetime:
    """Return when a day begins, in the site's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


@contextmanager
def moved(moment: dt.datetime) -> Iterator[None]:
    """Stop the clock at a moment, here and for nobody else: what is done inside was done then."""
    token = _moved.set(moment.astimezone(dt.UTC))
    try:
        yield
    finally:
        _moved.reset(token)
