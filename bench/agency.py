"""How long an agency of sixty counsellors takes to find its free times of eight weeks, and how many it books a second.

    python -m bench.agency [--counsellors 60] [--requests 40] [--bookings 200] [--together 8]
                           [--tickets 500] [--screens 500] [--calls 8] [--json FILE]

Fills a database of its own (SQLite; PostgreSQL with DATABASE_URL, or DATABASE_URL=embedded for one started here): all
counsellors receive seven hours a day, half of their time is taken. Asks the search itself and the page that shows it,
through Django's own client, then books from several threads at once. Then a day of 500 tickets: its pages, and how
soon 500 screens show a call (`agency_queue.py`). Milliseconds of the clock and of the processor, and questions to the
database. The bars: 100 ms at p95 for the search, 15 bookings a second on SQLite and 30 on PostgreSQL, 12 questions a
page, a second at p95 from call to screen, 150 MB for who tells the screens. It ends with 1 where one is missed.
"""

import argparse
import datetime as dt
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from bench import agency_queue
from bench.served import own_site, told

BAR_MS, BAR_SCREEN_MS, BAR_MB, BAR_QUERIES = 100, 1000, 150, 12
BAR_A_SECOND = {"sqlite": 15, "postgresql": 30}
WEEKS = 8
SPANS = ((510, 750), (810, 990))
TAKEN_SHARE = 0.5


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counsellors", type=int, default=60)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--bookings", type=int, default=200)
    parser.add_argument("--together", type=int, default=8)
    parser.add_argument("--tickets", type=int, default=500)
    parser.add_argument("--screens", type=int, default=500)
    parser.add_argument("--calls", type=int, default=8)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with own_site():
        found = measured(args)
    told(found, missed, args.json)


def missed(found: dict[str, dict[str, float]]) -> list[str]:
    """Name the bars that are not kept."""
    late = ["search"] if found["search of 8 weeks"]["p95_ms"] > BAR_MS else []
    late += ["bookings"] if found["bookings"]["a_second"] < found["bookings"]["bar"] else []
    late += [name for name, row in found.items() if row.get("queries", 0) > BAR_QUERIES]
    screens = found.get("from call to screen")
    if screens and (screens["p95_ms"] > BAR_SCREEN_MS or screens["MB"] > BAR_MB or screens["lost"]):
        late.append("from call to screen")
    return late


def measured(args: argparse.Namespace) -> dict[str, dict[str, float]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    import django  # noqa: PLC0415  (the folder is known only now)

    django.setup()
    from django.conf import settings  # noqa: PLC0415  (as above)
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up first)
    from django.test import Client  # noqa: PLC0415  (as above)

    from tests.personas import signed_in  # noqa: PLC0415  (as above)
    from visavis.appointments import free  # noqa: PLC0415  (as above)
    from visavis.appointments.free import Search  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    kind, people = fill(args.counsellors, args.bookings)
    first = free.today_at(kind.agency)
    last = first + dt.timedelta(days=7 * WEEKS - 1)
    client = Client(SERVER_NAME="localhost")
    found = {
        "search of 8 weeks": timed(
            lambda: free.find(Search(kind.agency, kind.minutes, first, last)), args.requests
        ),
        "page of free times": timed(lambda: client.get(f"/appointments/kind/{kind.pk}/"), args.requests),
    }
    found["page of free times"]["queries"] = queries(client, f"/appointments/kind/{kind.pk}/")
    found["bookings"] = booked(kind, people, args.together)
    by, codes = agency_queue.fill(kind.agency, args.tickets)
    client.cookies[settings.SESSION_COOKIE_NAME] = signed_in(by)
    pages = {
        f"board of {args.tickets} tickets": (client, f"/queue/{kind.agency.pk}/"),
        "hall": (Client(SERVER_NAME="localhost"), f"/queue/{kind.agency.pk}/hall/"),
        "place in line, the last": (Client(SERVER_NAME="localhost"), f"/queue/place/{codes[-1]}/"),
    }
    for name, (asks, url) in pages.items():
        found[name] = timed(lambda asks=asks, url=url: asks.get(url), args.requests)  # type: ignore[misc]
        found[name]["queries"] = queries(asks, url)
    if args.screens:
        found["from call to screen"] = agency_queue.followed(
            kind.agency, by, codes, args.screens, args.calls, 1.0
        )
    return found


def queries(client: Any, url: str) -> float:
    """Return how many questions a page asks the database."""
    from django.db import connection  # noqa: PLC0415  (Django is set up first)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  (as above)

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return float(len(asked))


def timed(ask: Callable[[], Any], requests: int) -> dict[str, float]:
    """Return how long one takes, by the clock and by the processor."""
    clock, cpu = [], []
    for _ in range(requests):
        start, spent = time.perf_counter(), time.process_time()
        ask()
        clock.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
    clock.sort()
    return {
        "p50_ms": clock[len(clock) // 2],
        "p95_ms": clock[int(len(clock) * 0.95)],
        "cpu_ms": sorted(cpu)[len(cpu) // 2],
    }


def booked(kind: Any, people: list[Any], together: int) -> dict[str, float]:
    """Book for each person the first time that was free when all began; return how many a second."""
    from django.db import connection  # noqa: PLC0415  (Django is set up first)

    from visavis.appointments import free, services  # noqa: PLC0415  (as above)
    from visavis.appointments.free import Search  # noqa: PLC0415  (as above)
    from visavis.appointments.services import Wanted  # noqa: PLC0415  (as above)

    day = free.today_at(kind.agency) + dt.timedelta(days=7)
    at = free.find(Search(kind.agency, kind.minutes, day, day + dt.timedelta(days=21))).times

    def one(number: int) -> bool:
        try:
            wanted = Wanted(kind, at[number % len(at)], kind.channels[0])
            services.book(wanted=wanted, person=people[number], by=people[number])
        except services.Taken:
            return False
        finally:
            connection.close()
        return True

    start = time.perf_counter()
    with ThreadPoolExecutor(together) as threads:
        done = sum(threads.map(one, range(len(people))))
    return {
        "done": done,
        "a_second": done / (time.perf_counter() - start),
        "bar": BAR_A_SECOND[connection.vendor],
    }


def fill(counsellors: int, bookings: int) -> tuple[Any, list[Any]]:
    """Write an agency, its counsellors' hours and what is taken of them, in bulk; return its kind, and people."""
    from tests import factories  # noqa: PLC0415  (Django is set up first)
    from visavis.agencies.zones import instant  # noqa: PLC0415  (as above)
    from visavis.appointments import free  # noqa: PLC0415  (as above)
    from visavis.appointments.models import Appointment, Kind, Quantum, Receiving  # noqa: PLC0415  (as above)
    from visavis.appointments.models.appointment import instant_of  # noqa: PLC0415  (as above)

    draw = np.random.default_rng(17)
    agency: Any = factories.AgencyFactory(opening_hours="Mo-Fr 08:30-12:30,13:30-16:30; PH off")
    staff: list[Any] = [
        factories.UserFactory(role="counsellor", role__organisation=agency.organisation)
        for _n in range(counsellors)
    ]
    Receiving.objects.bulk_create(
        Receiving(agency=agency, user=user, weekday=day, start=start, end=end)
        for user in staff
        for day in range(5)
        for start, end in SPANS
    )
    kind = Kind.objects.create(agency=agency, nature="first", name="Premier", minutes=30, channels=["agency"])
    person: Any = factories.UserFactory()
    today = free.today_at(agency)
    for user in staff:
        rows, spans = [], []
        for day in range(7 * WEEKS):
            on = today + dt.timedelta(days=day)
            for begins in range(SPANS[0][0], SPANS[0][1], 30) if on.weekday() < 5 else ():
                if draw.random() < TAKEN_SHARE:
                    first = int(instant(on, begins, agency.zone).timestamp()) // 300
                    spans.append(first)
                    rows.append(
                        Appointment(
                            agency=agency,
                            kind=kind,
                            counsellor=user,
                            person=person,
                            starts_at=instant_of(first),
                            ends_at=instant_of(first + 6),
                            channel="agency",
                            way="web",
                            state="booked",
                        )
                    )
        made = Appointment.objects.bulk_create(rows)
        Quantum.objects.bulk_create(
            Quantum(at=first + more, counsellor=user, appointment=row, length=0 if more else 6)
            for first, row in zip(spans, made, strict=True)
            for more in range(6)
        )
    people = [factories.UserFactory(role="jobseeker") for _number in range(bookings)]
    return kind, people


if __name__ == "__main__":
    main()
