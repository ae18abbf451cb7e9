"""`python -m visavis.jobseekers.cards.ticks`: a line of JSON (`[{"size", "page", "places", "cards"}, …]`), then as many
JPEG pages, on standard input; on standard output a list of JSON, for each page null, or how it lies and its marks.

It runs alone, as the process does that draws. A page that cannot be read is nothing, and the next is read all the same.
"""

import io
import json
import sys

from visavis.common.confined import confine, limit
from visavis.jobseekers.cards.ticks.kinds import Asked, Seen

MEMORY_BYTES = 512_000_000
CPU_S = 20
# Pages are drawn with at most 2,000 points a side.
MOST_PIXELS = 2_000 * 2_000


def main() -> int:
    """Read each page."""
    given = sys.stdin.buffer
    asked = json.loads(given.readline())
    pages = [given.read(int(one["size"])) for one in asked]
    limit(memory_bytes=MEMORY_BYTES, cpu_s=CPU_S)
    confine()
    sys.stdout.write(json.dumps([said(seen(*one)) for one in zip(pages, asked, strict=True)]))
    return 0


def seen(page: bytes, asked: dict[str, object]) -> Seen | None:
    """Read one page, whatever it is."""
    from PIL import Image  # noqa: PLC0415  (loaded under the limits)

    from visavis.jobseekers.cards.ticks.ink import read  # noqa: PLC0415  (loaded under the limits)

    try:
        places = tuple(int(one) for one in asked["places"])  # type: ignore[attr-defined]
        wanted = Asked(int(str(asked["page"])), places, int(str(asked["cards"])))
        picture = Image.open(io.BytesIO(page), formats=["JPEG"])
        if picture.width * picture.height > MOST_PIXELS:
            return None
        return read(picture, wanted)
    except (OSError, ValueError, IndexError, MemoryError):
        return None


def said(found: Seen | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {"lies": found.lies, "marks": ["".join(three) for three in found.marks]}


if __name__ == "__main__":
    sys.exit(main())
