"""How long does the second score of what was retrieved take? Ours beside LightGBM on the same rows.

Ours gives both chances, the score, and what each part adds; the trees give one number a row. CPU time, one
thread, medians; the rows are N people by 50 vacancies, with parts as a real run has them: some 0, whole
steps. The trees (100 of 31 leaves) are trained on a part of the same rows.

    .venv/bin/python -m bench.rescoring [--people N] [--repeat N] [--json FILE]
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np

from bench.machine import machine, one_thread
from visavis.engine import weights as w
from visavis.engine.learned.model import FEATURES, Head, Learned
from visavis.engine.score.score import PART_NAMES, rounded

KEPT = 50


def rows(people: int, rng: np.random.Generator) -> np.ndarray:
    """Make parts of about the size, and with about as many zeros, as those of a made-up market."""
    parts = rng.normal(0, 0.6, (people * KEPT, len(PART_NAMES)))
    parts *= rng.random(parts.shape) < 0.6
    parts[:, 0] = w.BASE
    return rounded(parts).astype(np.float32)


def heads(rng: np.random.Generator) -> Learned:
    """Give two heads of no particular weights."""
    return Learned(*(Head(0.4, rng.uniform(0, 1, len(FEATURES))) for _ in range(2)))


def trees(parts: np.ndarray, rng: np.random.Generator) -> object:
    """Train 100 trees of 31 leaves to foresee a yes."""
    import lightgbm  # noqa: PLC0415  (only this bench's peer)

    some = rng.choice(len(parts), min(len(parts), 50_000), replace=False)
    yes = rng.random(len(some)) < 1 / (1 + np.exp(-parts[some].sum(axis=1)))
    settings = {
        "objective": "binary",
        "num_leaves": 31,
        "num_threads": 1,
        "verbose": -1,
        "deterministic": True,
    }
    return lightgbm.train(settings, lightgbm.Dataset(parts[some], yes.astype(float)), 100)


def cpu_us(run: Callable[[], object], many: int, repeat: int) -> float:
    """Return microseconds of CPU a row: the median of so many runs, after one that does not count."""
    run()
    taken = []
    for _ in range(repeat):
        start = time.process_time()
        run()
        taken.append(time.process_time() - start)
    return median(taken) / many * 1e6


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    one_thread()
    rng = np.random.default_rng(0)
    parts, ours = rows(asked.people, rng), heads(rng)
    history = np.where(rng.random(len(parts)) < 0.2, rng.random(len(parts)), 0.0)
    model = trees(parts, rng)
    # In the type that the trees read without converting.
    wide = parts.astype(np.float64)
    found = ours.rescored(parts, history)
    assert (found.shares.sum(axis=1, dtype=np.float32) == found.score).all()
    methods: dict[str, Callable[[], object]] = {
        "visavis": lambda: ours.rescored(parts, history),
        "lightgbm 100x31": lambda: model.predict(wide, num_threads=1),
        "lightgbm 100x31, contributions": lambda: model.predict(
            wide[: 20 * KEPT], num_threads=1, pred_contrib=True
        ),
    }
    told = []
    for name, run in methods.items():
        many = 20 * KEPT if "contributions" in name else len(parts)
        told.append({"method": name, "rows": many, "us_per_row": cpu_us(run, many, asked.repeat)})
    base = told[0]["us_per_row"]
    print(f"{'method':32} {'rows':>9} {'µs a row':>9} {'ours is':>8}")
    for one in told:
        one["ratio"] = one["us_per_row"] / base
        print(f"{one['method']:32} {one['rows']:9,} {one['us_per_row']:9.3f} {one['ratio']:7.1f}×")
    print(machine())
    if asked.json:
        asked.json.write_text(json.dumps({"machine": machine(), "rows": told}, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
