"""How long a counsellor's letterbox takes to show with 100,000 threads in it, and words to be found.

    python -m bench.letterbox [--threads 100000] [--requests 40] [--json FILE]

Fills a database of its own (SQLite; PostgreSQL with DATABASE_URL, or DATABASE_URL=embedded for one started here) with
invented threads, all with one counsellor, and asks each part of the list, a later page, a rare word, two words, a
common word, a name, half a name that hundreds of threads have, and half a name with a word, through Django's own
client. Milliseconds of the clock and of the processor, that of a PostgreSQL on this machine included; the bar is 100 ms
at p95.
"""

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

WORDS = 4_000
A_MESSAGE = 18
BAR_MS = 100
AT_ONCE = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--threads", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VISAVIS_VAR": folder, "VISAVIS_LOG_LEVEL": "ERROR", "VISAVIS_DEBUG": "yes"}
        if os.environ.get("DATABASE_URL") == "embedded":
            from tests import postgresql  # noqa: PLC0415  (only then)

            os.environ["DATABASE_URL"] = postgresql.start()
        table = measured(args.threads, args.requests)
    for name, row in table.items():
        print(
            f"{name:24} p50 {row['p50_ms']:6.1f} ms  p95 {row['p95_ms']:6.1f} ms"
            f"  processor p50 {row['cpu_ms']:6.1f} ms  p95 {row['cpu_p95_ms']:6.1f} ms"
        )
    if args.json:
        args.json.write_text(json.dumps(table, indent=1), encoding="utf-8")
    sys.exit(any(row["p95_ms"] > BAR_MS for row in table.values()))


def measured(threads: int, requests: int) -> dict[str, dict[str, float]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    import django  # noqa: PLC0415  (the folder is known only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up first)
    from django.test import Client  # noqa: PLC0415  (as above)

    from visavis.people.services import mark_second_factor  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    counsellor = fill(threads)
    client = Client(SERVER_NAME="localhost")
    client.force_login(counsellor)
    session = client.session
    mark_second_factor(session, "totp")
    session.save()
    found = {}
    for name, ask in asked(client).items():
        for _ in range(3):
            assert ask().status_code == 200
        found[name] = timed(ask, requests)
    return found


def asked(client: Any) -> dict[str, Any]:
    """Return what is asked of the list."""

    def box(**query: str) -> Any:
        return client.get("/letterbox/", query)

    def find(words: str) -> Any:
        return client.post("/letterbox/", {"q": words})

    return {
        "waiting for us": box,
        "page 50 of it": lambda: box(page="50"),
        "waiting for the person": lambda: box(box="awaited"),
        "all": lambda: box(box="all"),
        "page 1,000 of all": lambda: box(box="all", page="1000"),
        "one rare word": lambda: find("mot3999"),
        "two words": lambda: find("mot120 mot121"),
        "one common word": lambda: find("mot0"),
        "a name": lambda: find("prenom7 nom1257"),
        "half a name": lambda: find("prenom7"),
        "half a name, a word": lambda: find("prenom7 mot120"),
    }


def timed(ask: Any, requests: int) -> dict[str, float]:
    clock, cpu = [], []
    for _ in range(requests):
        start, spent = time.perf_counter(), spent_s()
        ask()
        clock.append((time.perf_counter() - start) * 1000)
        cpu.append((spent_s() - spent) * 1000)
    clock.sort()
    cpu.sort()
    late = int(requests * 0.95)
    return {
        "p50_ms": clock[requests // 2], "p95_ms": clock[late],
        "cpu_ms": cpu[requests // 2], "cpu_p95_ms": cpu[late],
    }  # fmt: skip


def spent_s() -> float:
    """Return what this process used of the processor, and the one of PostgreSQL that answers it."""
    from django.db import connection  # noqa: PLC0415  (Django is set up first)

    server = 0
    if connection.vendor == "postgresql" and connection.connection is not None:
        with suppress(OSError):
            said = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
            server = int(said.split()[0])
    return time.process_time() + server / 1e9


def fill(threads: int) -> Any:
    """Write the threads, in bulk; return their counsellor."""
    from django.db import connection, transaction  # noqa: PLC0415  (Django is set up first)

    from tests import factories  # noqa: PLC0415  (as above)
    from visavis.mailboxes.enums import Voice  # noqa: PLC0415  (as above)
    from visavis.mailboxes.models import Message, Thread  # noqa: PLC0415  (as above)
    from visavis.mailboxes.words import among  # noqa: PLC0415  (as above)
    from visavis.people.models import User  # noqa: PLC0415  (as above)
    from visavis.vault import keys  # noqa: PLC0415  (as above)
    from visavis.vault import words as vault  # noqa: PLC0415  (as above)

    draw = np.random.default_rng(15)
    agency = factories.AgencyFactory()
    counsellor: Any = factories.UserFactory(role="counsellor", role__organisation=agency.organisation)
    people = User.objects.bulk_create(
        [User(name=f"Prenom{n % 50} Nom{n}") for n in range(max(1, threads // 20))]
    )
    keys.draw_missing(one.pk for one in people)
    marks = [min(vault.marks(f"mot{n}", among=among(agency.pk))) for n in range(WORDS)]
    now = dt.datetime.now(dt.UTC)
    for start in range(0, threads, AT_ONCE):
        rows = []
        for number in range(start, min(start + AT_ONCE, threads)):
            at = now - dt.timedelta(minutes=number)
            waits = draw.random()
            rows.append(
                Thread(
                    # Known beforehand, so that no number is asked of the database row by row.
                    pk=number + 1,
                    person=people[int(draw.integers(len(people)))], agency=agency, holder=counsellor,
                    subject=f"Objet {number}",
                    last_number=1, last_at=at, begun_at=at,
                    ours_since=at if waits < 0.3 else None,
                    theirs_since=at if 0.3 <= waits < 0.6 else None,
                    done_at=at if waits > 0.9 else None,
                )
            )  # fmt: skip
        with transaction.atomic():
            Thread.objects.bulk_create(rows)
            Message.objects.bulk_create(
                Message(
                    pk=one.pk, thread=one, number=1, voice=Voice.THEIRS, author=one.person,
                    body="Bonjour", at=one.last_at,
                )
                for one in rows
            )  # fmt: skip
            keep_words(
                (one.pk, marks[word])
                for one, words in zip(rows, drawn(draw, len(rows)), strict=True)
                for word in words
            )
        print(f"\r{start + len(rows):,} of {threads:,} threads", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    if connection.vendor == "postgresql":
        # As a server does by itself within some minutes.
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return counsellor


def drawn(draw: np.random.Generator, messages: int) -> Iterator[list[int]]:
    """Draw the words of messages: a word of rank r comes 1/r times as often as the first, none twice in a message."""
    reached = np.cumsum(1 / np.arange(1, WORDS + 1))
    for row in np.searchsorted(reached, draw.random((messages, 6 * A_MESSAGE)) * reached[-1]):
        yield list(dict.fromkeys(row.tolist()))[:A_MESSAGE]


def keep_words(rows: Iterator[tuple[int, int]]) -> None:
    """Write the marks of threads, the way that each database takes many rows fastest."""
    from django.db import connection  # noqa: PLC0415  (Django is set up first)

    from visavis.mailboxes.models import Word  # noqa: PLC0415  (as above)

    table = connection.ops.quote_name(Word._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} (thread_id, mark) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO {table} (thread_id, mark) VALUES (%s, %s)", rows)


if __name__ == "__main__":
    main()
