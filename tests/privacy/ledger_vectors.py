"""The shared test vectors of `tests/vectors/ledger.json`: write them with `python -m tests.privacy.ledger_vectors`."""

import hashlib
import json
from itertools import product
from pathlib import Path
from typing import Any

from tests.privacy.ledger import (
    AlreadyGranted,
    CapReached,
    Ledger,
    dumps,
    forgotten,
    grant,
    loads,
    received,
    report_for,
)

FILE = Path(__file__).resolve().parent.parent / "vectors" / "ledger.json"
QUARTERS = ["2026-q4", "2027-q1"]
COSTS = [0, 1, 1000, 3500]
DAMAGED = [
    '{"cap": 4000, "entries": [["a", 1, "", false], ["a", 1, "", false]]}',
    '{"cap": 4000, "entries": [["a", 5000, "", false]]}',
    '{"cap": 4000, "entries": [["a", -4000, "", false], ["b", 4000, "", false]]}',
    '{"cap": 4000, "entries": [["a", 0, "", false]]}',
    '{"cap": 4000, "entries": [["a", 1, "", false]',
    "",
]


def every_act() -> list[list[Any]]:
    """Return all that can be done to a ledger."""
    spending = [
        [verb, quarter, cost] for verb, quarter, cost in product(("grant", "report"), QUARTERS, COSTS)
    ]
    return [*spending, *(["received", quarter] for quarter in QUARTERS), ["forgotten"]]


class Device:
    """A device that does as it is told and says what came of it."""

    def __init__(self, cap: int) -> None:
        self.ledger, self.draws = Ledger(cap), 0

    def _draw(self) -> bytes:
        self.draws += 1
        return f"report {self.draws}".encode()

    def _keep(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def act(self, verb: str, *given: Any) -> str:
        """Do one thing; return the report, or the name of the refusal, or nothing."""
        try:
            if verb == "report":
                return report_for(self.ledger, *given, draw=self._draw, keep=self._keep).decode()
            doing = {"grant": grant, "received": received, "forgotten": forgotten}[verb]
            self.ledger = doing(self.ledger, *given)
        except (AlreadyGranted, CapReached) as refusal:
            return type(refusal).__name__
        except ValueError:
            return "Invalid"
        return ""


def case(cap: int, acts: list[list[Any]]) -> dict[str, Any]:
    """Return what every act of a life came to, and the ledger at its end, read back."""
    device = Device(cap)
    told = [[device.act(*act), device.ledger.spent, device.draws] for act in acts]
    return {"cap": cap, "acts": acts, "told": told, "ledger": dumps(loads(dumps(device.ledger)))}


def lives() -> list[tuple[int, list[list[Any]]]]:
    """Return every life of two acts, and long ones that a hash chose."""
    acts = every_act()
    short = [(4000, list(pair)) for pair in product(acts, acts)]
    long = []
    for turn in range(60):
        chance = hashlib.shake_256(f"ledger {turn}".encode()).digest(30)
        long.append(([4000, 2500, 1001][turn % 3], [acts[byte % len(acts)] for byte in chance]))
    return short + long


def make() -> dict[str, Any]:
    """Return all vectors."""
    return {"damaged": DAMAGED, "cases": [case(cap, acts) for cap, acts in lives()]}


if __name__ == "__main__":
    lines = [json.dumps(one, separators=(",", ":")) for one in make()["cases"]]
    head = json.dumps({"damaged": DAMAGED})
    FILE.write_text(head[:-1] + ', "cases": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8")
