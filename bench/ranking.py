"""Who will apply where: ours beside its peers on real applications, in one run.

    python bench/ranking.py --data DIR [--seeds N] [--json FILE] [--only TEXT]

DIR holds `careerbuilder_small` (the split published with ReCon, Mashayekhi et al. 2023; its training and
validation parts are what may be learned from) and `scout_kr` (one application of each résumé with three or
more is left out, another one for each seed). All vacancies are ranked, those applied to before taken off.

What was tuned, and on what: every setting of every method, the weights of ours and the way of spreading are
chosen anew in each run on inner cuts of the part that may be learned from, made by the same procedure
(careerbuilder: three cuts, and the validation part published; scout: one). The held-out part is only measured.
Set once, on inner cuts of careerbuilder: how the ridge of our vectors grows (0.5), the three starts, the share of the
graph filter (0.5), how many vacancies spreading looks at, and the way of the light spreading.
"visavis" is spread lightly where the inner cuts found more that way; "visavis, spread" until exposure is even
(entropy@10 of .93). The strength of the latter is then the least at which the lists are even enough: that
needs no answers.

Measures, means over the people with something held out. hr@k: a share of 1 when something is found among the
first k. recall@k: the share found. ndcg@k: with discount log₂ and gain 1. gini, coverage, entropy@10: how
evenly the first ten places fall on all vacancies (entropy divided by its largest value). cpu_s: learning with the
settings chosen, and scoring everybody measured, in seconds of processor; tune_s: choosing the settings.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from scipy import sparse

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import ranking_methods as methods
from bench import ranking_spread as spreading
from bench.machine import machine, one_thread
from bench.ranking_data import Cut, Task, tasks
from visavis.engine.blending import Blend, blend, combined

FIGURES = (
    "hr@10",
    "recall@10",
    "recall@20",
    "ndcg@10",
    "ndcg@20",
    "gini@10",
    "coverage@10",
    "entropy@10",
    "cpu_s",
    "tune_s",
)
EVEN = 0.93
PEERS = {
    "popularity": methods.POPULARITY,
    "ItemKNN": methods.VACANCIES,
    "UserKNN": methods.PEOPLE,
    "RP3beta": methods.PATHS,
    "EASE": methods.EASE,
}

type Row = dict[str, str | float]


def figures(top: np.ndarray, held_out: sparse.csr_array) -> dict[str, float]:
    """Give the measures of lists of 20.

    >>> found = figures(np.array([[2, 0, *range(3, 21)]]), sparse.csr_array(np.eye(1, 30)))
    >>> found["hr@10"], round(found["ndcg@10"], 3)
    (1.0, 0.631)
    """
    width, counts = held_out.shape[1], np.diff(held_out.indptr)
    people = np.repeat(np.arange(len(counts)), counts)
    wanted = np.sort(people * width + held_out.indices)
    hit = np.isin(np.arange(len(top))[:, None] * width + top, wanted)
    discount = 1 / np.log2(np.arange(2, 22))
    found: dict[str, float] = {"hr@10": float(hit[:, :10].any(axis=1).mean())}
    for k in (10, 20):
        ideal = np.cumsum(discount)[np.minimum(counts, k) - 1]
        found[f"recall@{k}"] = float((hit[:, :k].sum(axis=1) / counts).mean())
        found[f"ndcg@{k}"] = float(((hit[:, :k] * discount[:k]).sum(axis=1) / ideal).mean())
    shown = np.sort(np.bincount(top[:, :10].ravel(), minlength=width))
    found["gini@10"] = float(1 - 2 * (np.cumsum(shown) / shown.sum()).mean() + 1 / width)
    found["coverage@10"] = float((shown > 0).mean())
    found["entropy@10"] = spreading.entropy(top[:, :10], width)
    return found


def measured(name: str, cut: Cut, top: np.ndarray, cpu: float, tune: float) -> Row:
    held_out = cut.held_out[cut.people]
    return {"method": name, **figures(top, held_out), "cpu_s": cpu, "tune_s": tune}


def clock(start: float = 0.0) -> float:
    return time.process_time() - start


def gain(top: np.ndarray, held_out: sparse.csr_array) -> float:
    return figures(top, held_out)["ndcg@10"]


def run(task: Task, seed: int) -> Iterator[Row]:
    """Choose, learn and measure every method once."""
    cut = task.cut(seed)
    cuts = task.inner(cut, seed)
    seen = cut.known[cut.people]
    members = []
    grids = PEERS | {"graph filter": methods.FILTER}
    if methods.implicit_grid():
        grids["iALS, implicit"] = methods.implicit_grid()
    tuning = 0.0
    for name, grid in grids.items():
        start = clock()
        chosen = methods.choose(name, grid, cuts, seed)
        tune, start = clock(start), clock()
        top = spreading.best(methods.scored(chosen.learn, cut, seed), seen, 20)
        note(f"{task.name}, seed {seed}: {name}: {chosen.settings}, inner {chosen.value:.4f}")
        yield measured(name, cut, top, clock(start), tune)
        if name not in ("popularity", "iALS, implicit"):
            members.append(chosen)
            tuning += tune
    yield from ours(task, seed, cut, cuts, members, tuning)


def ours(
    task: Task, seed: int, cut: Cut, cuts: list[Cut], members: list[methods.Chosen], tuning: float
) -> Iterator[Row]:
    """Measure the blend spread lightly if that finds more on the inner cuts; then its stages apart."""
    start = clock()
    vectors, settings = methods.climb(cuts, seed)
    members = [vectors, *members]
    found = weights(members, cuts)
    seen = cut.known[cut.people]
    note(f"{task.name}, seed {seed}: vectors: {settings}, inner {vectors.value:.4f}")
    kept = [(member, weight) for member, weight in zip(members, found.weights, strict=True) if weight]
    said = ", ".join(f"{weight:g} {member.name}" for member, weight in kept)
    note(
        f"{task.name}, seed {seed}: blend: {said}; inner {found.value:.4f}, best part {found.alone.max():.4f}"
    )
    vectors_tuning = clock(start)
    inner = [combined([member.inner[at] for member in members], found.weights) for at in range(len(cuts))]
    light = spreading.choose_light(inner, cuts, gain)
    note(f"{task.name}, seed {seed}: light spreading of {light}")
    tuning, start = tuning + clock(start), clock()
    own = methods.scored(vectors.learn, cut, seed)
    alone = measured(
        "visavis, vectors only", cut, spreading.best(own, seen, 20), clock(start), vectors_tuning
    )
    start = clock()
    parts = [methods.scored(member.learn, cut, seed) for member, _ in kept]
    scores = combined(parts, np.array([weight for _, weight in kept]))
    blended = measured("visavis, not spread", cut, spreading.best(scores, seen, 20), clock(start), tuning)
    top = (
        spreading.Crowd(scores, seen, spreading.PLAIN).lists(light)
        if light
        else spreading.best(scores, seen, 20)
    )
    yield measured("visavis", cut, top, clock(start), tuning)
    yield from (blended, alone)
    spent, again = float(blended["cpu_s"]), clock()
    chosen = spreading.choose(inner, cuts, EVEN, gain)
    note(f"{task.name}, seed {seed}: spread: epsilon {chosen[0]}, outside {chosen[1]}")
    tuning, last = tuning + clock(again), clock()
    top = spreading.spread(scores, seen, EVEN, chosen)
    yield measured("visavis, spread", cut, top, spent + clock(last), tuning)


def weights(members: list[methods.Chosen], cuts: list[Cut]) -> Blend:
    """Find the weights of the parts on all inner cuts at once."""
    seen = sparse.vstack([cut.known[cut.people] for cut in cuts]).tocsr()
    held_out = sparse.vstack([cut.held_out[cut.people] for cut in cuts]).tocsr()
    return blend([np.vstack(member.inner) for member in members], seen, held_out)


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def means(task: Task, rows: list[Row], seeds: int) -> list[Row]:
    """Return the mean of each method over the seeds, and the deviation of its ndcg@10."""
    found: list[Row] = []
    for name in dict.fromkeys(row["method"] for row in rows):
        own = [row for row in rows if row["method"] == name]
        mean: Row = {"method": name, "data": task.name, "seeds": seeds}
        mean |= {key: round(float(np.mean([float(row[key]) for row in own])), 4) for key in FIGURES}
        mean["ndcg@10 deviation"] = round(float(np.std([float(row["ndcg@10"]) for row in own])), 4)
        found.append(mean)
    return found


def show(task: Task, rows: list[Row]) -> None:
    print(f"\n{task.name}")
    print(f"{'':24}" + "".join(f"{name:>12}" for name in FIGURES))
    for row in rows:
        print(f"{row['method']:24}" + "".join(f"{float(row[name]):12.3f}" for name in FIGURES))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--seeds", type=int, default=5, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the data whose name holds this text")
    args = parser.parse_args()
    one_thread()
    about = machine()
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    if not methods.implicit_grid():
        print("The package implicit is not installed: its iALS is left out (pip install implicit).")
    every: list[Row] = []
    for task in (task for task in tasks(args.data) if args.only in task.name):
        rows = [row for seed in range(args.seeds) for row in run(task, seed)]
        rows = means(task, rows, args.seeds)
        show(task, rows)
        every += rows
        if args.json:
            args.json.write_text(json.dumps({"machine": about, "rows": every}, indent=1) + "\n")


if __name__ == "__main__":
    main()
