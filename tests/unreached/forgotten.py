"""What the night deletes of whom nothing has reached: rows as tests/common/test_forgetting.py wants them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from tests.common.dated import her, now
from visavis.unreached.models import Unreached


def unreached_forgotten(of: Callable[..., Any]) -> list[tuple[str, str, dt.timedelta, Any]]:
    """Return the cases; `of` makes one that makes such a row."""
    row = {"cause": "nothing", "outcome": "moved", "since": now, "found_at": now, "closed_at": now}
    two_years = dt.timedelta(days=731)
    return [
        ("people not reached, closed", "two years after somebody closed it", two_years,
         of(Unreached, person=her, **row)),
    ]  # fmt: skip
