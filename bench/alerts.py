"""How long a day's round through the searches that people keep takes, and whether a kill tells anybody twice.

    python -m bench.alerts [--alerts 20000] [--new 2000] [--data DIR] [--kill] [--json FILE]

Fills a database of its own (SQLite; PostgreSQL with DATABASE_URL) with invented openings, and real ads when DIR holds
them; people keep searches: what `bench/search_labels` would say and titles of the catalogue, around towns, with
filters. One round in a process of its own, measured in seconds of its processor, with the messages handed to a mail
server that throws them away. `--kill` ends that process without warning half way and begins the round again.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

QUERIES = Path(__file__).parent / "search_labels" / "queries.jsonl"
FILTERS: tuple[list[list[str]], ...] = (
    [], [], [["contract", "permanent"]], [["hours", "part"]], [["days", "no-nights"]], [["pay", "13"]],
    [["licence", "B"]], [["contract", "permanent"], ["contract", "fixed_term"]],
)  # fmt: skip
MOST_S = 300


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--alerts", type=int, default=20_000)
    parser.add_argument("--new", type=int, default=2_000)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--kill", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--round", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.round:
        one_round()
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"VISAVIS_VAR": folder, "VISAVIS_DEMO": "yes", "VISAVIS_LOG_LEVEL": "ERROR"}
        told = measured(args)
    print("\n".join(f"{name:34} {value}" for name, value in told.items()))
    if args.json:
        args.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    sys.exit(bool(told["told twice"]) or told["processor, s"] > MOST_S)


def set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "visavis.config.settings")
    import django  # noqa: PLC0415  (the folder is known only now)
    from django.conf import settings  # noqa: PLC0415  (as above)

    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    django.setup()


def measured(args: argparse.Namespace) -> dict[str, Any]:
    set_up()
    fill(args)
    from visavis.news.models import News  # noqa: PLC0415  (Django is set up first)
    from visavis.searches.models import Alert, Announced, Round  # noqa: PLC0415  (as above)

    kills, spent, most, start = 0, 0.0, 0.0, time.perf_counter()
    while not Round.objects.filter(state=Round.State.DONE).exists():
        command = [sys.executable, "-m", "bench.alerts", "--round"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            if args.kill and not kills and half_way(args.alerts):
                process.kill()
                kills += 1
            said = process.communicate()[0]
        if process.returncode == 0:
            spent, most = json.loads(said)
    users = Counter(News.objects.filter(thing=Alert.THING).values_list("user", flat=True))
    row = Round.objects.get()
    return {
        "searches": Alert.objects.count(),
        "new openings": Announced.objects.count(),
        "looked through": row.done,
        "people told": len(users),
        "openings told, mean a search": round(
            sum(len(told) for told in Alert.objects.values_list("told", flat=True)) / args.alerts, 2
        ),
        "told twice": sum(number > 1 for number in users.values()),
        "killed": kills,
        "processor, s": round(spent, 1),
        "by the clock, s": round(time.perf_counter() - start, 1),
        "most memory, MB": round(most),
        "not sent yet": News.objects.unsent().count(),
    }


def half_way(alerts: int) -> bool:
    from visavis.searches.models import Round  # noqa: PLC0415  (Django is set up first)

    while (Round.objects.values_list("done", flat=True).first() or 0) < alerts // 2:
        time.sleep(0.05)
    return True


def one_round() -> None:
    """Do the round of tomorrow, as the sweep and the worker do, and say what it took."""
    set_up()
    import datetime as dt  # noqa: PLC0415  (as above)

    from visavis.common import clock  # noqa: PLC0415  (as above)
    from visavis.searches.alerts import rounds  # noqa: PLC0415  (as above)
    from visavis.searches.models import Round  # noqa: PLC0415  (as above)

    with clock.moved(clock.now() + dt.timedelta(days=1)):
        row, _new = Round.objects.get_or_create(day=clock.today())
        Round.objects.filter(pk=row.pk).update(state=Round.State.DUE)
        rounds.work_on(row.pk)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))


def fill(args: argparse.Namespace) -> None:
    """Put openings and people up, and have each person keep one search since yesterday."""
    from django.core.management import call_command  # noqa: PLC0415  (Django is set up first)

    from visavis.catalog.models import Commune, Title  # noqa: PLC0415  (as above)
    from visavis.people.models import User  # noqa: PLC0415  (as above)
    from visavis.searches.alerts import rounds  # noqa: PLC0415  (as above)
    from visavis.searches.models import Alert  # noqa: PLC0415  (as above)

    call_command("migrate", verbosity=0)
    real = sorted(args.data.glob("offres_*.json")) if args.data else []
    invented = args.new - (300 if real else 0)
    call_command("fill_demo", jobseekers=20, vacancies=invented, employers=150, stdout=sys.stderr)
    if real:
        call_command("import_feed", *map(str, real), stdout=sys.stderr)
    dice = np.random.default_rng(2016)
    said = [json.loads(line)["query"] for line in QUERIES.read_text(encoding="utf-8").splitlines()]
    titles = list(Title.objects.order_by("pk").values_list("label", flat=True))
    towns = list(Commune.objects.filter(department__in=["26", "07"]).order_by("-population")[:60])
    people = [User(name=f"p{n}", email=f"p{n}@example.invalid", password="!") for n in range(args.alerts)]
    User.objects.bulk_create(people, batch_size=2_000)
    rows = []
    for user in people:
        words = str(dice.choice(said if dice.random() < 0.5 else titles))
        town = towns[int(dice.integers(len(towns)))]
        place = [["commune", town.pk], ["km", str(dice.choice([10, 20, 30, 50]))]]
        filters = FILTERS[int(dice.integers(len(FILTERS)))]
        pairs = [["q", words], *(place if dice.random() < 0.8 else []), *filters]
        rows.append(Alert(user=user, params=pairs))
    Alert.objects.bulk_create(rows, batch_size=2_000)
    rounds.announce()


if __name__ == "__main__":
    main()
