"""Read a calendar in a process of its own, without network and files: a hostile one reaches nothing."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

from visavis.appointments.busy.codes import DAMAGED, SLOW, Unreadable
from visavis.common import apart

SECONDS = 40
READER = ("-m", "visavis.appointments.busy")

type Told = tuple[list[tuple[int, int]], int]
"""From when to when, in seconds since 1970, in order and apart; and how many entries were not understood."""


def read(data: bytes, *, since: dt.datetime, until: dt.datetime, zone: ZoneInfo, ours: str) -> Told:
    """Return when a calendar says busy. Raises Unreadable."""
    asked = (str(int(since.timestamp())), str(int(until.timestamp())), zone.key, ours)
    try:
        answer = json.loads(apart.run(*READER, *asked, data=data, seconds=SECONDS))
    except apart.TooSlow as error:
        raise Unreadable(SLOW) from error
    except ValueError as error:
        # Nothing was answered: its memory or its time was used up.
        raise Unreadable(SLOW if data else DAMAGED) from error
    if "why" in answer:
        raise Unreadable(str(answer["why"]))
    return [(int(start), int(end)) for start, end in answer["busy"]], int(answer["unread"])
