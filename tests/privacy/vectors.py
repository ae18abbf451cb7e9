"""The shared test vectors of `tests/vectors/privset.json`: write them with `python -m tests.privacy.vectors`."""

import hashlib
import json
from pathlib import Path
from typing import Any

from visavis.privacy.exact import Bytes
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Survey

FILE = Path(__file__).resolve().parent.parent / "vectors" / "privset.json"
TABLE = "2026-1"
LONG = 4096

DESIGNS = [
    {"k": 128, "m": 5, "s": 7, "epsilon": 1000}, {"k": 128, "m": 5, "s": 3, "epsilon": 2000},
    {"k": 128, "m": 5, "s": 1, "epsilon": 3000}, {"k": 400, "m": 5, "s": 21, "epsilon": 1000},
    {"k": 8, "m": 3, "s": 2, "epsilon": 500}, {"k": 6, "m": 6, "s": 6, "epsilon": 1},
    {"k": 1, "m": 1, "s": 1, "epsilon": 8000}, {"k": 130, "m": 5, "s": 7, "epsilon": 1337, "scaleBits": 8},
]  # fmt: skip


def mechanism_of(design: dict[str, int]) -> PrivSet:
    """Return the mechanism of a design as JavaScript names it."""
    return PrivSet(design["k"], design["m"], design["s"], design["epsilon"], design.get("scaleBits", 32))


class Stream:
    """A known stream of bytes, and how many of them were read."""

    def __init__(self, content: bytes) -> None:
        self.content, self.read = content, 0

    def __call__(self, count: int) -> bytes:
        self.read += count
        return self.content[self.read - count : self.read]


def of_seed(seed: str) -> Bytes:
    """Return a long known stream."""
    return Stream(hashlib.shake_256(seed.encode()).digest(LONG))


def sets_of(design: dict[str, int]) -> list[list[int]]:
    """Return sets to report: none, one, the first, the last, more than m, not in order."""
    k, m = design["k"], design["m"]
    every = list(range(k))
    return [[], [k - 1], every[:m], every[-m:][::-1], every[: m + 4], every]


def make() -> dict[str, Any]:
    """Return all vectors; the streams are hashes, so nobody chose them."""
    cases = []
    for design in DESIGNS:
        mechanism = mechanism_of(design)
        for interests in sets_of(design):
            for turn in range(3):
                stream = of_seed(f"{design} {interests} {turn}")
                report = mechanism.draw(interests, stream)
                cases.append(
                    {
                        "design": design,
                        "interests": interests,
                        "stream": stream.content[: stream.read].hex(),
                        "report": report,
                        "bytes": Survey(TABLE, mechanism).write(report, "m18" if turn else "").decode(),
                        "group": "m18" if turn else "",
                    }
                )
    of = [(one, mechanism_of(one)) for one in DESIGNS]
    designs = [{"design": one, "over": str(way.over), "total": str(way.total)} for one, way in of]
    return {"table": TABLE, "designs": designs, "cases": cases}


if __name__ == "__main__":
    lines = [json.dumps(one, separators=(",", ":")) for one in make()["cases"]]
    head = {name: value for name, value in make().items() if name != "cases"}
    FILE.write_text(json.dumps(head)[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
