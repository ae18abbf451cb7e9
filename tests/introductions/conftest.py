"""What these tests share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import transaction


@pytest.fixture
def rolled_back() -> Callable[[], AbstractContextManager[None]]:
    """Do something in a transaction, then undo it: many examples in one test."""

    @contextmanager
    def within() -> Iterator[None]:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return within
