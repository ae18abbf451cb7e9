"""What the night deletes of case files: rows as tests/common/test_forgetting.py wants them."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from visavis.casefiles.models import Minutes, Note
from visavis.common import clock
from visavis.people.models import User

DAY = dt.timedelta(days=1)


def her(town: Any) -> User:
    found: User = town.people["amelie"]
    return found


def now(_town: Any) -> dt.datetime:
    return clock.now()


def casefiles_forgotten(of: Callable[..., Any]) -> list[tuple[str, str, dt.timedelta, Any]]:
    """Return the cases; `of` makes one that makes such a row."""
    drafted = {"agency": lambda t: t.agency, "met": "phone", "met_at": now, "ended_at": now, "saved_at": now}
    noted = {"purpose": "care", "words": "x", "form": lambda _t: uuid.uuid4(), "at": now}
    return [
        ("minutes never shared", "half a year", 183 * DAY, of(Minutes, person=her, **drafted)),
        (
            "notes for colleagues",
            "two years after each was written",
            731 * DAY,
            of(Note, person=her, **noted),
        ),
    ]
