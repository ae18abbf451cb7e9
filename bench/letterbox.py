"""How long a counsellor's letterbox takes to show with 100,000 threads in it, and words to be found.

    python -m bench.letterbox [--threads 100000] [--requests 40] [--json FILE]

Fills a database of its own (SQLite; PostgreSQL with DATABASE_URL, or DATABASE_URL=embedded for one started here) with
invented threads, all with one counsellor, and asks each part of the list, a later page, a rare word, two words and a
common word, through Django's own client. Milliseconds of the clock and of the processor; the bar is 100 ms at p95.
"""

import argparse
import datetime as dt
import json
import os
import sys
import tempfile
import time
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
            f"{name:28} p50 {row['p50_ms']:7.1f} ms  p95 {row['p95_ms']:7.1f} ms  processor {row['cpu_ms']:6.1f} ms"
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
    }


def timed(ask: Any, requests: int) -> dict[str, float]:
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


def fill(threads: int) -> Any:
    """Write the threads, in bulk; return their counsellor."""
    from tests import factories  # noqa: PLC0415  (Django is set up first)
    from visavis.mailboxes.enums import Voice  # noqa: PLC0415  (as above)
    from visavis.mailboxes.models import Message, Thread, Word  # noqa: PLC0415  (as above)
    from visavis.mailboxes.words import among  # noqa: PLC0415  (as above)
    from visavis.people.models import User  # noqa: PLC0415  (as above)
    from visavis.vault import words as vault  # noqa: PLC0415  (as above)

    draw = np.random.default_rng(15)
    agency = factories.AgencyFactory()
    counsellor: Any = factories.UserFactory(role="counsellor", role__organisation=agency.organisation)
    people = User.objects.bulk_create([User(name=f"Personne {n}") for n in range(max(1, threads // 20))])
    marks = [min(vault.marks(f"mot{n}", among=among(agency.pk))) for n in range(WORDS)]
    now = dt.datetime.now(dt.UTC)
    shares = 1 / np.arange(1, WORDS + 1)
    shares /= shares.sum()
    for start in range(0, threads, AT_ONCE):
        rows = []
        for number in range(start, min(start + AT_ONCE, threads)):
            at = now - dt.timedelta(minutes=number)
            waits = draw.random()
            rows.append(
                Thread(
                    person=people[int(draw.integers(len(people)))], agency=agency, holder=counsellor,
                    subject=f"Objet {number}",
                    last_number=1, last_at=at, begun_at=at,
                    ours_since=at if waits < 0.3 else None,
                    theirs_since=at if 0.3 <= waits < 0.6 else None,
                    done_at=at if waits > 0.9 else None,
                )
            )  # fmt: skip
        rows = Thread.objects.bulk_create(rows)
        Message.objects.bulk_create(
            Message(
                thread=one, number=1, voice=Voice.THEIRS, author=one.person, body="Bonjour", at=one.last_at
            )
            for one in rows
        )
        drawn = [set(draw.choice(WORDS, A_MESSAGE, p=shares)) for _ in rows]
        Word.objects.bulk_create(
            Word(thread=one, mark=marks[word])
            for one, words in zip(rows, drawn, strict=True)
            for word in words
        )
        print(f"\r{start + len(rows):,} of {threads:,} threads", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return counsellor


if __name__ == "__main__":
    main()
