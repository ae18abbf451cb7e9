"""Desks that call at the same moment, and people who come in together: scenes that test_at_once.py has played."""

import sys
from functools import partial
from typing import Any

from tests.common.at_once import Found, at_once, play

DESKS, COMING = 8, 8
GUARDS = [
    ("queues.Ticket", "a_number_is_given_once_a_day"),
    ("queues.Ticket", "nobody_serves_two_tickets_at_once"),
    ("queues.TicketStep", "steps_of_a_ticket_follow"),
]


def people_of(town: Any, number: int) -> list[Any]:
    from tests import factories  # noqa: PLC0415  (Django must be set up)
    from visavis.people.enums import Role  # noqa: PLC0415

    where = {"role": Role.COUNSELLOR, "role__organisation": town.agency.organisation}
    return [factories.UserFactory(**where) for _one in range(number)]


def next_please(town: Any) -> Found:
    """Eight desks press "next" together, and eight people wait, half of them shortly: each desk calls another."""
    from visavis.queues import services  # noqa: PLC0415
    from visavis.queues.enums import State  # noqa: PLC0415
    from visavis.queues.models import Ticket, TicketStep  # noqa: PLC0415

    Ticket.objects.all().delete()
    desks = people_of(town, DESKS)
    for one in range(DESKS):
        services.come_in(agency=town.agency, by=desks[0], is_short=bool(one % 2))
    call = partial(services.call_next, agency=town.agency)
    acts = [partial(call, desk=str(number), by=by) for number, by in enumerate(desks, 1)]
    told = at_once(acts, DESKS)
    called = Ticket.objects.filter(state=State.CALLED)
    return {
        "told": told,
        "called": called.count(),
        "desks": called.values("served_by").distinct().count(),
        "calls": TicketStep.objects.filter(act="call").count(),
    }


def pressed_twice(town: Any) -> Found:
    """One desk presses "next" eight times at once: one ticket is called."""
    from visavis.queues import services  # noqa: PLC0415
    from visavis.queues.enums import State  # noqa: PLC0415
    from visavis.queues.models import Ticket  # noqa: PLC0415

    Ticket.objects.all().delete()
    [desk] = people_of(town, 1)
    for _one in range(DESKS):
        services.come_in(agency=town.agency, by=desk)
    told = at_once([partial(services.call_next, agency=town.agency, desk="1", by=desk)] * DESKS, DESKS)
    return {"told": told, "called": Ticket.objects.filter(state=State.CALLED).count()}


def come_in(town: Any) -> Found:
    """Eight people take a ticket together: eight numbers, none twice, none left out."""
    from visavis.queues import services  # noqa: PLC0415
    from visavis.queues.models import Ticket  # noqa: PLC0415

    Ticket.objects.all().delete()
    [by] = people_of(town, 1)
    told = at_once([partial(services.come_in, agency=town.agency, by=by)] * COMING, COMING)
    return {"told": told, "numbers": sorted(Ticket.objects.values_list("number", flat=True))}


SCENES = {"next": next_please, "twice": pressed_twice, "come-in": come_in}

if __name__ == "__main__":
    play(SCENES[sys.argv[1]], GUARDS)
