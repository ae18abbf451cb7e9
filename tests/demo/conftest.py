"""One small town a module, taken away at its end."""

import pytest
from django.db import transaction

from visavis.demo import town
from visavis.demo.town import Size
from visavis.vault import keys

SMALL = Size(jobseekers=80, vacancies=60, employers=8)


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> object:
    """Fill a small town for the module."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        keys.forget()
        town.fill(seed=7, size=SMALL)
        yield SMALL
        transaction.set_rollback(True)
