"""`python -m visavis.documents.drawing`: a file on standard input; a line of JSON, then the pages, on standard output.

Two numbers say which pages: the first, and how many. With a third word these are a scan's, with the codes on them.

It runs alone, with little memory and little time, without network and without anybody's files: what a hostile file
breaks is this process only.
"""

import json
import sys

from visavis.common.confined import confine, limit
from visavis.documents.drawing.kinds import Drawn, NotDrawn, Refusal

MEMORY_BYTES = 512_000_000
CPU_S = 10


def main() -> int:
    """Draw, write the answer, and return 0 even when the file cannot be drawn: that is an answer too."""
    data = sys.stdin.buffer.read()
    limit(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    confine()
    why = ""
    drawn, total = [], 0
    try:
        from visavis.documents.drawing.pages import number_of, of_scan, pages  # noqa: PLC0415  (loaded under the limits)

        first, how_many = (int(one) for one in sys.argv[1:3])
        some = slice(first, first + how_many)
        drawn = list(of_scan(data, some) if sys.argv[3:] else pages(data, some))
        total = number_of(data)
    except NotDrawn as refusal:
        why = str(refusal.why)
    except (MemoryError, RecursionError, ImportError):
        why = str(Refusal.HUGE)
    if why:
        drawn = []
    said = [
        {
            **sized(one),
            "dark": one.is_dark,
            "blurred": one.is_blurred,
            "codes": one.codes,
            "blank": one.is_blank,
            "taken": sized(one.as_taken) if one.as_taken else None,
            "small": len(one.small),
        }
        for one in drawn
    ]
    out = sys.stdout.buffer
    out.write(json.dumps({"why": why, "of": total, "pages": said}).encode() + b"\n")
    for one in drawn:
        out.write(one.jpeg + (one.as_taken.jpeg if one.as_taken else b"") + one.small)
    return 0


def sized(page: Drawn) -> dict[str, int]:
    return {"size": len(page.jpeg), "width": page.width, "height": page.height}


if __name__ == "__main__":
    sys.exit(main())
