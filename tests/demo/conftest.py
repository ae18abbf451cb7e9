"""One small town, filled once; put up for each module, and taken away at its end."""

import datetime as dt
from collections.abc import Iterator
from functools import cache

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests import standing
from visavis.common import clock
from visavis.demo import town
from visavis.demo.town import Size
from visavis.vault import keys

SMALL = Size(jobseekers=80, vacancies=60, employers=8)


def fill() -> Size:
    town.fill(seed=7, size=SMALL)
    return SMALL


@cache
def kept_on(day: dt.date) -> bytes:
    """Return the small town of a day, as all modules of a process put it up."""
    return standing.keep(fill, moves=False)


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Size]:
    """The small town, for a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        kept = kept_on(clock.today())
        keys.forget()
        size = standing.put_up(kept, fill)
        standing.settle()
        yield size
        transaction.set_rollback(True)
