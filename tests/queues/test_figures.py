import datetime as dt

import time_machine
from django.urls import reverse

from tests.personas import Town
from visavis.queues import figures, services
from visavis.queues.enums import Priority


def test_the_head_reads_load_and_wait_by_hour_and_takes_them_away(town: Town) -> None:
    rosa = town.people["rosa"]
    with time_machine.travel(dt.datetime(2027, 3, 23, 8, 30, tzinfo=dt.UTC), tick=False) as clock:
        for wait, priority in ((4, Priority.USUAL), (10, Priority.USUAL), (2, Priority.EXPECTED)):
            ticket = services.come_in(agency=town.agency, by=rosa, priority=priority)
            clock.shift(wait * 60)
            services.call_next(agency=town.agency, desk="1", by=rosa)
            services.finish(ticket=services.begin(ticket=ticket, by=rosa), by=rosa)
        services.leave(ticket=services.come_in(agency=town.agency, by=rosa), by=None)
        [hour] = figures.hours(town.agency)
        url = reverse("queues:figures", args=[town.agency.pk])
        page = town.client("hugo").get(url)
        taken = b"".join(town.client("hugo").get(url, {"as": "csv"}).streaming_content).decode("utf-8-sig")
    assert (hour.hour, hour.came, hour.left, hour.missed) == (9, 4, 1, 0)
    assert (hour.without_appointment, hour.with_appointment) == ("7", "2")
    assert page.status_code == 200 and len(page.context["plot"].bars) == 1
    assert len(taken.splitlines()) == 2
