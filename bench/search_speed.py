"""How long a search of the site takes before many openings, and whether both databases find the same.

    python -m bench.search_speed --data DIR [--openings 100000] [--database sqlite|postgresql|both] [--json FILE]

DIR holds France Travail's ads: invented openings in all communes have their titles and mixed sentences.
Each database is filled, indexed and asked in a process of its own: every query of `bench/search_labels`, then the same
with filters, a page of twenty with all counts and snippets (`searches.services.find`), ms of the processor and
by the clock, once warm. What PostgreSQL's process of this connection works is counted too, by Linux's own account.
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.machine import machine

QUERIES = Path(__file__).parent / "search_labels" / "queries.jsonl"
MOST_MS = 50.0
AT_ONCE = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--openings", type=int, default=100_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measured(args)))
        return
    names = ("sqlite", "postgresql") if args.database == "both" else (args.database,)
    figures = {name: in_its_process(name, args) for name in names}
    for what in next(iter(figures.values())):
        print(f"{what:34}", *(f"{found[what]!s:>16}" for found in figures.values()))
    print(machine())
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), **figures}, indent=1), encoding="utf-8")
    same = len({found["answers"] for found in figures.values()}) == 1
    sys.exit(not same or any(found["processor p95, ms"] > MOST_MS for found in figures.values()))


def in_its_process(name: str, args: argparse.Namespace) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "VISAVIS_VAR": folder,
            "VISAVIS_DEMO": "yes",
            "VISAVIS_LOG_LEVEL": "ERROR",
        }
        environment["DATABASE_URL"] = (
            "embedded" if name == "postgresql" else f"sqlite:///{folder}/bench.sqlite3"
        )
        command = [sys.executable, "-m", "bench.search_speed", "--one", "--data", str(args.data)]
        command += ["--openings", str(args.openings)]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def set_up() -> None:
    if os.environ["DATABASE_URL"] == "embedded":
        from tests.postgresql import start  # noqa: PLC0415  (it starts a server)

        os.environ["DATABASE_URL"] = start()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    import django  # noqa: PLC0415  (the folder is known only now)

    django.setup()


def fill(args: argparse.Namespace) -> None:
    """Write openings in all communes: the titles of real ads, sentences of theirs and of others, other figures."""
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up first)

    from visavis.catalog.models import Commune, Occupation  # noqa: PLC0415  (as above)
    from visavis.common import clock  # noqa: PLC0415  (as above)
    from visavis.vacancies.models import Vacancy  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    call_command("import_starter", verbosity=0)
    ads = [
        ad
        for month in ("2024_10", "2025_05")
        for ad in json.loads((args.data / f"offres_{month}.json").read_text("utf-8"))["resultats"]
    ]
    sentences = [text for ad in ads for text in ad["description"].split("\n") if len(text) > 20]
    known = set(Occupation.objects.values_list("pk", flat=True))
    towns = list(Commune.objects.exclude(latitude=None).order_by("pk"))
    people = np.array([town.population + 50.0 for town in towns])
    yesterday = clock.now() - dt.timedelta(days=1)
    dice = np.random.default_rng(11)
    contracts = {"CDI": "permanent", "CDD": "fixed_term", "MIS": "temporary", "SAI": "seasonal"}
    for start in range(0, args.openings, AT_ONCE):
        rows = []
        some = min(AT_ONCE, args.openings - start)
        for where in dice.choice(len(towns), size=some, p=people / people.sum()):
            ad, town = ads[dice.integers(len(ads))], towns[where]
            own = [text for text in ad["description"].split("\n") if dice.random() < 0.8]
            text = "\n".join([*own, *(sentences[row] for row in dice.integers(len(sentences), size=6))])
            rows.append(
                Vacancy(
                    state="open",
                    title=ad["intitule"][:250],
                    description=text,
                    occupation_id=code if (code := ad.get("romeCode")) in known else None,
                    commune=town,
                    latitude=town.latitude,
                    longitude=town.longitude,
                    contract=contracts.get(ad["typeContrat"], "other"),
                    hours_min=35 if dice.random() < 0.8 else 20,
                    pay_min_hour=round(12 + dice.exponential(2), 2) if dice.random() < 0.7 else None,
                    conditions=[one for one in ("night", "saturday", "sunday") if dice.random() < 0.1],
                    licences=["B"] if dice.random() < 0.3 else [],
                    published_at=yesterday,
                    changed_at=yesterday,
                )
            )
        Vacancy.objects.bulk_create(rows)


def account_of_server() -> Callable[[], float]:
    """Return what tells how long the database's process of this connection has worked, ms; 0 within our own."""
    from django.db import connection  # noqa: PLC0415  (Django is set up first)

    if connection.vendor != "postgresql":
        return lambda: 0.0
    with connection.cursor() as cursor:
        cursor.execute("SET max_parallel_workers_per_gather = 0")
        cursor.execute("SELECT pg_backend_pid()")
        path = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return lambda: int(path.read_text("utf-8").split()[0]) / 1e6


def measured(args: argparse.Namespace) -> dict[str, Any]:
    set_up()
    fill(args)
    from django.db import connection  # noqa: PLC0415  (as above)

    from visavis.searches import services  # noqa: PLC0415  (as above)
    from visavis.searches.asked import Asked  # noqa: PLC0415  (as above)
    from visavis.searches.index import laid, writing  # noqa: PLC0415  (as above)

    start = time.process_time()
    written = writing.catch_up()
    indexed = time.process_time() - start
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    laid.OPENINGS.renew()
    laid_out = time.process_time() - start
    typed = [json.loads(line)["query"] for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    asked = [Asked(words=words) for words in typed]
    asked += [
        Asked(words=words, commune="26362", reach_km=50, contracts=("permanent",)) for words in typed[::3]
    ]
    asked += [Asked(), Asked(department="07"), Asked(commune="69123", hours="part", order="distance")]

    def ask(one: Asked) -> services.Found:
        return services.find(one, language="fr")

    for one in asked[:5]:
        ask(one)
    account = account_of_server()
    clock, cpu, theirs, answers = [], [], [], hashlib.sha256()
    for one in asked:
        began, at, before_it = time.perf_counter(), time.process_time(), account()
        found = ask(one)
        clock.append(1000 * (time.perf_counter() - began))
        theirs.append(account() - before_it)
        cpu.append(1000 * (time.process_time() - at) + theirs[-1])
        answers.update(repr((found.total, [opening.vacancy.pk for opening in found.openings])).encode())
    slowest = sorted(zip(cpu, asked, strict=True), key=lambda pair: -pair[0])[:8]
    for spent, one in slowest:
        print(f"{spent:.0f} ms", one.words, one.commune, file=sys.stderr)
    return {
        "openings": written,
        "written, s of processor": round(indexed, 1),
        "laid out, s of processor": round(laid_out, 1),
        "memory for it, MB": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024,
        "searches": len(asked),
        "processor p50, ms": round(float(np.percentile(cpu, 50)), 1),
        "processor p95, ms": round(float(np.percentile(cpu, 95)), 1),
        "of it the database p95, ms": round(float(np.percentile(theirs, 95)), 1),
        "clock p50, ms": round(float(np.percentile(clock, 50)), 1),
        "clock p95, ms": round(float(np.percentile(clock, 95)), 1),
        "answers": answers.hexdigest()[:12],
    }


if __name__ == "__main__":
    main()
