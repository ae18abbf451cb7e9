"""How long a change takes in a large service, from the rows changed to the lists written.

    .venv/bin/python -m bench.live_pages --folder var/large --people 100000 --vacancies 100000 --times 100 [--json FILE]

The folder is filled when it is empty (`live_service.py`, some minutes) and used again when it is not. An answer:
a person changes how far she goes, and her list is written anew. News: a vacancy comes, its list is written and
it is put in the lists of those it suits. CPU time stands beside the clock: other programs may be running.
"""

import argparse
import datetime as dt
import json
import os
import resource
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from django.db.models import F

from bench.machine import machine, one_thread

AGES = dt.timedelta(days=1)


def main() -> None:
    """Fill the service if need be, and time it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--vacancies", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    one_thread()
    args.folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {
        "VISAVIS_VAR": str(args.folder),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
    }
    import django  # noqa: PLC0415  (the folder is known only now)

    django.setup()
    _prepare(args)
    rows = _rows(args)
    for row in rows:
        print("  ".join(f"{name} {value}" for name, value in row.items()))
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1), encoding="utf-8")


def _prepare(args: argparse.Namespace) -> None:
    from django.core.management import call_command  # noqa: PLC0415  (as above)

    from visavis.vacancies.models import Vacancy  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    if not Vacancy.objects.exists():
        from bench import live_service  # noqa: PLC0415  (as above)

        start = time.perf_counter()
        call_command("import_starter", verbosity=0)
        live_service.fill(args.people, args.vacancies, args.times + 1, args.seed)
        print(f"filled in {time.perf_counter() - start:.0f} s")


def _rows(args: argparse.Namespace) -> list[dict[str, object]]:
    from visavis.common import clock  # noqa: PLC0415  (as above)
    from visavis.jobseekers.models import Jobseeker  # noqa: PLC0415  (as above)
    from visavis.matches.bridge import in_memory  # noqa: PLC0415  (as above)
    from visavis.matches.making import ranking  # noqa: PLC0415  (as above)
    from visavis.vacancies.models import Vacancy  # noqa: PLC0415  (as above)

    in_memory.forget()
    Vacancy.objects.filter(pk__gt=args.vacancies).update(state="draft", changed_at=clock.now() - AGES)
    before = _memory()
    laid_out = [_timed(side.ready) for side in (in_memory.WORK, in_memory.PEOPLE)]
    print(f"laid out: {laid_out} s (clock, CPU), {_memory() - before} MB more")
    rng = np.random.default_rng(args.seed + 1)
    numbers = list(Jobseeker.objects.looking().order_by("pk").values_list("pk", flat=True))
    people = rng.choice(numbers, args.times + 1, replace=False).tolist()
    drafts = Vacancy.objects.filter(state="draft").order_by("pk").values_list("pk", flat=True)
    answers, entered, told = [], [], []
    for person, draft in zip(people, list(drafts), strict=False):  # by turns, as they come
        rows = Jobseeker.objects.filter(pk=person)
        rows.update(radius_km=int(rng.integers(5, 60)), version=F("version") + 1, changed_at=clock.now())
        answers.append(_timed(partial(ranking.rank_jobseekers, [person])))
        Vacancy.objects.filter(pk=draft).update(state="open", changed_at=clock.now())
        entered.append(_timed(lambda: told.append(len(ranking.rank_vacancies([draft])))))  # noqa: B023  (called at once)
    return [
        _row("an answer, her list", answers[1:]),
        _row("a vacancy, the lists it enters", entered[1:])
        | {"lists changed": round(float(np.mean(told)), 1)},
        {"what": "memory", "mb": _memory()},
    ]


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.process_time()
    act()
    return round(time.perf_counter() - clock, 4), round(time.process_time() - cpu, 4)


def _row(what: str, times: list[tuple[float, float]]) -> dict[str, object]:
    row: dict[str, object] = {"what": what}
    for name, seconds in zip(("clock", "cpu"), zip(*times, strict=True), strict=True):
        p50, p95, most = (round(float(value) * 1e3, 1) for value in np.percentile(seconds, [50, 95, 100]))
        row |= {f"{name} p50 ms": p50, f"{name} p95 ms": p95, f"{name} max ms": most}
    return row


def _memory() -> int:
    """Return the most memory this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
