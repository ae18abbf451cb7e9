"""Ask the process that reads ticks, and take its answer as a stranger's: a page may have taken it over."""

import json
from collections.abc import Sequence
from math import isfinite
from threading import Lock

from visavis.common import apart
from visavis.jobseekers.cards.ticks.kinds import Asked, Mark, Seen

SECONDS = 45
# A sheet has two pages; who feeds it twice has four.
MOST_PAGES = 4
# Points of a picture are at most so far from its corner, also of a page that lies far outside.
FARTHEST = 100_000
# One at a time in each worker.
place = Lock()


def read(pages: Sequence[tuple[bytes, Asked]]) -> list[Seen | None]:
    """Return what is ticked on pages (JPEG), one for each, in order; nothing for a page that cannot be read."""
    found: list[Seen | None] = []
    for start in range(0, len(pages), MOST_PAGES):
        found += _some(pages[start : start + MOST_PAGES])
    return found


def _some(pages: Sequence[tuple[bytes, Asked]]) -> list[Seen | None]:
    asked = [
        {"size": len(page), "page": one.page, "places": one.places, "cards": one.cards} for page, one in pages
    ]
    data = json.dumps(asked).encode() + b"\n" + b"".join(page for page, _one in pages)
    nothing: list[Seen | None] = [None] * len(pages)
    with place:
        try:
            said = json.loads(apart.run("-m", "visavis.jobseekers.cards.ticks", data=data, seconds=SECONDS))
        except (apart.TooSlow, ValueError):
            return nothing
    if not isinstance(said, list) or len(said) != len(pages):
        return nothing
    return [_seen(one, asked) for one, (_page, asked) in zip(said, pages, strict=True)]


def _seen(said: object, asked: Asked) -> Seen | None:
    """Return what was said of a page, if it has the shape of an answer; nothing else."""
    if not isinstance(said, dict):
        return None
    lies, marks = said.get("lies"), said.get("marks")
    if not isinstance(lies, list) or not isinstance(marks, list):
        return None
    try:
        six = tuple(float(one) for one in lies)
        threes = tuple((Mark(one), Mark(other), Mark(last)) for one, other, last in marks)
    except (TypeError, ValueError):
        return None
    if len(six) != 6 or not all(isfinite(one) and abs(one) < FARTHEST for one in six):
        return None
    return Seen(six, threes) if len(threes) == len(asked.places) else None
