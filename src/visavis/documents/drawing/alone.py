"""Ask the process that draws, and read its answer with care: a file that took it over may write anything."""

import io
import json
from dataclasses import dataclass, replace
from threading import BoundedSemaphore
from typing import Any

from visavis.common import apart
from visavis.documents.drawing.kinds import MOST_OF_A_SCAN, MOST_PAGES, Drawn, NotDrawn, Refusal, kind_of

SECONDS = 45
# So many pages in one process: its time is of these.
AT_ONCE = 10
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
    if kind_of(data) is None:
        raise NotDrawn(Refusal.KIND)
    pages: list[Drawn] = []
    while True:
        some = _some(data, len(pages), AT_ONCE, MOST_PAGES)
        pages += some.pages
        if len(pages) >= some.of:
            return pages


def draw_some(data: bytes, first: int, most: int) -> Some:
    """Return at most so many pages of a scan from one on, and how many it has. Raises NotDrawn."""
    return _some(data, first, most, MOST_OF_A_SCAN, "codes")


def _some(data: bytes, first: int, how_many: int, most: int, *also: str) -> Some:
    some = _asked(data, str(first), str(how_many), *also)
    if not 0 < some.of <= most or len(some.pages) != min(how_many, max(0, some.of - first)):
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
    if not all(picture.startswith(JPEG) for one in some.pages for picture in pictures_of(one)):
        raise NotDrawn(Refusal.DAMAGED)
    return some


def pictures_of(page: Drawn) -> list[bytes]:
    """Return all the pictures of a page."""
    return [
        page.jpeg,
        *([page.as_taken.jpeg] if page.as_taken else []),
        *([page.small] if page.small else []),
    ]


def _page(said: dict[str, Any], written: io.BytesIO) -> Drawn:
    page = _sized(said, written)
    taken = _sized(said["taken"], written) if said["taken"] else None
    return replace(
        page,
        is_dark=bool(said["dark"]),
        is_blurred=bool(said["blurred"]),
        codes=tuple(str(text)[:LONGEST_CODE] for text in said["codes"][:MOST_CODES]),
        is_blank=bool(said["blank"]),
        as_taken=taken,
        small=written.read(int(said["small"])),
    )


def _sized(said: dict[str, Any], written: io.BytesIO) -> Drawn:
    return Drawn(written.read(int(said["size"])), int(said["width"]), int(said["height"]))
