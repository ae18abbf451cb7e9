"""An empty database is given its tables quickly; one with rows changes exactly as Django changes it."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder

from visavis.common import drawing


@pytest.mark.django_db
@pytest.mark.parametrize("is_empty", [True, False])
def test_less_is_drawn_where_there_is_nothing_yet_and_nowhere_else(
    is_empty: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered = []

    @contextmanager
    def sparingly() -> Iterator[None]:
        entered.append(True)
        yield

    monkeypatch.setattr(drawing, "sparingly", sparingly)
    if is_empty:
        monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda recorder: {})
    # It only lists what it would do.
    call_command("migrate", plan=True, verbosity=0)
    assert bool(entered) == is_empty
