"""Who will apply where: ours beside its peers on real applications, in one run.

    python bench/ranking.py --data DIR [--seeds N] [--json FILE] [--only TEXT] [--held-back] [--cold]
        [--averaged] [--plot FILE]

DIR is a folder of data or holds some; which files are read stands at the head of `ranking_data.py`. Measured so far:
`careerbuilder_small` (the split published with ReCon, Mashayekhi et al. 2023; its training and validation parts are
what may be learned from) and `scout_kr` (one application of each résumé with three or more is left out, another one
for each seed). All vacancies are ranked, those applied to before taken off. `--held-back` measures one person in five,
by a hash, and chooses every setting on the four others. Where content is given, people and vacancies that nobody has
met are ranked too: `ranking_cold.py`.

What was tuned, and on what: every setting of every method, the weights of ours and the way of spreading are
chosen anew for each cut, on inner cuts of the part that may be learned from, made by the same procedure (a split that
is given: three cuts, and its validation part; there the cut is the same for each seed, so the choice is made once and
a seed changes the starts only).
Set once, on inner cuts of careerbuilder: how the ridge of our vectors grows (0.5), the share of the graph filter (0.5),
how many vacancies spreading looks at, and the way of the light spreading; on inner cuts of both: 16 starts.
"visavis" is the blend where it was surely better in every figure on inner cuts, else its best part alone; spread
lightly where that was surely better in one figure on inner cuts and worse in none; "visavis, spread" until exposure
is even (entropy@10 of .93). The strength of the latter is then the least at which the lists are even enough: that
needs no answers.

Measures, means over the people with something held out. hr@k: a share of 1 when something is found among the
first k. recall@k: the share found. ndcg@k: with discount log₂ and gain 1. gini, coverage, entropy@10: how
evenly the first ten places fall on all vacancies (entropy divided by its largest value). cpu_s: learning with the
settings chosen, and scoring everybody measured, in seconds of processor; tune_s: choosing the settings.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import ranking_methods as methods
from bench import ranking_spread as spreading
from bench.history.blending import Blend, blend, combined
from bench.machine import machine, one_thread
from bench.ranking_cold import cold
from bench.ranking_data import Cut, Task, held_back, tasks
from bench.ranking_measures import Row, clock, figures, found_again, gain, means, show
from bench.ranking_picture import svg

EVEN = 0.93


@dataclass(frozen=True)
class Plan:
    """All that was chosen on the inner cuts, and the seconds it took: of each peer, of the vectors, of all."""

    peers: list[tuple[methods.Chosen, float]]
    vectors: methods.Chosen
    parts: list[tuple[methods.Chosen, float]]
    light: float
    way: tuple[float, float]
    vectors_s: float
    blend_s: float
    light_s: float
    way_s: float


def planned(task: Task, seed: int, *, averaged: bool = False) -> Plan:
    """Choose everything on inner cuts."""
    cut = task.cut(seed)
    cuts = task.inner(cut, seed)
    peers = []
    for name, grid in methods.PEERS.items():
        start = clock()
        peers.append((methods.choose(name, grid, cuts, seed), clock(start)))
    own = [peer for peer, _ in peers if peer.name != "popularity"]
    own_s = sum(spent for peer, spent in peers if peer.name != "popularity")
    start = clock()
    peers += [(peer, clock(start)) for peer in methods.choose_peers(cuts, seed, averaged=averaged)]
    start = clock()
    vectors = methods.choose_vectors(cuts, seed)
    vectors_s, start = clock(start), clock()
    members = [vectors, *own]
    found = weights(members, cuts)
    blend_s, start = own_s + vectors_s + clock(start), clock()
    inner = [combined([member.inner[at] for member in members], found.weights) for at in range(len(cuts))]
    light = spreading.choose_light(inner, cuts, found_again)
    light_s, start = blend_s + clock(start), clock()
    way = spreading.choose(inner, cuts, EVEN, gain)
    parts = [(part, float(weight)) for part, weight in zip(members, found.weights, strict=True) if weight]
    told(task, seed, [*(peer for peer, _ in peers), vectors], parts, found)
    note(f"{task.name}, seed {seed}: light spreading of {light}; even by epsilon {way[0]}, outside {way[1]}")
    return Plan(peers, vectors, parts, light, way, vectors_s, blend_s, light_s, light_s + clock(start))


def weights(members: list[methods.Chosen], cuts: list[Cut]) -> Blend:
    """Find the weights of the parts on all inner cuts at once."""
    seen = sparse.vstack([cut.known[cut.people] for cut in cuts]).tocsr()
    held_out = sparse.vstack([cut.held_out[cut.people] for cut in cuts]).tocsr()
    people = np.concatenate([cut.people for cut in cuts])
    return blend([np.vstack(member.inner) for member in members], seen, held_out, people=people)


def told(
    task: Task,
    seed: int,
    every: list[methods.Chosen],
    parts: list[tuple[methods.Chosen, float]],
    found: Blend,
) -> None:
    for chosen in every:
        note(f"{task.name}, seed {seed}: {chosen.name}: {chosen.settings}, inner {chosen.value:.4f}")
    said = ", ".join(f"{weight:g} {part.name}" for part, weight in parts)
    best = found.alone.max()
    note(f"{task.name}, seed {seed}: blend: {said}; inner {found.value:.4f}, best part {best:.4f}")


def measured(name: str, cut: Cut, top: np.ndarray, cpu: float, tune: float) -> Row:
    held_out = cut.held_out[cut.people]
    return {"method": name, **figures(top, held_out), "cpu_s": cpu, "tune_s": tune}


def run(task: Task, plan: Plan, seed: int) -> Iterator[Row]:
    """Learn and measure every method once; ours is spread lightly if that finds more on the inner cuts."""
    cut = task.cut(seed)
    seen = cut.known[cut.people]
    for peer, spent in plan.peers:
        start = clock()
        top = spreading.best(methods.scored(peer.learn, cut, seed), seen, 20)
        yield measured(peer.name, cut, top, clock(start), spent)
    start = clock()
    own = methods.scored(plan.vectors.learn, cut, seed)
    learned = clock(start)
    top = spreading.best(own, seen, 20)
    alone = measured("visavis, vectors only", cut, top, clock(start), plan.vectors_s)
    start = clock(learned if plan.vectors in [part for part, _ in plan.parts] else 0.0)
    parts = [own if part is plan.vectors else methods.scored(part.learn, cut, seed) for part, _ in plan.parts]
    scores = combined(parts, np.array([weight for _, weight in plan.parts]))
    learned = clock(start)
    blended = measured(
        "visavis, not spread", cut, spreading.best(scores, seen, 20), clock(start), plan.blend_s
    )
    start = clock(learned)
    if plan.light:
        top = spreading.Crowd(scores, seen, spreading.PLAIN).lists(plan.light)
    else:
        top = spreading.best(scores, seen, 20)
    yield measured("visavis", cut, top, clock(start), plan.light_s)
    yield from (blended, alone)
    start = clock(learned)
    least = spreading.reachable(EVEN, *scores.shape)
    top = spreading.spread(scores, seen, least, plan.way)
    yield measured("visavis, spread", cut, top, clock(start), plan.way_s)


def warm(task: Task, seeds: int, *, averaged: bool = False) -> Iterator[Row]:
    """Measure one data set with as many seeds; a split that is given is planned once."""
    plan = None
    for seed in range(seeds):
        if plan is None or task.every is not None or task.cut(seed) is not task.cut(0):
            plan = planned(task, seed, averaged=averaged)
        yield from run(task, plan, seed)


def note(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--seeds", type=int, default=5, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument("--only", default="", metavar="TEXT", help="only the data whose name holds this text")
    parser.add_argument(
        "--held-back", action="store_true", help="measure people whom no setting was chosen on"
    )
    parser.add_argument("--cold", action="store_true", help="only people and vacancies that nobody has met")
    parser.add_argument(
        "--averaged", action="store_true", help="also measure the mean of 16 runs of implicit"
    )
    parser.add_argument("--plot", type=Path, metavar="FILE", help="also draw NDCG against entropy there")
    args = parser.parse_args()
    one_thread()
    about = machine()
    print(", ".join(f"{key} {value}" for key, value in about.items()))
    every: list[Row] = []
    for task in (task for task in tasks(args.data) if args.only in task.name):
        for data, rows in measures(held_back(task) if args.held_back else task, args):
            every += (found := means(data, rows))
            show(data, found)
            if args.json:
                args.json.write_text(json.dumps({"machine": about, "rows": every}, indent=1) + "\n")
    if args.plot:
        args.plot.write_text(svg(every), encoding="utf-8")


def measures(task: Task, args: argparse.Namespace) -> Iterator[tuple[str, list[Row]]]:
    """Give the rows of one data set: who has a history, then who has none where content is given."""
    if not args.cold:
        yield task.name, list(warm(task, args.seeds, averaged=args.averaged))
    if task.every is None or task.content is None:
        note(f"{task.name}: nothing but who applied where can be used: nobody without history can be ranked.")
    elif not args.held_back:
        yield from cold(task, args.seeds)


if __name__ == "__main__":
    main()
