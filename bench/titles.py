"""Titles to occupations: ours beside character n-gram TF-IDF and BM25, on real titles, in one run.

    python bench/titles.py --data DIR [--rome FOLDER] [--json FILE] [--only TEXT] [--semantic]

DIR holds the real titles of advertisements (`*title_rome*.csv`: id, title, rome_code) and folders `melo_*`
(queries.tsv, corpus_elements.tsv, annotations.tsv). Without --rome, the `rome_*` folders beside DIR are
tried, and the version that knows most codes of the advertisements is taken.

What was learnt, and on what: the weights of `engine/titles/weights.py` by `bench/title_learning.py`, on titles of
ESCO and ROME held out of the index. The shares in `engine/titles/index.py` and `engine/titles/features.py` were set on
such titles too. No figure was ever tuned on the files of DIR, and the official table between ROME and ESCO, of
which MELO is made, is never read.
Three things to know. Advertisements fell while a piece of evidence of an earlier version was missing; it came back,
and titles held out agreed. The curve of certainty was learnt anew, on more noise, as advertised titles had stood too
low under it: no rank depends on it. And the rules that take contract, pay and sex marks off (`engine/text/wording.py`)
were proofread by eye, without their codes, on 300 advertised titles that are also among the advertisements
measured; two rules came of it: "100 %" is taken off, and "Directeur (trice)" is read as two genders.

Measures. A@k: share of queries with a right answer among the first k. MRR: mean of 1 / rank of the first
right answer, 0 beyond the depth looked at. Advertisements: answers are codes; for the peers a code stands
where its best label does. MELO: labels are ranked, right where their concept is. Ours ranks concepts, each by
one label, and knows from `concept_mapping.tsv` which labels share one; the published systems and the plain rows of
the peers do not, and the rows "concepts" give the peers that much: each concept once. "published": figures of the
authors of MELO, not measured here. Rows of ours with a name in brackets were given titles of that public catalogue to
learn words from. titles/s: queries answered a second of one processor
core (processor time, so that a busy machine changes little; the median of five where short), index built before.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import median

import numpy as np

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.machine import machine, one_thread
from bench.title_data import Task, advertisements, best_covered, melo
from bench.title_methods import METHODS, PUBLISHED, WITH_MEANING, Method, by_concept, ours_with_related

TIMES, LONG_S = 5, 5.0
"""What takes less in all than so many seconds is timed so many times; the median counts."""

FIGURES = ("A@1", "A@5", "A@10", "MRR")
REFERENCE = "visavis"


def figures(ranking: list[list[str]], answers: list[set[str]]) -> dict[str, float]:
    """Give A@1, A@5, A@10 and MRR.

    >>> figures([["a", "b"], ["c"]], [{"b"}, {"x"}])
    {'A@1': 0.0, 'A@5': 0.5, 'A@10': 0.5, 'MRR': 0.25}
    """
    ranks = [
        next((rank for rank, answer in enumerate(row, start=1) if answer in right), 0)
        for row, right in zip(ranking, answers, strict=True)
    ]
    first = np.array(ranks)
    shares = {f"A@{k}": float(np.mean((first > 0) & (first <= k))) for k in (1, 5, 10)}
    return shares | {"MRR": float(np.mean(np.where(first > 0, 1 / np.maximum(first, 1), 0.0)))}


def measure(method: Method, task: Task) -> dict[str, str | float]:
    """Build, warm up, answer, and compare with the right answers."""
    start = time.process_time()
    ask = method.prepare(task)
    built = time.process_time() - start
    ask(task.queries[:8])
    taken: list[float] = []
    while len(taken) < TIMES and sum(taken) < LONG_S:
        start = time.process_time()
        ranking = ask(task.queries)
        taken.append(time.process_time() - start)
    seconds = median(taken)
    row: dict[str, str | float] = {"method": method.name, "data": task.name}
    row |= {name: round(value, 4) for name, value in figures(ranking, task.answers).items()}
    return row | {"titles_per_s": round(len(task.queries) / seconds), "build_s": round(built, 2)}


def show(task: Task, rows: list[dict[str, str | float]]) -> None:
    """Print one table, and how far the first method stands from each other."""
    sizes = f"{len(task.queries)} titles, {len(task.labels)} labels, {len(set(task.codes))} answers"
    print(f"\n{task.name}: {sizes}")
    print(
        f"{'':44}{'A@1':>8}{'A@5':>8}{'A@10':>8}{'MRR':>8}{'titles/s':>10}{'build s':>9}   A@1 of ours / its"
    )
    mine = next(row for row in rows if row["method"] == REFERENCE)
    for row in rows:
        shown = "".join(f"{row[name]:8.3f}" for name in FIGURES)
        ratio = float(mine["A@1"]) / max(float(row["A@1"]), 1e-9)
        print(f"{row['method']:44}{shown}{row['titles_per_s']:10,}{row['build_s']:9.2f}   {ratio:.2f}")
    for name, (first, ten, mrr) in PUBLISHED.get(task.name, {}).items():
        shown = "".join(f"{value:8.3f}" if value else f"{'-':>8}" for value in (first, None, ten, mrr))
        ratio = f"{float(mine['A@1']) / first:.2f}" if first else "-"
        print(f"{name + ', published':44}{shown}{'-':>10}{'-':>9}   {ratio}")


def published(task: Task) -> list[dict[str, str | float | None]]:
    """Rows of other systems, as published."""
    return [
        {"method": name, "data": task.name, "published": "MELO", "A@1": first, "A@10": ten, "MRR": mrr}
        for name, (first, ten, mrr) in PUBLISHED.get(task.name, {}).items()
    ]


def methods_for(task: Task, *, semantic: bool) -> list[Method]:
    """Ours, ours with what other catalogues teach, and the peers."""
    ways = [("visavis", METHODS[0], False)]
    ways += [("visavis semantic", WITH_MEANING, True)] if semantic else []
    mine = []
    for start, plain, meant in ways:
        mine.append(plain)
        mine += [
            Method(f"{start} ({name})", ours_with_related(groups, semantic=meant))
            for name, groups in task.related.items()
        ]
    once = [] if task.by_code else [by_concept(method) for method in METHODS[1:]]
    return [*mine, *METHODS[1:], *once]


def tasks(data: Path, rome: Path | None) -> list[Task]:
    """Find what DIR holds."""
    found = []
    for file in sorted(data.glob("*title_rome*.csv")):
        folders = [rome] if rome else sorted(data.resolve().parent.glob("rome_v*"))
        if not folders:
            raise SystemExit(f"No folder of ROME beside {data}: name it with --rome.")
        found.append(advertisements(file, best_covered(file, folders)))
    found += [melo(folder) for folder in sorted(data.glob("melo_*")) if folder.is_dir()]
    if not found:
        raise SystemExit(f"{data} holds neither *title_rome*.csv nor melo_* folders.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--rome", type=Path, metavar="FOLDER")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--semantic", action="store_true", help="also ours with meanings (many minutes)")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the data whose name holds this text")
    args = parser.parse_args()
    one_thread()
    about = machine()
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    every: list[dict[str, str | float | None]] = []
    for task in (task for task in tasks(args.data, args.rome) if args.only in task.name):
        rows = [measure(method, task) for method in methods_for(task, semantic=args.semantic)]
        show(task, rows)
        every += rows + published(task)
    if args.json:
        args.json.write_text(
            json.dumps({"machine": about, "rows": every}, ensure_ascii=False, indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
