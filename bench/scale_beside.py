"""Are the kernels as fast as those of another checkout, and their lists the same? CPU time, taken in turns.

    .venv/bin/python -m bench.scale_beside CHECKOUT [--people N] [--vacancies M] [--turns T] [--dense]

Two processes hold the same drawn market, one of each checkout with its own `.venv`, and work by turns, so that what
else runs weighs on both: all people in one call, then one in each call.
"""

import argparse
import subprocess
import sys
from pathlib import Path

import numpy as np

CHILD = """
import sys, time, hashlib
from bench.machine import one_thread
one_thread()
import numpy as np
from bench import scale_market
from bench.scale_ours import Best, Nearest
people, vacancies, dense = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "True"
market = scale_market.drawn(people, vacancies, 1)
if dense:
    market = scale_market.with_five(market)
run = Nearest(market, scale_market.vectors(market, 1), 20) if dense else Best(market, 20)
found = b"".join(np.ascontiguousarray(one, np.int64).tobytes() for one in run(people))
print(hashlib.sha256(found).hexdigest(), flush=True)
for what in sys.stdin:
    start = time.process_time()
    if what.strip() == "all":
        run(people)
    else:
        for person in range(people):
            run.one(person)
    print(time.process_time() - start, flush=True)
"""


def main() -> None:
    """Take turns, and print both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("checkout", type=Path)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--vacancies", type=int, default=50_000)
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--dense", action="store_true")
    args = parser.parse_args()
    words = [str(args.people), str(args.vacancies), str(args.dense)]
    both = [_begun(root, words) for root in (args.checkout.resolve(), Path.cwd())]
    print(f"the same lists: {len({_line(one) for one in both}) == 1}", flush=True)
    for what in ("all", "one"):
        taken = np.array([_turn(both, what, number) for number in range(args.turns)]).T * 1e6 / args.people
        middle = np.median(taken, axis=1)
        print(f"{what}: {middle[0]:.1f} before, {middle[1]:.1f} µs a person now: {middle[1] / middle[0]:.3f}")


def _begun(root: Path, words: list[str]) -> "subprocess.Popen[str]":
    command = [str(root / ".venv/bin/python"), "-c", CHILD, *words]
    return subprocess.Popen(
        command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=sys.stderr, text=True
    )


def _turn(both: list["subprocess.Popen[str]"], what: str, number: int) -> list[float]:
    taken = [0.0, 0.0]
    for place in (0, 1) if number % 2 == 0 else (1, 0):
        assert both[place].stdin
        print(what, file=both[place].stdin, flush=True)
        taken[place] = float(_line(both[place]))
    return taken


def _line(one: "subprocess.Popen[str]") -> str:
    assert one.stdout
    return one.stdout.readline().strip()


if __name__ == "__main__":
    main()
