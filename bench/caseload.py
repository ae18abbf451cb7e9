"""What the ready filters of a caseload and a counsellor's day cost: 2,000 counsellors with 150 people each.

    python -m bench.caseload [--counsellors 2000] [--people 150] [--asking 20] [--turns 2] [--json FILE]

Fills a database of its own (`caseload_town.py`: SQLite; PostgreSQL with DATABASE_URL, or DATABASE_URL=embedded for one
started here), then asks every ready filter, the day, and the days beside it, as some of the counsellors in turn,
through Django's own client. Milliseconds of the clock and of the processor, and questions to the database; the bars:
150 ms at p95, 12 questions a page. It ends with 1 where one is missed, by the clock, which other work on the machine
makes late, or by the number of questions.
"""

import argparse
import datetime as dt
import os
import time
from pathlib import Path
from typing import Any

from bench import caseload_town
from bench.served import own_site, told

BAR_MS, BAR_QUERIES = 150, 12


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counsellors", type=int, default=2_000)
    parser.add_argument("--people", type=int, default=150)
    parser.add_argument("--asking", type=int, default=20)
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with own_site():
        found = measured(args)
    told(found, missed, args.json)


def missed(found: dict[str, dict[str, float]]) -> list[str]:
    """Name the pages that are too slow, or ask too much."""
    late = [f"{name}: {row['p95_ms']:.0f} ms" for name, row in found.items() if row["p95_ms"] > BAR_MS]
    return late + [
        f"{name}: {row['queries']:.0f} questions"
        for name, row in found.items()
        if row["queries"] > BAR_QUERIES
    ]


def measured(args: argparse.Namespace) -> dict[str, dict[str, float]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    import django  # noqa: PLC0415  (the folder is known only now)

    django.setup()
    from django.conf import settings  # noqa: PLC0415  (as above)
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up first)
    from django.test import Client  # noqa: PLC0415  (as above)

    from tests.personas import signed_in  # noqa: PLC0415  (as above)
    from visavis.common import clock  # noqa: PLC0415  (as above)
    from visavis.portal.desk import caseload  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    staff = caseload_town.fill(args.counsellors, args.people, args.asking)
    clients = []
    for user in staff:
        client = Client(SERVER_NAME="localhost")
        client.cookies[settings.SESSION_COOKIE_NAME] = signed_in(user)
        clients.append(client)
    near = clock.today() - dt.timedelta(days=1), clock.today() + dt.timedelta(days=1)
    pages = {"everybody": "/desk/"}
    pages |= {f"filter {slug}": f"/desk/?show={slug}" for slug in caseload.by_slug()}
    pages |= {"her day": "/desk/day/"} | {
        name: f"/desk/day/?on={on}"
        for name, on in zip(("the day before", "the day after"), near, strict=True)
    }
    return {name: timed(clients, url, args.turns) for name, url in pages.items()}


def timed(clients: list[Any], url: str, turns: int) -> dict[str, float]:
    """Return how long a page takes whoever asks, by the clock and by the processor, and the most that it asks."""
    from django.db import connection  # noqa: PLC0415  (Django is set up first)
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415  (as above)

    wall, cpu = [], []
    # What a process reads once is read before: the first page of each is not counted.
    clients[0].get(url)
    for client in clients * turns:
        start, spent = time.perf_counter(), time.process_time()
        answer = client.get(url)
        wall.append((time.perf_counter() - start) * 1000)
        cpu.append((time.process_time() - spent) * 1000)
        assert answer.status_code == 200, (url, answer.status_code)
    questions = []
    for client in clients[:4]:
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        questions.append(len(asked))
    wall.sort()
    cpu.sort()
    return {
        "p50_ms": wall[len(wall) // 2],
        "p95_ms": wall[int(len(wall) * 0.95)],
        "cpu_p95_ms": cpu[int(len(cpu) * 0.95)],
        "queries": float(max(questions)),
    }


if __name__ == "__main__":
    main()
