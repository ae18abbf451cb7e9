import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager

import time_machine

from tests.personas import Town
from visavis.live.models import Bulletin
from visavis.live.services import newest
from visavis.queues import services, waits
from visavis.queues.models import Ticket
from visavis.queues.order import order_of

NOW = dt.datetime(2027, 3, 23, 8, 30, tzinfo=dt.UTC)


def test_a_day_has_its_own_pace_once_three_services_are_known_and_the_worst_is_worse() -> None:
    pace = waits.pace_of([4.0, 6.0], 0)
    assert (pace.minutes, pace.spread, pace.desks) == (waits.USUAL, waits.SPREAD, 1)
    assert pace.wait(0) == (0, 15)
    pace = waits.pace_of([10.0, 20.0, 30.0], 2)
    best, worst = pace.wait(4)
    assert pace.minutes == 20 and (best, worst) == (32, 60)
    for taken in ([1.0, 1.0, 60.0], [5.0] * 5, []):
        for desks in (1, 2, 7):
            found = [waits.pace_of(taken, desks).wait(ahead) for ahead in range(60)]
            assert all(0 <= best <= worst for best, worst in found)
            assert [worst for _best, worst in found] == sorted(worst for _best, worst in found)


def test_the_pace_is_read_from_the_services_of_the_day(town: Town) -> None:
    bruno = town.people["bruno"]
    with time_machine.travel(NOW, tick=False) as clock:
        for minutes in (6, 8, 10):
            services.come_in(agency=town.agency, by=bruno)
            ticket = services.call_next(agency=town.agency, desk="3", by=bruno)
            services.begin(ticket=ticket, by=bruno)
            clock.shift(minutes * 60)
            services.finish(ticket=ticket, by=bruno)
        pace = waits.pace(town.agency, services.today(town.agency))
        assert (pace.minutes, pace.desks) == (8.0, 1)
        first, second = (services.come_in(agency=town.agency, by=bruno) for _one in range(2))
        order = order_of(town.agency, services.today(town.agency), newest())
        assert (len(order.ahead_of(first)), order.ahead_of(second)) == (0, [first.number])
        assert order.ahead_of(Ticket.objects.earliest("pk")) == [], "it is over"


def test_a_line_is_read_once_and_anew_after_each_move(
    town: Town, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    """Five hundred phones ask after one call; each act tells, so a line of one number is that of now."""
    bruno, agency = town.people["bruno"], town.agency
    with time_machine.travel(NOW, tick=False):
        first, second = (services.come_in(agency=agency, by=bruno) for _one in range(2))
        day = services.today(agency)
        order_of(agency, day, 1)
        with django_assert_num_queries(0):
            assert len(order_of(agency, day, 1).ahead_of(second)) == 1
        for act in (
            lambda: services.call_next(agency=agency, desk="3", by=bruno),
            lambda: services.leave(ticket=first, by=None),
        ):
            # On PostgreSQL its number is given at the commit: here it is counted.
            told = Bulletin.objects.count()
            act()
            assert Bulletin.objects.count() > told, "each act tells"
        assert order_of(agency, day, 2).ahead_of(second) == []
        assert order_of(agency, day, 0) is not order_of(agency, day, 0), "nothing was told: it is not kept"


def test_who_waits_for_a_colleague_is_behind_those_for_anybody_and_for_the_same(town: Town) -> None:
    bruno, hugo, agency = town.people["bruno"], town.people["hugo"], town.agency
    with time_machine.travel(NOW, tick=False):
        for to in (None, hugo):
            services.come_in(agency=agency, by=bruno, to=to)
        hers = services.come_in(agency=agency, by=bruno, to=bruno)
        anybodys = services.come_in(agency=agency, by=bruno)
        order = order_of(agency, services.today(agency), newest())
        assert (len(order.ahead_of(hers)), len(order.ahead_of(anybodys))) == (1, 3)
