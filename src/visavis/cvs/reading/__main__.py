"""`python -m visavis.cvs.reading`: a CV on standard input, the document as JSON on standard output.

It runs alone, with little memory and little time, without network and without anybody's files: what a
hostile file breaks is this process only. `--confined` says which of these this machine could take away.
"""

import json
import sys

from visavis.common.confined import confine, limit
from visavis.cvs.reading.document import Unreadable, Why

MEMORY_BYTES = 512_000_000
CPU_S = 10


def main() -> int:
    """Read, write the answer, and return 0 even when the file cannot be read: that is an answer too."""
    limit(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    taken = confine()
    if "--confined" in sys.argv:
        sys.stdout.write(json.dumps(taken))
        return 0
    answer: dict[str, object]
    data = sys.stdin.buffer.read()
    try:
        from visavis.cvs.reading.files import read  # noqa: PLC0415  (loaded under the limits)

        answer = {"document": read(data).plain()}
    except Unreadable as refusal:
        answer = {"why": str(refusal.why)}
    except (MemoryError, RecursionError):
        answer = {"why": str(Why.SWELLS)}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
