"""Reports of invented people, drawn as a device draws them: figures to look at, in the demonstration only.

Last quarter twenty thousand of them reported, half of one family of occupations, and were counted; this quarter a few
hundred have, so that the page also shows what is missing.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import batched

import numpy as np

from visavis.catalog import starter
from visavis.matches.models import IdealProfile
from visavis.privacy.arrays import FloatArray
from visavis.privacy.reports import count
from visavis.traces import counting, periods
from visavis.traces.models import Period, Report

IN_ALL, SO_FAR = 20_000, 300
# Of the reports of a quarter, those of the family whose ideal profile the demonstration shows.
OF_ONE_FAMILY = 0.5
NO_PROFILE = "M18"
# The chance to like what goes with one's work, and anything else: the best liked first (a Zipf law).
GOES_WITH, MOST_LIKED, SLOPE = 0.35, 0.25, 0.7


def fill(dice: np.random.Generator) -> None:
    """Write both quarters; the caller holds the transaction. The draw of each report is the true one."""
    periods.prepare()
    now = periods.current()
    if now is None:
        return
    last = last_quarter(now)
    counts = {
        group: count(last.mechanism, counting.batches(reports(last, group, number, dice)))
        for group, number in drawn_up(IN_ALL).items()
    }
    counting.keep(last, counts)
    counting.write(last, counts)
    Period.objects.filter(pk=last.pk).update(is_closed=True)
    Report.objects.bulk_create(
        (
            Report(permit_digest=dice.bytes(32).hex(), period=now, group=group, items=items)
            for group, number in drawn_up(SO_FAR).items()
            for items in reports(now, group, number, dice)
        ),
        batch_size=1000,
    )


def last_quarter(now: Period) -> Period:
    """Make the quarter before this one."""
    return periods.make(periods.first_day(now.starts_on - dt.timedelta(days=1)), periods.how())


def drawn_up(number: int) -> dict[str, int]:
    """Share reports out among families: half to the one that is shown, the others as their work is common."""
    shown = family_shown().lower()
    weights = {code: 0.0 for code, _fr, _en in periods.groups() if code != shown}
    for one in starter.load().occupations:
        if one.family.lower() in weights:
            weights[one.family.lower()] += one.weight
    left, whole = number * (1 - OF_ONE_FAMILY), sum(weights.values())
    others = {code: round(left * weight / whole) for code, weight in weights.items()}
    return {shown: round(number * OF_ONE_FAMILY)} | {code: some for code, some in others.items() if some}


def family_shown() -> str:
    """Return the family of the occupation that hired most in the town."""
    most = IdealProfile.objects.current().select_related("occupation").order_by("-hired").first()
    return most.occupation.family if most else NO_PROFILE


def reports(period: Period, group: str, number: int, dice: np.random.Generator) -> Iterator[list[int]]:
    """Draw so many people's likes, and the report of each."""
    mechanism, chances = period.mechanism, likes(group, period.interests)
    for some in batched(range(number), 1000, strict=False):
        liked = dice.random((len(some), len(chances))) < chances
        for row in liked:
            yield mechanism.draw(np.flatnonzero(row).tolist(), dice.bytes)


def likes(group: str, codes: Sequence[str]) -> FloatArray:
    """Return the chance of each interest of the table among people of a family."""
    at: Mapping[str, int] = {code: place for place, code in enumerate(codes)}
    chances: FloatArray = MOST_LIKED / (1.0 + np.arange(len(codes), dtype=np.float64)) ** SLOPE
    for link in starter.load().occupation_interests:
        if link.occupation[:3].lower() == group and link.interest in at:
            chances[at[link.interest]] = max(chances[at[link.interest]], GOES_WITH)
    return chances
