"""Private reports: error beside other mechanisms on the same data and ε, with theory; time, memory, audit.

python -m bench.reports [--people N] [--times N] [--only error|device|server|address|audit] [--json FILE]
"""

import argparse
import json
from pathlib import Path

import numpy as np

from bench.machine import machine, one_thread
from bench.reports_cost import Row, audited, on_a_device, on_the_server
from bench.reports_endpoint import at_the_address
from bench.reports_methods import Method, methods
from tests.privacy.many import likes, people, true_shares
from visavis.privacy.privset import PrivSet

# k, m, ε, and which distribution of likes.
SETTINGS = [
    (128, 5, 1.0, "zipf 1"),
    (128, 5, 1.0, "uniform"),
    (128, 5, 2.0, "zipf 1"),
    (128, 5, 3.0, "zipf 1"),
    (400, 5, 1.0, "zipf 1"),
    (128, 1, 1.0, "zipf 1"),
]


def errors(n: int, times: int) -> list[Row]:
    """Measure each method's error on the same people."""
    rows: list[Row] = []
    for k, m, epsilon, name in SETTINGS:
        rng = np.random.default_rng(1)
        one = PrivSet(k, m, 1, 1000)
        groups = [people(rng, n, likes(name, k), one) for _time in range(times)]
        for method in methods(k, m, epsilon):
            said: Row = {"part": "error", "k": k, "m": m, "epsilon": epsilon, "data": name, "people": n}
            rows.append({**said, **_measured(method, groups, one)})
            show(rows[-1], rows[-2] if len(rows) > 1 else None)
    return rows


def show(row: Row, above: Row | None) -> None:
    """Print a row, below the names of its columns when those of the row above are others."""
    if above is None or tuple(row) != tuple(above):
        print("", "\t".join(row), sep="\n")
    print(*(f"{one:.4g}" if isinstance(one, float) else one for one in row.values()), sep="\t", flush=True)


def _measured(method: Method, groups: list[np.ndarray], one: PrivSet) -> Row:
    squared, theory, devices, server = [], [], 0.0, 0.0
    for turn, padded in enumerate(groups):
        truth = true_shares(one, padded)
        run = method.run(padded, np.random.default_rng(turn))
        squared.append(float(((run.shares - truth) ** 2).mean()))
        theory.append(method.theory(truth, len(padded)))
        devices, server = devices + run.devices_s, server + run.server_s
    reports = sum(len(padded) for padded in groups)
    return {
        "method": method.name,
        "mse_times_people": float(np.mean(squared)) * len(groups[0]),
        "theory_times_people": float(np.mean(theory)) * len(groups[0]),
        "ratio": float(np.mean(squared) / np.mean(theory)),
        "device_us": 1e6 * devices / reports,
        "server_us": 1e6 * server / reports,
    }


def main() -> None:
    """Run what was asked for, print it and write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--reports", type=int, default=10_000_000)
    parser.add_argument("--sent", type=int, default=5_000, help="reports sent to the real address")
    parser.add_argument("--trials", type=int, default=1_000_000)
    parser.add_argument("--only", choices=["error", "device", "server", "address", "audit"])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    one_thread()
    parts = {
        "error": lambda: errors(asked.people, asked.times),
        "device": on_a_device,
        "server": lambda: on_the_server(asked.reports),
        "address": lambda: at_the_address(asked.sent),
        "audit": lambda: audited(asked.trials),
    }
    rows = []
    for name, measure in parts.items():
        if asked.only in (None, name):
            found = measure()
            rows += found
            if name != "error":  # those are shown as they are found
                for above, row in zip([None, *found], found, strict=False):
                    show(row, above)
    if asked.json:
        text = json.dumps({"machine": machine(), "rows": rows}, indent=1, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
