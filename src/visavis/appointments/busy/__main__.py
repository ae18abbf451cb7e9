"""Read a calendar from standard input, alone: what is asked stands in the arguments, the answer is JSON."""

import datetime as dt
import json
import sys
from zoneinfo import ZoneInfo

from visavis.appointments.busy.reading import Asked, Refused, read
from visavis.common import confined

MEMORY_BYTES, CPU_S = 512_000_000, 10


def main(since: str, until: str, zone: str, ours: str) -> None:
    """Answer when she is busy, in seconds since 1970, or why it cannot be read."""
    # Loaded before the doors are closed.
    first, last = (dt.datetime.fromtimestamp(int(one), dt.UTC) for one in (since, until))
    asked = Asked(first, last, ZoneInfo(zone), ours)
    data = sys.stdin.buffer.read()
    confined.limit(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    confined.confine()
    try:
        found = read(data, asked)
        busy = [[int(one.timestamp()) for one in times] for times in found.busy]
        answer: dict[str, object] = {"busy": busy, "unread": found.unread}
    except Refused as refusal:
        answer = {"why": refusal.why}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
