"""What the night deletes of merges: rows as tests/common/test_forgetting.py wants them."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from tests.common.dated import her, now, today
from visavis.merging.models import Merge


def merging_forgotten(of: Callable[..., Any]) -> list[tuple[str, str, dt.timedelta, Any]]:
    """Return the cases; `of` makes one that makes such a row."""
    row = {"why": "paper", "at": now, "until": today, "form": lambda _town: uuid.uuid4()}
    return [("merges of long ago", "two years", dt.timedelta(days=731), of(Merge, stays=her, **row))]
