"""Sweeps: the same asked of many cases. `make test` draws some cases of each kind, `make faults` asks all of them.

The seed is printed at the end of a run; the same cases again: SEED=… make test. All cases: WHOLE=yes.
"""

import os
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

# The processes of a run inherit it: they draw the same.
SEED = int(os.environ.setdefault("SEED", str(secrets.randbelow(1_000_000))))
WHOLE = os.environ.get("WHOLE") == "yes"


@dataclass(frozen=True)
class Sweep:
    """What is asked of every case, the kind of a case, and how many cases of a kind are drawn."""

    says: str
    kind: Callable[[Any], object]
    of_each: int = 1


def of_app(row: Any) -> str:
    """Return the app of a row of the access table."""
    return str(row.name.partition(":")[0])


def of_app_and_method(row: Any) -> tuple[str, str]:
    return of_app(row), row.method


# Every sweep of the tests, and what its kinds are.
SWEEPS: dict[str, Sweep] = {
    "may": Sweep("each address opens to a persona of its row", kind=lambda persona: "may"),
    "may not": Sweep(
        "each address is closed to the other personas", kind=lambda persona: persona == "visitor"
    ),
    "postgresql": Sweep("each address answers on PostgreSQL", kind=of_app_and_method, of_each=3),
    "fields": Sweep("no value typed in a field breaks a page", kind=of_app_and_method, of_each=2),
    "queries": Sweep("no query of an address breaks a page", kind=of_app, of_each=2),
    "ways": Sweep("no method, body or header breaks a page", kind=of_app, of_each=2),
    "tokens": Sweep("nothing is sent without the token", kind=of_app, of_each=2),
    "hidden": Sweep("what one may not see looks like what does not exist", kind=of_app, of_each=2),
    "arguments": Sweep("no argument of an address breaks a page", kind=of_app, of_each=2),
    "names": Sweep("no page names a person unseen", kind=lambda case: case[1], of_each=8),
    "no identity": Sweep(
        "no page names who is not to be known", kind=lambda row: row.name.rpartition(":")[0]
    ),
    "typed of a meeting": Sweep(
        "no value typed in a field of a meeting or a hire breaks a page", kind=lambda case: case[0], of_each=2
    ),
    "operations": Sweep(
        "an operation of the service does what it says",
        kind=lambda case: (case[1].split("/")[3], case[0] == "get"),
    ),
    "visit": Sweep("a visit at the counter opens what it names and no other page", kind=of_app, of_each=3),
    "doors": Sweep("each file has its verdict at each door", kind=lambda door: door.module.partition("/")[0]),
    "neutral": Sweep(
        "no page differs with the companion", kind=lambda page: page[0].name.partition(":")[0], of_each=2
    ),
    "killed": Sweep("an act that is killed at a statement is never half", kind=lambda at: at // 10),
    "walks": Sweep(
        "each page that links lead to is sound", kind=lambda role: role in ("", "jobseeker", "helper")
    ),
    "pages": Sweep("a walk goes on by a link", kind=lambda address: "a page"),
    "wrong answers": Sweep(
        "a wrong answer is said, focused and kept in a browser", kind=lambda case: "a case"
    ),
    "templates": Sweep(
        "each template can be read", kind=lambda file: file.parts[file.parts.index("templates") - 1]
    ),
    "real vacancies": Sweep(
        "comes in once with a place and an occupation", kind=lambda record: record["romeCode"][:1]
    ),
}


def said() -> str:
    """Return how this run is repeated."""
    return (
        "sweeps: all cases asked"
        if WHOLE
        else f"sweeps: the same cases again with SEED={SEED}, all with WHOLE=yes"
    )


def few[Case](name: str, cases: Iterable[Case], *, of: str = "") -> list[Case]:
    """Return the cases of a sweep that this run asks, in their order; `of` draws anew for a part of it."""
    sweep, every = SWEEPS[name], list(cases)
    chosen = (
        range(len(every))
        if WHOLE
        else _drawn(sweep, every, np.random.default_rng([SEED, *(name + of).encode()]))
    )
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
