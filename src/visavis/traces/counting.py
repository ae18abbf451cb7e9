"""Reports into counts, counts into figures: by night, a thousand reports at a time, a quarter by itself.

A quarter's figures are made of its own reports only: each is of another person, so an interval holds what it says.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import batched, groupby
from operator import itemgetter

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from visavis.common import clock
from visavis.privacy import families
from visavis.privacy.arrays import IntArray
from visavis.privacy.estimates import Estimates, Rule, estimate, more_needed
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Counts, count
from visavis.traces import periods
from visavis.traces.models import Figure, Period, Permit, Report, Standing, Tally

RULE = Rule(widest=0.10)
"""A share is published when it is known within ten points, 95 times in a hundred."""

STEP = 1000
"""Figures of a quarter that goes on are made anew after so many reports: their change tells of no single one."""

GRACE = dt.timedelta(days=30)
"""How long after its end a quarter takes the reports of devices that were switched off."""

BATCH = 5000


def by_night() -> None:
    """Make what quarters are missing, figures where enough came, and close what is over. Safe to run twice."""
    periods.prepare()
    for period in Period.objects.filter(is_closed=False, starts_on__lte=clock.today()):
        if clock.today() > period.ends_on + GRACE:
            close(period)
        elif in_force(period).count() >= period.counted + STEP:
            publish(period)


def in_force(period: Period) -> QuerySet[Report]:
    """Return the reports that count: those that were taken back do not."""
    return Report.objects.filter(period=period, items__isnull=False)


def publish(period: Period) -> None:
    """Write the figures of a quarter in the place of those it had, from the reports that are there."""
    with transaction.atomic():
        write(period, counted(period))


def close(period: Period) -> None:
    """Count a quarter for good: counts and figures stay, its reports can be deleted.

    What permits signed is forgotten; that they were given stays, for the cap.
    """
    with transaction.atomic():
        kept = Period.objects.select_for_update().get(pk=period.pk)
        if kept.is_closed:
            return
        counts = counted(kept)
        keep(kept, counts)
        write(kept, counts)
        Permit.objects.filter(period=kept).update(blinded_digest="")
        Period.objects.filter(pk=kept.pk).update(is_closed=True)


def keep(period: Period, counts: Mapping[str, Counts]) -> None:
    Tally.objects.bulk_create(
        Tally(period=period, group=group, reports=one.reports, items=one.items.tolist())
        for group, one in counts.items()
    )


def counted(period: Period) -> dict[str, Counts]:
    """Return the counts of each group that a report named; "" for those that named none."""
    mechanism = period.mechanism
    if period.is_closed:
        return {
            one.group: Counts(mechanism, one.reports, np.array(one.items, dtype=np.int64))
            for one in Tally.objects.filter(period=period)
        }
    rows = in_force(period).order_by("group").values_list("group", "items").iterator(chunk_size=BATCH)
    return {
        group: count(mechanism, batches(items or [] for _group, items in some))
        for group, some in groupby(rows, key=itemgetter(0))
    }


def batches(reports: Iterable[list[int]]) -> Iterator[IntArray]:
    for some in batched(reports, BATCH, strict=False):
        yield np.array(some, dtype=np.int64)


def chain(group: str) -> list[str]:
    """Return a group after all wider ones.

    >>> chain("m18")
    ['', 'm', 'm18']
    """
    return [group[:width] for width in (0, 1, 3, 5) if width <= len(group)]


def write(period: Period, counts: Mapping[str, Counts]) -> None:
    """Estimate every group, and write what may be published of each."""
    mechanism = period.mechanism
    found = estimates(mechanism, counts)
    figures, standings = [], []
    for group in found:
        shown = families.publish([found[wider] for wider in chain(group)], mechanism, RULE)
        own = np.flatnonzero(shown.level == len(chain(group)) - 1)
        figures += [
            Figure(
                period=period,
                group=group,
                interest=period.interests[item],
                share=float(shown.share[item]),
                low=float(shown.low[item]),
                high=float(shown.high[item]),
            )
            for item in own
        ]
        missing = 0 if len(own) else int(more_needed(found[group], mechanism, RULE).min())
        left_out = len(period.interests) - len(own)
        of_group = {"reports": found[group].reports, "more_needed": missing, "left_out": left_out}
        standings.append(Standing(period=period, group=group, **of_group))
    period.figures.all().delete()
    period.standings.all().delete()
    Figure.objects.bulk_create(figures, batch_size=1000)
    Standing.objects.bulk_create(standings)
    Period.objects.filter(pk=period.pk).update(counted=found[""].reports)


def estimates(mechanism: PrivSet, counts: Mapping[str, Counts]) -> dict[str, Estimates]:
    """Estimate everybody, every domain and every family, those that nobody named too."""
    nothing = Counts(mechanism, 0, np.zeros(mechanism.d, dtype=np.int64))
    every = {wider for group in (*periods.group_codes(), *counts) for wider in chain(group)} | {""}
    return {
        group: estimate(sum((one for named, one in counts.items() if named.startswith(group)), start=nothing))
        for group in sorted(every)
    }
