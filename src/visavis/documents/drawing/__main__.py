"""`python -m visavis.documents.drawing`: a file on standard input; a line of JSON, then the pages, on standard output.

With two numbers, first and how many: these pages of a scan, with the codes on them, and how many pages it has.

It runs alone, with little memory and little time, without network and without anybody's files: what a hostile file
breaks is this process only.
"""

import json
import sys

from visavis.common.confined import confine, limit
from visavis.documents.drawing.kinds import NotDrawn, Refusal

MEMORY_BYTES = 1_000_000_000
CPU_S = 30


def main() -> int:
    """Draw, write the answer, and return 0 even when the file cannot be drawn: that is an answer too."""
    data = sys.stdin.buffer.read()
    limit(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    confine()
    why = ""
    drawn, total = [], 0
    try:
        from visavis.documents.drawing.pages import number_of, of_scan, pages  # noqa: PLC0415  (loaded under the limits)

        if sys.argv[1:]:
            first, how_many = (int(one) for one in sys.argv[1:3])
            drawn = list(of_scan(data, slice(first, first + how_many)))
            total = number_of(data)
        else:
            drawn = list(pages(data))
            total = len(drawn)
    except NotDrawn as refusal:
        why = str(refusal.why)
    except (MemoryError, RecursionError):
        why = str(Refusal.HUGE)
    if why:
        drawn = []
    said = [
        {
            "size": len(one.jpeg),
            "width": one.width,
            "height": one.height,
            "dark": one.is_dark,
            "blurred": one.is_blurred,
            "codes": one.codes,
            "blank": one.is_blank,
        }
        for one in drawn
    ]
    out = sys.stdout.buffer
    out.write(json.dumps({"why": why, "of": total, "pages": said}).encode() + b"\n")
    for one in drawn:
        out.write(one.jpeg)
    return 0


if __name__ == "__main__":
    sys.exit(main())
