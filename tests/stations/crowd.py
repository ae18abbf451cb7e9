"""People who take one station together, and stations that are kept for who waits: scenes that test_at_once.py plays."""

import sys
from functools import partial
from itertools import product
from typing import Any

from tests.common.at_once import Found, at_once, play

PEOPLE, FREE = 8, 2
GUARDS = [
    ("stations.Sitting", "one_sits_at_a_station"),
    ("stations.Sitting", "a_ticket_opens_one_station"),
    ("stations.Reservation", "a_station_is_kept_for_one"),
]


def put_up(town: Any, stations: int, tickets: int) -> tuple[list[Any], list[Any]]:
    """Open the door all day, and have so many stations and so many people with a ticket."""
    from visavis.common import clock  # noqa: PLC0415  (Django must be set up)
    from visavis.queues import services as queue  # noqa: PLC0415
    from visavis.queues.models import Ticket  # noqa: PLC0415
    from visavis.stations.models import Sitting, Station  # noqa: PLC0415

    town.agency.opening_hours = "Mo-Su 00:00-24:00"
    town.agency.save()
    for model in (Sitting, Station, Ticket):
        model.objects.all().delete()
    now = clock.now()
    here = {"agency": town.agency, "enrolled_at": now, "heard_at": now}
    made = [Station.objects.create(**here, name=f"Poste {one}", key=f"k{one}") for one in range(stations)]
    return made, [queue.come_in(agency=town.agency, by=town.people["rosa"]) for _one in range(tickets)]


def one_seat(town: Any, stations: int, tickets: int) -> Found:
    """Eight people open the same station at once, or one ticket is typed at eight: one sits down."""
    from visavis.stations import sittings  # noqa: PLC0415
    from visavis.stations.enums import Way  # noqa: PLC0415
    from visavis.stations.models import Sitting  # noqa: PLC0415

    pairs = product(*put_up(town, stations, tickets))
    acts = [partial(sittings.begin, station=one, way=Way.TICKET, ticket=ticket) for one, ticket in pairs]
    told = at_once(acts, PEOPLE)
    return {"told": told, "sit": Sitting.objects.filter(ended_at__isnull=True).count()}


def kept(town: Any) -> Found:
    """Two stations are free, eight people wait, and eight pages look at once: each station is kept for one of them."""
    from visavis.stations import reservations  # noqa: PLC0415
    from visavis.stations.models import Reservation  # noqa: PLC0415

    stations, tickets = put_up(town, FREE, PEOPLE)
    for ticket in tickets:
        Reservation.objects.create(agency=town.agency, ticket=ticket)
    told = at_once([partial(reservations.settle, town.agency)] * PEOPLE, PEOPLE)
    given = list(Reservation.objects.filter(station__isnull=False).order_by("at", "pk"))
    numbers = [one.pk for one in stations]
    return {
        "told": told,
        "kept": [numbers.index(one.station_id) for one in given],
        "first": [one.ticket_id for one in given] == [one.pk for one in tickets[:FREE]],
    }


SCENES = {
    "one-station": partial(one_seat, stations=1, tickets=PEOPLE),
    "one-ticket": partial(one_seat, stations=PEOPLE, tickets=1),
    "kept": kept,
}

if __name__ == "__main__":
    play(SCENES[sys.argv[1]], GUARDS)
