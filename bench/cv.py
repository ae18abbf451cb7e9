"""CVs read: which fields are found, missed and got wrong, for each kind of field and each layout.

    python bench/cv.py [--json FILE] [--only TEXT] [--show] [--no-pictures] [--apart]

The CVs are made by tests/cvs/corpus.py of people who do not exist, so what they hold is known; the rules of
reading were written with these layouts in mind, so the figures say how well known layouts are read, and
nothing of the layouts that nobody thought of. "found": the same words, accents and capitals forgiven.
"missed": nothing where there is something. "wrong": something else, or something that is not there.
"""

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.machine import machine
from tests.cvs import measuring
from tests.cvs.apart import APART
from tests.cvs.corpus import EVERY
from tests.cvs.making import Made
from visavis.common import tesseract
from visavis.cvs.reading import files
from visavis.cvs.reading.document import Unreadable

COLUMNS = ("found", "missed", "wrong")


def table(title: str, counts: dict[str, Counter[str]], extra: dict[str, str]) -> None:
    print(f"\n{title:28}{'found':>8}{'missed':>8}{'wrong':>8}{'found %':>9}")
    for name, count in counts.items():
        whole = max(count.total(), 1)
        shown = "".join(f"{count[column]:8}" for column in COLUMNS)
        print(f"{name:28}{shown}{100 * count['found'] / whole:9.1f}  {extra.get(name, '')}")


def one(
    made: Made, catalogue: measuring.Catalogue, *, show: bool
) -> tuple[list[measuring.Score], int, float]:
    """Read one CV; return its scores, what of the person was kept, and the seconds it took."""
    data = made.make()
    start = time.perf_counter()
    try:
        understood = measuring.read(files.read(data), catalogue)
    except Unreadable as refusal:
        print(f"{made.slug}: {refusal.why}")
        return [], 0, 0.0
    seconds = time.perf_counter() - start
    scores, leaks = list(measuring.scores(made.cv, understood)), measuring.leaks(made.cv, understood)
    wrong = [score for score in scores if score[1] != "found"]
    if show and (wrong or leaks):
        print(f"\n== {made.slug}: {wrong} {leaks}")
        for fact in understood.facts:
            print("  ", {key: value for key, value in vars(fact).items() if value not in ("", None, False)})
        print("   left:", [line.text for line in understood.left])
    return scores, len(leaks), seconds


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the CVs whose name holds this text")
    parser.add_argument(
        "--apart", action="store_true", help="read the CVs set apart, on which nothing is tuned"
    )
    parser.add_argument("--show", action="store_true", help="also show what was not found")
    parser.add_argument("--no-pictures", action="store_true", help="leave out what needs tesseract")
    args = parser.parse_args()
    about, catalogue = machine(), measuring.Catalogue()
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    by_field: dict[str, Counter[str]] = {name: Counter() for name in measuring.FIELDS}
    by_layout: dict[str, Counter[str]] = {}
    times: dict[str, list[float]] = {}
    kept = number = 0
    for made in APART if args.apart else EVERY:
        if args.only not in made.slug or (
            made.needs_ocr and (args.no_pictures or not tesseract.is_possible())
        ):
            continue
        scores, leaks, seconds = one(made, catalogue, show=args.show)
        number, kept = number + 1, kept + leaks
        times.setdefault(made.layout, []).append(seconds)
        for field, result in scores:
            by_field[field][result] += 1
            by_layout.setdefault(made.layout, Counter())[result] += 1
    table("field", by_field, {})
    table("layout", by_layout, {name: f"{sum(some) / len(some):.2f} s" for name, some in times.items()})
    total = sum(by_field.values(), Counter())
    table(f"all ({number} CVs)", {"": total}, {})
    print(f"\nNames, addresses, phones kept: {kept}")
    if args.json:
        rows = [
            {"field": name} | {column: count[column] for column in COLUMNS}
            for name, count in by_field.items()
        ]
        rows += [
            {"layout": name} | {column: count[column] for column in COLUMNS}
            for name, count in by_layout.items()
        ]
        args.json.write_text(
            json.dumps({"machine": about, "rows": rows}, ensure_ascii=False, indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
