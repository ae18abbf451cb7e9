"""`python -m visavis.documents.reading`: a line of JSON with the sizes of pages, then the pages, on standard input;
their words as JSON on standard output. It runs alone, as the process does that draws.
"""

import json
import os
import sys
from dataclasses import asdict

from visavis.common.confined import confine, limit

MEMORY_BYTES = 512_000_000
CPU_S = 30


def main() -> int:
    """Read each page. One that cannot be read has no words, and the next is read all the same."""
    given = sys.stdin.buffer
    pages = [given.read(int(size)) for size in json.loads(given.readline())]
    # Whatever else the machine does comes first.
    os.nice(10)
    limit(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    confine()
    from visavis.common.tesseract import NotRead  # noqa: PLC0415  (loaded under the limits)
    from visavis.documents.reading.text import Read, read  # noqa: PLC0415  (loaded under the limits)

    said = []
    for page in pages:
        try:
            one = read(page)
        except (NotRead, OSError, ValueError, MemoryError):
            one = Read("")
        said.append(asdict(one))
    sys.stdout.write(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
