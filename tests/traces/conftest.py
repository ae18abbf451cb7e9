"""A quarter that is going on, and its key."""

import pytest

from visavis.traces import keys, periods
from visavis.traces.models import Period

KEY = keys.made()


@pytest.fixture
def quarter(db: None, monkeypatch: pytest.MonkeyPatch) -> Period:
    """This quarter, as the night makes it; one key serves all tests."""
    monkeypatch.setattr(keys, "made", lambda: KEY)
    periods.prepare()
    found = periods.current()
    assert found
    return found
