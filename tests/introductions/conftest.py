"""What these tests share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction

from tests.personas import Town
from visavis.introductions import flow, services
from visavis.introductions.models import Introduction


@pytest.fixture
def rolled_back() -> Callable[[], AbstractContextManager[None]]:
    """Do something in a transaction, then undo it: many examples in one test."""

    @contextmanager
    def within() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return within


@pytest.fixture
def row(town: Town) -> Introduction:
    """Amélie and Chloé's firm have both said yes."""
    row = services.want(jobseeker=town.jobseeker, vacancy=town.vacancy, by=town.people["amelie"])
    flow.put_next(town.vacancy.pk)
    services.agree(introduction=row, by=town.people["chloe"])
    return Introduction.objects.with_person().get(pk=row.pk)
