"""A device in a process of its own, killed by itself at a named point: FOLDER POINT."""

import os
import signal
import sys
from pathlib import Path

from tests.privacy.ledger import Ledger, dumps, loads, received, report_for
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Survey

FOLDER, POINT = Path(sys.argv[1]), sys.argv[2]
QUARTER = "2026-q4"
SURVEY = Survey("2026-1", PrivSet(60, 5, 4, 1000))


def reach(point: str) -> None:
    """Die without any clean-up when this is the point."""
    if point == POINT:
        os.kill(os.getpid(), signal.SIGKILL)


def draw() -> bytes:
    """Draw once."""
    reach("before drawing")
    return SURVEY.write(SURVEY.mechanism.draw([3, 14, 15]))


def keep(ledger: Ledger) -> None:
    """Write beside, then put in place in one step."""
    reach("before keeping")
    beside = FOLDER / "ledger.new"
    with beside.open("w") as file:
        text = dumps(ledger)
        file.write(text[:20])
        file.flush()
        reach("half kept")
        file.write(text[20:])
        file.flush()
        os.fsync(file.fileno())
    beside.replace(FOLDER / "ledger")
    reach("kept")


def main() -> None:
    """Send this quarter's report, as a device that just started would."""
    path = FOLDER / "ledger"
    ledger = loads(path.read_text()) if path.exists() else Ledger()
    report = report_for(ledger, QUARTER, 1000, draw=draw, keep=keep)
    # A device that sends again neither draws nor keeps: it dies here instead.
    for point in ("before drawing", "before keeping", "kept"):
        reach(point)
    with (FOLDER / "arrived").open("ab") as arrived:
        arrived.write(report + b"\n")
    reach("sent")
    keep(received(loads(path.read_text()), QUARTER))


main()
