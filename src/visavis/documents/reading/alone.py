"""Ask the process that reads words, and take its answer as a stranger's."""

import json
from collections.abc import Iterator, Sequence
from threading import Lock

from visavis.common import apart, tesseract
from visavis.documents.reading.text import MOST_SIGNS, Read

SECONDS_A_PAGE = 200
# So many pages a process: what is read is kept before the next ones are.
AT_A_TIME = 5
TURNS = (0, 90, 180, 270)
# One at a time in each worker: reading is slow, and whatever else the worker does comes first.
place = Lock()


def is_possible() -> bool:
    """Say whether this machine can read the words of pages."""
    return tesseract.is_possible()


def words_of(pages: Sequence[bytes]) -> list[Read]:
    """Return the words of drawn pages, one for each, in order; none for a page that cannot be read."""
    if not is_possible():
        return [Read("")] * len(pages)
    return [
        one for start in range(0, len(pages), AT_A_TIME) for one in _some(pages[start : start + AT_A_TIME])
    ]


def _some(pages: Sequence[bytes]) -> Iterator[Read]:
    data = json.dumps([len(page) for page in pages]).encode() + b"\n" + b"".join(pages)
    with place:
        try:
            written = apart.run(
                "-m", "visavis.documents.reading", data=data, seconds=SECONDS_A_PAGE * len(pages)
            )
            said = json.loads(written)
            found = [_read(one) for one in said]
        except (apart.TooSlow, ValueError, KeyError, TypeError):
            found = []
    if len(found) != len(pages):
        found = [Read("")] * len(pages)
    yield from found


def _read(said: dict[str, object]) -> Read:
    text, turn = said["text"], said["turn"]
    if not isinstance(text, str) or turn not in TURNS:
        raise ValueError
    return Read(text.replace("\0", "")[:MOST_SIGNS], int(str(turn)))
