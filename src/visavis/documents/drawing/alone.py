"""Ask the process that draws, and read its answer with care: a file that took it over may write anything."""

import io
import json
from threading import BoundedSemaphore

from visavis.common import apart
from visavis.documents.drawing.kinds import MOST_PAGES, Drawn, NotDrawn, Refusal

SECONDS = 45
JPEG = b"\xff\xd8\xff"
# Two at once in each worker.
places = BoundedSemaphore(2)


def draw(data: bytes) -> list[Drawn]:
    """Return the pages of a file. Raises NotDrawn."""
    with places:
        try:
            written = io.BytesIO(apart.run("-m", "visavis.documents.drawing", data=data, seconds=SECONDS))
        except apart.TooSlow as error:
            raise NotDrawn(Refusal.HUGE) from error
    try:
        said = json.loads(written.readline())
        if said["why"]:
            raise NotDrawn(Refusal(said["why"]))
        pages = [
            Drawn(
                written.read(int(one["size"])),
                int(one["width"]),
                int(one["height"]),
                bool(one["dark"]),
                bool(one["blurred"]),
            )
            for one in said["pages"][:MOST_PAGES]
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise NotDrawn(Refusal.DAMAGED) from error
    if not pages or not all(one.jpeg.startswith(JPEG) for one in pages):
        raise NotDrawn(Refusal.DAMAGED)
    return pages
