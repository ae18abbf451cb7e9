"""What the night deletes of the stations: rows as tests/common/test_forgetting.py wants them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from visavis.common import clock
from visavis.queues.models import Ticket
from visavis.stations.models import Badge, HelpCall, Reservation, Sitting, Station

DAY = dt.timedelta(days=1)


def now(_town: Any) -> dt.datetime:
    return clock.now()


def ticket(town: Any) -> Ticket:
    number = 50 + Ticket.objects.count()
    return Ticket.objects.create(agency=town.agency, day=clock.today(), number=number, code=f"t{number}")


def stations_forgotten(of: Callable[..., Any]) -> list[tuple[str, str, dt.timedelta, Any]]:
    """Return the cases; `of` makes one that makes such a row."""
    badge = of(Badge, person=lambda t: t.people["amelie"], code="MARK", pin="x", ended_at=now)
    over = {"way": "guest", "ends_at": now, "ended_at": now, "end": "finished"}
    waits = of(Reservation, agency=lambda t: t.agency, ticket=ticket, at=now)
    help_ = of(HelpCall, station=lambda t: t.station, ended_at=now)
    station = of(Station, agency=lambda t: t.agency, name="MARK", revoked_at=now)
    return [
        ("badges", "while they stand, then twelve months", 367 * DAY, badge),
        ("sittings", "thirteen months", 396 * DAY, of(Sitting, station=lambda t: t.station, **over)),
        ("calls for help", "thirteen months", 396 * DAY, help_),
        ("stations", "until revoked, then thirteen months", 397 * DAY, station),
        ("places in line", "a day", DAY, waits),
    ]
