"""The night of a region, from the database to the database, on PostgreSQL.

    .venv/bin/python -m bench.night --people 300000 --vacancies 60000 --workers 2
                                    [--kill] [--cluster] [--beside CHECKOUT]

Fills a database of the embedded server with people and vacancies of one region (`country_market`, nobody real), runs
the night, and prints the time of each stage, the peak memory of each process and the growth of the database. With
`--kill` a second night follows, of which one worker is killed in the middle: its lists must be the same, byte for
byte; so must those of a night over a Dask cluster, begun as docs/operations.md says, with `--cluster`. With
`--beside` the night of another checkout, with its own `.venv`, is timed on the same rows. CPU time is of the
processes of the night, not of the database: other programs may be running.
"""

import argparse
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np

from bench.machine import machine, one_thread

LOOK_EVERY_S = 0.5
# Of thirteen pieces of the country, one is drawn: about as many inhabitants as a region.
PIECES = 13
COPIED = (
    "people_user",
    "jobseekers_jobseeker",
    "jobseekers_wantedoccupation",
    "jobseekers_experience",
    "jobseekers_skillheld",
    "jobseekers_spokenlanguageheld",
    "jobseekers_approvedinterest",
    "vacancies_vacancy",
    "vacancies_skillasked",
    "vacancies_languageasked",
)
OLD_NIGHT = """
import time, django; django.setup()
try:
    from visavis.matches.making import ranking
except ImportError:
    from visavis.matches import ranking
start = time.perf_counter(); ranking.rank_everybody(); print(time.perf_counter() - start)
"""


def main() -> None:
    """Fill, run the night, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--vacancies", type=int, default=60_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        _night()
        return
    one_thread()
    rows = list(_measured(args))
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1), encoding="utf-8")


def _measured(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    from tests.postgresql import start  # noqa: PLC0415  (it starts a server)

    address = start()
    os.environ |= {
        "DATABASE_URL": address,
        "VISAVIS_VAR": tempfile.mkdtemp(prefix="visavis-night-"),
        "VISAVIS_NIGHT_WORKERS": str(args.workers),
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
    }
    _say("filled", {"s": _seconds(lambda: _fill(args))})
    before = _size()
    first = _watched(args, kill=False)
    sums = _sums()
    yield _say("night", first | {"grown_mb": _size() - before} | _counted())
    if args.kill:
        again = _watched(args, kill=True)
        same = {"same lists": _sums() == sums}
        yield _say("night with a worker killed", again | {"grown_mb": _size() - before} | same)
    if args.cluster:
        with _cluster(args.workers) as scheduler:
            os.environ["VISAVIS_NIGHT_CLUSTER"] = scheduler
            again = _watched(args, kill=False)
            del os.environ["VISAVIS_NIGHT_CLUSTER"]
        yield _say("night over a cluster", again | {"same lists": _sums() == sums})
    if args.beside:
        yield _say("night of the other checkout", _beside(args.beside, address))


def _say(what: str, row: dict[str, Any]) -> dict[str, Any]:
    print(f"{time.strftime('%H:%M:%S')} {what}: {json.dumps(row)}", flush=True)
    return {"what": what} | row


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return round(time.perf_counter() - start, 1)


# Rows -----------------------------------------------------------------------------------------------


def _fill(args: argparse.Namespace) -> None:
    import django  # noqa: PLC0415  (the server is known only now)

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415  (the apps must be loaded)
    from django.db import connection  # noqa: PLC0415  (as above)

    from bench import live_service  # noqa: PLC0415  (as above)
    from bench.country_market import draw_jobseekers  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    call_command("import_starter", verbosity=0)
    live_service.write_people(draw_jobseekers(args.people, args.seed, 0, PIECES))
    live_service.write_vacancies(_of_the_region(args.vacancies, args.seed))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _of_the_region(count: int, seed: int) -> Any:
    """Draw vacancies of the country and keep those of the people's piece of it."""
    from bench.country_market import draw_vacancies  # noqa: PLC0415  (it reads the catalogue)
    from bench.country_tables import communes, part_of_country  # noqa: PLC0415  (as above)
    from visavis.engine.facts.rows import take_rows  # noqa: PLC0415  (as above)

    here, rows = communes(), part_of_country(0, PIECES)
    places = set(zip(here.latitude[rows].tolist(), here.longitude[rows].tolist(), strict=True))
    drawn = draw_vacancies(count * (PIECES + 3), seed)
    known = zip(drawn.latitude.tolist(), drawn.longitude.tolist(), strict=True)
    inside = np.array([place in places for place in known])
    return take_rows(drawn, np.flatnonzero(inside)[:count])


def _size() -> int:
    from django.db import connection  # noqa: PLC0415  (the apps must be loaded)

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0]) // 2**20


def _counted() -> dict[str, float]:
    from django.db import connection  # noqa: PLC0415  (the apps must be loaded)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(length), sum(pg_total_relation_size('matches_matchlist')) / count(*) FROM matches_matchlist"
        )
        places, size = cursor.fetchone()
    return {"places": int(places or 0), "bytes a place": round(float(size) / max(1, places or 1), 1)}


def _sums() -> str:
    """Sum up all lists of the edition that is served: bytes of every column that a night writes."""
    from visavis.matches.models import MatchList  # noqa: PLC0415  (the apps must be loaded)

    total = hashlib.sha256()
    names = "jobseeker", "vacancy", "others", "packed", "facts", "holders", "bar", "shown", "kept"
    rows = MatchList.objects.filter(edition__is_served=True).order_by("jobseeker", "vacancy")
    for row in rows.values_list(*names).iterator(5_000):
        total.update(repr([bytes(one) if isinstance(one, memoryview) else one for one in row]).encode())
    return total.hexdigest()


# The night ------------------------------------------------------------------------------------------


def _night() -> None:
    """Run the night in this process, and print the time of each stage."""
    import django  # noqa: PLC0415  (the apps are loaded here)

    django.setup()
    from visavis.matches.bridge.by_night import night as bridge  # noqa: PLC0415  (the apps must be loaded)
    from visavis.matches.making import editions, night  # noqa: PLC0415  (as above)

    stages: dict[str, float] = {}

    def timed(where: Any, name: str, stage: str) -> None:
        act = getattr(where, name)

        def watched(*arguments: Any, **options: Any) -> Any:
            start = time.perf_counter()
            try:
                return act(*arguments, **options)
            finally:
                stages[stage] = round(stages.get(stage, 0.0) + time.perf_counter() - start, 1)

        setattr(where, name, watched)

    timed(bridge, "read", "read")
    timed(bridge.Both, "find", "found")
    timed(night, "_hers", "spread")
    timed(night, "_theirs", "merged")
    timed(night, "write", "written")
    timed(editions, "serve", "swapped")
    timed(editions, "throw_away", "thrown away")
    start = time.perf_counter()
    night.rank_everybody()
    print(json.dumps({"s": round(time.perf_counter() - start, 1)} | stages), flush=True)


def _watched(args: argparse.Namespace, *, kill: bool) -> dict[str, Any]:
    """Run the night in a process of its own, and look at it and at those it begins."""
    child = subprocess.Popen(
        [sys.executable, "-m", "bench.night", "--child"], stdout=subprocess.PIPE, text=True
    )
    used, peaks = _cpu_s(), dict[int, int]()
    killed: list[int] = []
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK_EVERY_S):
            family = _family(child.pid)
            for pid in family:
                peaks[pid] = max(peaks.get(pid, 0), _peak_mb(pid))
            if kill and not killed and (at_work := sorted(_at_work().intersection(family))):
                with suppress(ProcessLookupError):
                    os.kill(at_work[0], signal.SIGKILL)
                    killed.append(at_work[0])

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    told, _errors = child.communicate()
    over.set()
    watcher.join()
    if child.returncode:
        raise SystemExit(f"the night ended with {child.returncode}")
    row: dict[str, Any] = json.loads(told.splitlines()[-1]) | {"cpu_s": round(_cpu_s() - used, 1)}
    row["peak_mb"] = sorted(peaks.values(), reverse=True)[: args.workers + 1]
    return row | ({"killed": len(killed)} if kill else {})


def _at_work() -> set[int]:
    """Return the processes that have begun a shard and not ended it."""
    begun = Path(os.environ["VISAVIS_VAR"]).glob("night/*/begun/[!.]*.*")
    try:
        return {int(path.read_text().rpartition(":")[2]) for path in begun}
    except FileNotFoundError:
        return set()


def _cpu_s() -> float:
    """Return the CPU time of the processes that were begun from here, and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    """Begin a scheduler and workers on this machine, which know neither the database nor the settings."""
    address = "tcp://127.0.0.1:8786"
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME"}}
    dask = [str(Path(sys.executable).with_name("dask"))]
    asked = ["worker", address, "--nworkers", str(workers), "--nthreads", "1", "--no-dashboard"]
    begun = [
        subprocess.Popen([*dask, *words], env=kept | {"OPENBLAS_NUM_THREADS": "1"}, stderr=subprocess.DEVNULL)
        for words in (["scheduler", "--host", "127.0.0.1", "--port", "8786", "--no-dashboard"], asked)
    ]
    try:
        yield address
    finally:
        for process in reversed(begun):
            process.terminate()
            process.wait()


def _family(pid: int) -> list[int]:
    found = [pid]
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [one for child in path.read_text().split() for one in _family(int(child))]
        except OSError:
            continue
    return found


def _peak_mb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)


# Another checkout -------------------------------------------------------------------------------------


def _beside(checkout: Path, address: str) -> dict[str, Any]:
    """Run the night of another checkout in a database of its own with the same rows."""
    import psycopg  # noqa: PLC0415  (an extra)

    with psycopg.connect(address, autocommit=True) as own:
        own.execute("CREATE DATABASE beside")
    other = urlsplit(address)._replace(path="/beside").geturl()
    environment = os.environ | {"DATABASE_URL": other, "VISAVIS_VAR": tempfile.mkdtemp(prefix="visavis-")}
    python = str(checkout / ".venv/bin/python")

    def run(*words: str) -> str:
        return subprocess.run(
            [python, *words], cwd=checkout, env=environment, check=True, text=True, stdout=subprocess.PIPE
        ).stdout

    run("-m", "django", "migrate", "--verbosity", "0")
    run("-m", "django", "import_starter", "--verbosity", "0")
    with psycopg.connect(address) as own, psycopg.connect(other, autocommit=True) as beside:
        for table in COPIED:
            _copy(own, beside, table)
        beside.execute("ANALYZE")
    used = _cpu_s()
    return {"s": round(float(run("-c", OLD_NIGHT).splitlines()[-1]), 1), "cpu_s": round(_cpu_s() - used, 1)}


def _copy(own: Any, beside: Any, table: str) -> None:
    asked = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
    names = {row[0] for row in own.execute(asked, [table])} & {
        row[0] for row in beside.execute(asked, [table])
    }
    columns = ", ".join(f'"{name}"' for name in sorted(names))
    with (
        own.cursor().copy(f"COPY {table} ({columns}) TO STDOUT") as read,
        beside.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as written,
    ):
        for data in read:
            written.write(data)


if __name__ == "__main__":
    main()
