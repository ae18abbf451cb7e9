"""How long a search takes while one types, on the published ROME.

    python bench/search.py --rome FOLDER [--json FILE]

Every title of FOLDER is indexed, then people's spellings are asked one by one: whole, begun, with a typo, without
accents, very long. Communes are those the project ships. Prints the median and the slowest, in milliseconds.
"""

import argparse
import csv
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.machine import machine, one_thread
from visavis.catalog import starter
from visavis.catalog.spelling import Spellings
from visavis.engine.titles.index import TitleIndex

ASKED = (
    *("plonbier", "plomb", "aide soignante", "boulangere", "dev web", "hairdresser", "caissiere", "coifeuse"),
    *(
        "infirmiere de nuit",
        "chauffeur poids lourd",
        "prepa commande",
        "agent d'entretien",
        "a",
        "secretaire",
    ),
    *("CDD boulanger H/F", "xyzzy", "vendeur vendeuse chauffeur agent cuisine " * 6),
)
PLACES = (
    *("st etienne", "L'Haÿ-les-Roses", "paris", "grenobble", "valense", "saint", "chalon sur saone", "aix"),
    *("marseil", "bourg en bresse", "x" * 250),
)
TIMES = 20


def titles_of(folder: Path) -> tuple[list[str], list[str]]:
    file = max(folder.glob("unix_referentiel_appellation_v*.csv"))
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = [
            (row["libelle_appellation_long"].replace("''", "'"), row["code_rome"])
            for row in csv.DictReader(opened)
        ]
    return [label for label, _code in rows], [code for _label, code in rows]


def measure(search: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Return the milliseconds of each question, asked several times after one that warms up."""
    spent = []
    for typed in asked:
        search(typed)
        for _time in range(TIMES):
            start = time.perf_counter()
            search(typed)
            spent.append(1000 * (time.perf_counter() - start))
    return spent


def row(
    what: str, size: int, build: Callable[[], Callable[[str], object]], asked: Sequence[str]
) -> dict[str, object]:
    start = time.perf_counter()
    search = build()
    built = time.perf_counter() - start
    spent = sorted(measure(search, asked))
    return {
        "what": what,
        "labels": size,
        "build_s": round(built, 2),
        "median_ms": round(statistics.median(spent), 2),
        "p95_ms": round(spent[int(len(spent) * 0.95)], 2),
        "slowest_ms": round(spent[-1], 2),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--rome", type=Path, required=True, help="folder of unix_referentiel_appellation_v*.csv"
    )
    parser.add_argument("--json", type=Path, help="also write the figures here")
    asked = parser.parse_args()
    one_thread()
    labels, codes = titles_of(asked.rome)
    towns = starter.places().name
    rows = [
        row("occupations", len(labels), lambda: TitleIndex(labels, codes).suggest, ASKED),
        row("communes", len(towns), lambda: Spellings(towns).search, PLACES),
    ]
    print(*rows[0], sep="\t")
    for one in rows:
        print(*one.values(), sep="\t")
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
