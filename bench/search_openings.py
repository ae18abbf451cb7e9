"""How well openings are found by what people say: ours beside BM25 with French stems and character n-grams.

    python -m bench.search_openings --data DIR [--held-out | --set second|third|fourth] [--show] [--json FILE]

DIR holds `offres_2024_10.json` and `offres_2025_05.json` of France Travail; the graded queries are those of
`bench/search_labels`. 118 queries are for tuning, the 31 held out are scored with `--held-out`. NDCG@10 with gains
2^grade - 1; a query that nothing answers counts apart: the share of these for which nothing was found.
"""

import argparse
import json
import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from bench.machine import machine, one_thread
from visavis.commands import search
from visavis.commands.vacancies_files import Source
from visavis.engine.search.index import Index
from visavis.engine.text import hashed_ngrams
from visavis.engine.text.folding import stems

LABELS = Path(__file__).parent / "search_labels" / "queries.jsonl"
LATER = ("second", "third", "fourth")
MONTHS = ("2024_10", "2025_05")
TOP = 10

type Search = Callable[[str], Sequence[str]]


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    def gain(values: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(values[:TOP]))

    return gain([grades.get(ad, 0) for ad in found]) / gain(sorted(grades.values(), reverse=True))


def ours(sources: Sequence[Source]) -> tuple[Search, Index]:
    index, ids = search.index_of(sources), [one.id for one in sources]
    return lambda words: [ids[place] for place in index.search(words, TOP).places], index


def whole(source: Source) -> str:
    """Return everything that ours reads as words: the peers are given the same."""
    skills = [skill.words for skill in source.fields.skills] if source.fields else []
    label = source.place.label if source.place else ""
    return " ".join([source.title, source.names, *skills, label, source.text])


def bm25(sources: Sequence[Source]) -> Search:
    index, ids = bm25s.BM25(), [one.id for one in sources]
    index.index([stems(whole(one)) for one in sources], show_progress=False)

    def find(words: str) -> Sequence[str]:
        asked = stems(words)
        if not asked:
            return []
        scores = index.get_scores(asked)
        return [ids[place] for place in np.argsort(-scores, kind="stable")[:TOP] if scores[place] > 0]

    return find


def ngrams(sources: Sequence[Source]) -> Search:
    ids = [one.id for one in sources]
    rows = hashed_ngrams([whole(one) for one in sources], smallest=3, longest=5)
    rarity = np.log1p(len(ids) / (1 + np.bincount(rows.indices, minlength=rows.shape[1])))
    rows.data *= rarity[rows.indices]
    rows.data /= np.repeat(np.sqrt(np.add.reduceat(rows.data**2, rows.indptr[:-1])), np.diff(rows.indptr))

    def find(words: str) -> Sequence[str]:
        asked = hashed_ngrams([words], smallest=3, longest=5).toarray()[0] * rarity
        scores = rows @ asked
        return [ids[place] for place in np.argsort(-scores, kind="stable")[:TOP] if scores[place] > 0]

    return find


def measured(methods: Mapping[str, Search], rows: Sequence[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Return NDCG@10 of every query, by method."""
    return {
        name: {row["id"]: ndcg(find(row["query"]), row["grades"]) for row in rows if row["grades"]}
        for name, find in methods.items()
    }


def by_kind(
    figures: Mapping[str, Mapping[str, float]], rows: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, float]]:
    kinds = sorted({kind for row in rows for kind in row["kind"] if row["grades"]})
    table = {}
    for kind in ("all", *kinds):
        ids = [row["id"] for row in rows if row["grades"] and (kind == "all" or kind in row["kind"])]
        table[kind] = {"queries": len(ids)} | {
            name: round(statistics.fmean(scores[one] for one in ids), 3) for name, scores in figures.items()
        }
    return table


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the ads")
    parser.add_argument("--held-out", action="store_true", help="score the queries that nobody tuned on")
    parser.add_argument(
        "--set",
        choices=("first", *LATER),
        default="first",
        help="which set: each later one was new when scored",
    )
    parser.add_argument("--show", action="store_true", help="show every query with ours")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    asked = parser.parse_args()
    one_thread()
    sources = search.read([asked.data / f"offres_{month}.json" for month in MONTHS])
    is_later = asked.set in LATER
    labels = LABELS.with_name(f"{asked.set}.jsonl") if is_later else LABELS
    rows = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["held_out"] == (asked.held_out or is_later)]
    find, index = ours(sources)
    methods = {"ours": find, "bm25": bm25(sources), "n-grams": ngrams(sources)}
    figures = measured(methods, rows)
    table = by_kind(figures, rows)
    print(f"{'NDCG@10':16}", *(f"{name:>9}" for name in ("queries", *methods)))
    for kind, line in table.items():
        print(f"{kind:16}", *(f"{value:9.3g}" for value in line.values()))
    better = max(table["all"]["bm25"], table["all"]["n-grams"])
    print(f"ours is {100 * (table['all']['ours'] / better - 1):+.0f} % of the better; median", end=" ")
    print(*(f"{name} {statistics.median(scores.values()):.3f}" for name, scores in figures.items()), sep=", ")
    nothing = [row for row in rows if not row["grades"]]
    for name, method in methods.items():
        empty = sum(not method(row["query"]) for row in nothing)
        print(f"{name}: nothing found for {empty} of the {len(nothing)} that nothing answers")
    started = time.process_time()
    for row in rows:
        find(row["query"])
    print(f"{1000 * (time.process_time() - started) / len(rows):.2f} ms of processor a query;", machine())
    if asked.show:
        show(rows, figures, index, find, {one.id: one for one in sources})
    if asked.json:
        asked.json.write_text(
            json.dumps({"machine": machine(), "kinds": table, "queries": figures}, indent=1), encoding="utf-8"
        )


def show(
    rows: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Mapping[str, float]],
    index: Index,
    find: Search,
    known: Mapping[str, Source],
) -> None:
    """Print what was understood and found, the worst first."""
    for row in sorted(rows, key=lambda row: figures["ours"].get(row["id"], -1)):
        marks = [f"{name} {scores[row['id']]:.2f}" for name, scores in figures.items() if row["id"] in scores]
        print(f"\n{row['id']} {row['query']}: {', '.join(marks) or 'nothing answers'}")
        query = index.understand(row["query"])
        print("   understood:", *(f"{one.kind}={one.value}" for one in query.said), "|", end=" ")
        print(*(group.typed for group in query.groups), sep=", ")
        for ad in find(row["query"]):
            print(f"   {row['grades'].get(ad, 0)} {ad} {known[ad].occupation} {known[ad].title[:70]}")
        top = sorted(row["grades"].items(), key=lambda one: -one[1])[:6]
        missed = [(ad, grade) for ad, grade in top if ad not in find(row["query"])]
        for ad, grade in missed:
            print(f"   - {grade} {ad} {known[ad].occupation} {known[ad].title[:70]}")


if __name__ == "__main__":
    main()
