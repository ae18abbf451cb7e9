"""Ask the process that draws, and read its answer with care: a file that took it over may write anything."""

import io
import json
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

from visavis.common import apart
from visavis.documents.drawing.kinds import MOST_OF_A_SCAN, MOST_PAGES, Drawn, NotDrawn, Refusal

SECONDS = 45
MOST_CODES, LONGEST_CODE = 8, 200
JPEG = b"\xff\xd8\xff"
# Two at once in each worker.
places = BoundedSemaphore(2)


@dataclass(frozen=True)
class Some:
    """Some pages of a scan, and how many it has in all."""

    pages: list[Drawn]
    of: int


def draw(data: bytes) -> list[Drawn]:
    """Return the pages of a file. Raises NotDrawn."""
    some = _asked(data)
    if not some.pages:
        raise NotDrawn(Refusal.DAMAGED)
    return some.pages


def draw_some(data: bytes, first: int, most: int) -> Some:
    """Return at most so many pages of a scan from one on, and how many it has. Raises NotDrawn."""
    some = _asked(data, str(first), str(most))
    if not 0 < some.of <= MOST_OF_A_SCAN or len(some.pages) != min(most, max(0, some.of - first)):
        raise NotDrawn(Refusal.DAMAGED)
    return some


def _asked(data: bytes, *which: str) -> Some:
    with places:
        try:
            written = io.BytesIO(
                apart.run("-m", "visavis.documents.drawing", *which, data=data, seconds=SECONDS)
            )
        except apart.TooSlow as error:
            raise NotDrawn(Refusal.HUGE) from error
    try:
        said = json.loads(written.readline())
        if said["why"]:
            raise NotDrawn(Refusal(said["why"]))
        some = Some([_page(one, written) for one in said["pages"][:MOST_PAGES]], int(said["of"]))
    except (ValueError, KeyError, TypeError) as error:
        raise NotDrawn(Refusal.DAMAGED) from error
    if not all(one.jpeg.startswith(JPEG) for one in some.pages):
        raise NotDrawn(Refusal.DAMAGED)
    return some


def _page(said: dict[str, Any], written: io.BytesIO) -> Drawn:
    return Drawn(
        written.read(int(said["size"])),
        int(said["width"]),
        int(said["height"]),
        bool(said["dark"]),
        bool(said["blurred"]),
        tuple(str(text)[:LONGEST_CODE] for text in said["codes"][:MOST_CODES]),
        bool(said["blank"]),
    )
