"""What happens at the doors: days on which they are closed or open otherwise, and the queue of this morning."""

import datetime as dt
from collections.abc import Sequence
from itertools import accumulate

from visavis.agencies import closures
from visavis.agencies.models import Agency
from visavis.agencies.zones import instant
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.people.enums import Role
from visavis.people.models import User
from visavis.queues import services
from visavis.queues.enums import Priority
from visavis.queues.models import Ticket

SATURDAY = 5


def hours(agencies: list[Agency]) -> None:
    """Close each door for an afternoon of training, and open it on a Saturday for a forum."""
    for agency in agencies:
        head = User.objects.get(memberships__organisation=agency.organisation_id, memberships__role=Role.HEAD)
        today = agency.timetable.date_of(clock.now())
        saturday = today + dt.timedelta(days=21 + (SATURDAY - today.weekday()) % 7)
        training = saturday - dt.timedelta(days=9)
        closures.close(
            agency=agency,
            starts_at=instant(training, 13 * 60 + 30, agency.zone),
            ends_at=instant(training, 17 * 60, agency.zone),
            reason="L’équipe est en formation.",
            by=head,
        )
        closures.open_on(
            agency=agency, day=saturday, spans="09:00-12:30", reason="Forum de l’emploi saisonnier.", by=head
        )


# For each who came: how many minutes after the last, whether she is known, and how urgent it is.
CAME = (
    (0, True, Priority.USUAL), (6, False, Priority.USUAL), (4, True, Priority.EXPECTED), (9, False, Priority.USUAL),
    (3, True, Priority.USUAL), (11, False, Priority.FIRST), (7, True, Priority.USUAL), (5, False, Priority.USUAL),
    (8, True, Priority.EXPECTED), (2, False, Priority.USUAL), (6, True, Priority.USUAL), (4, False, Priority.USUAL),
    (9, False, Priority.USUAL), (3, True, Priority.USUAL),
)  # fmt: skip
# Which of them come for a short matter, and how long one takes.
SHORT_AT, SHORT_MINUTES = frozenset({3, 7, 12}), 3
SERVED_MINUTES = (19, 27, 14, 31, 22, 24, 16, 28, 20, 23)
LAST_CAME_AGO = 4
MINUTE = dt.timedelta(minutes=1)


def queue(agency: Agency, desks: Sequence[User], people: Sequence[Jobseeker]) -> None:
    """Play this morning minute by minute: people come, two desks call and serve them, one ticket is put on hold."""
    is_reception = {"memberships__organisation": agency.organisation_id, "memberships__role": Role.RECEPTION}
    reception = User.objects.get(**is_reception)
    known, lasting = iter(people), iter(SERVED_MINUTES)
    now = clock.now()
    earliest = instant(agency.timetable.date_of(now), 0, agency.zone)
    coming = list(accumulate(after for after, _known, _priority in CAME))
    busy: dict[User, tuple[Ticket, int]] = {}
    for minute in range(coming[-1] + LAST_CAME_AGO):
        with clock.moved(max(now - (coming[-1] + LAST_CAME_AGO - minute) * MINUTE, earliest)):
            for place, (at, (_after, is_known, priority)) in enumerate(zip(coming, CAME, strict=True)):
                if at == minute:
                    person = next(known).user if is_known else None
                    is_short = place in SHORT_AT
                    services.come_in(
                        agency=agency, by=reception, person=person, priority=priority, is_short=is_short
                    )
            for desk in desks:
                if desk in busy and busy[desk][1] <= minute:
                    services.finish(ticket=busy.pop(desk)[0], by=desk)
                if (
                    desk not in busy
                    and Ticket.objects.of_day(agency, services.today(agency)).waiting().exists()
                ):
                    ticket = services.call_next(agency=agency, desk=str(desks.index(desk) + 1), by=desk)
                    minutes = SHORT_MINUTES if ticket.is_short else next(lasting)
                    busy[desk] = services.begin(ticket=ticket, by=desk), minute + minutes
    services.put_on_hold(ticket=busy[desks[0]][0], by=desks[0])
    services.call_next(agency=agency, desk="1", by=desks[0])
