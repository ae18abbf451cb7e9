"""Sweeps: the same asked of many cases. `make test` draws some cases of each kind, `make faults` asks all of them.

The seed is printed at the end of a run; the same cases again: SEED=… make test. All cases: WHOLE=yes.
"""

import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

# The processes of a run inherit it: they draw the same.
SEED = int(os.environ.setdefault("SEED", str(secrets.randbelow(1_000_000))))
WHOLE = os.environ.get("WHOLE") == "yes"


@dataclass
class Sweep:
    """What is asked of every case, the kind of a case, and how many cases of a kind are drawn."""

    says: str
    kind: Callable[[Any], object]
    of_each: int = 1
    cases: int = field(default=0, init=False)
    drawn: int = field(default=0, init=False)


# Every sweep of the tests, and what its kinds are.
SWEEPS: dict[str, Sweep] = {
    "real vacancies": Sweep(
        "comes in once with a place and an occupation", kind=lambda record: record["romeCode"][:1]
    ),
}


def few[Case](name: str, cases: Iterable[Case]) -> list[Case]:
    """Return the cases of a sweep that this run asks, in their order."""
    sweep, every = SWEEPS[name], list(cases)
    chosen = (
        range(len(every)) if WHOLE else _drawn(sweep, every, np.random.default_rng([SEED, *name.encode()]))
    )
    sweep.cases, sweep.drawn = len(every), len(chosen)
    return [every[number] for number in chosen]


def _drawn(sweep: Sweep, cases: list[Any], rng: np.random.Generator) -> list[int]:
    kinds: dict[object, list[int]] = {}
    for number, case in enumerate(cases):
        kinds.setdefault(sweep.kind(case), []).append(number)
    return sorted(
        int(number)
        for numbers in kinds.values()
        for number in rng.choice(numbers, min(sweep.of_each, len(numbers)), replace=False)
    )
