"""Everybody's lists, made apart and served at once: found shard by shard, spread under the limits, packed, swapped."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from visavis.common import clock
from visavis.common.progress import Report, silent
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import serving
from visavis.matches.bridge.by_night import night as bridge_night
from visavis.matches.bridge.by_night import telling
from visavis.matches.bridge.by_night.night import Both, Columns, Owners
from visavis.matches.bridge.lists import BEHIND, Numbers, Values, turn_within
from visavis.matches.bridge.serving import KEPT, SERVED
from visavis.matches.making import bulk, day, editions
from visavis.matches.models import Edition, Ground, MatchList, Price
from visavis.vacancies.models import Vacancy

# More changes than these while the lists were made come from a feed, which asks for everybody itself.
MOST_CAUGHT_UP = 500

WRITTEN = (
    "edition",
    "jobseeker",
    "vacancy",
    "others",
    "length",
    "slots",
    "next_slot",
    "packed",
    "told",
    "facts",
    "bar",
    "allowed",
    "holders",
    "came",
    "shown",
    "kept",
    "engine_version",
    "made_at",
)


@dataclass(frozen=True)
class Drawn:
    """One side's lists: places by owner, then rank."""

    owner: Numbers
    other: Numbers
    columns: Columns
    worth: Values
    allowed: Values

    @property
    def turn(self) -> Numbers:
        """Places counted from 0 within each list."""
        return turn_within(self.owner)


def rank_everybody(report: Report = silent, *, strength: float | None = None) -> None:
    """Make every list apart, then serve all of them at once; yesterday's stay until then.

    Stopped in the middle, it leaves nothing that anybody reads, and the next run begins anew. What changed
    meanwhile is made again before and after the lists are served.
    """
    edition = editions.begin(settings.VISAVIS_SPREAD if strength is None else strength)
    keep = Path(settings.VISAVIS_NIGHT_FOLDER) / f"{edition.pk}-{edition.began_at.timestamp():.6f}"
    try:
        both = bridge_night.read(Jobseeker.objects.looking(), Vacancy.objects.open())
        total = max(1, 2 * len(both.people))
        folders = both.find(
            keep,
            aside := day.put_aside(),
            workers=settings.VISAVIS_NIGHT_WORKERS,
            address=settings.VISAVIS_NIGHT_CLUSTER or None,
            report=lambda done, shards: report(done * len(both.people) // max(1, shards), total),
        )
        write(edition, both, _hers(edition, both, folders, aside), _theirs(folders))
    finally:
        bridge_night.forget()
        shutil.rmtree(keep, ignore_errors=True)
    report(total - 1, total)
    _catch_up(edition.began_at, edition)
    since = clock.now()
    editions.serve(edition)
    _catch_up(since)
    editions.throw_away()
    report(total, total)


# Drawn up -------------------------------------------------------------------------------------------


def _hers(edition: Edition, both: Both, folders: list[Path], aside: set[tuple[int, int]]) -> Drawn:
    """Spread the people's lists; keep the prices and limits that drew them up; what was put aside stands behind."""
    columns = bridge_night.found_in(folders)
    work, people = both.work, both.people
    is_aside = _is_aside(both, columns, aside)
    live = np.flatnonzero(~is_aside)
    live = live[turn_within(columns["person"][live].astype(np.int64)) < KEPT]
    found = bridge_night.pairs_of({name: columns[name][live] for name in ("person", "work", "score", "tier")})
    drawn = serving.night(work, people, found, edition.strength)
    edition.times = float(drawn.times) if np.isfinite(drawn.times) else None
    edition.over, edition.usual_price = drawn.over, float(np.median(drawn.price)) if len(work) else 0.0
    lost = drawn.lost[np.unique(found.person)]
    edition.lost, edition.most_lost = float(lost.mean()) if len(lost) else 0.0, float(lost.max(initial=0.0))
    edition.save(update_fields=["times", "over", "usual_price", "lost", "most_lost"])
    prices = zip(work.ids.tolist(), drawn.price.tolist(), strict=True)
    bulk.write(Price, ("edition", "vacancy", "price"), ((edition.pk, *row) for row in prices))
    behind = np.flatnonzero(is_aside)
    places = np.concatenate([live[drawn.pair], behind])
    worth = np.concatenate([drawn.worth, np.full(len(behind), BEHIND)])
    last = np.concatenate([np.zeros(len(drawn.pair), np.int64), np.ones(len(behind), np.int64)])
    rank = np.concatenate([drawn.rank, np.arange(len(behind))])
    order = np.lexsort((rank, last, columns["person"][places]))
    places = places[order]
    return Drawn(
        columns["person"][places].astype(np.int64),
        columns["work"][places].astype(np.int64),
        {name: columns[name][places] for name in ("score", "title", "similarity", "history")},
        worth[order],
        drawn.allowed,
    )


def _is_aside(
    both: Both, columns: Columns, aside: set[tuple[int, int]]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Say which pairs are of vacancies that the person put aside."""
    is_aside = np.zeros(len(columns["person"]), np.bool_)
    said = {person for person, _vacancy in aside}
    for place in np.flatnonzero(
        np.isin(both.people[columns["person"]], np.array([*said], np.int64))
    ).tolist():
        pair = int(both.people[columns["person"][place]]), int(both.work.ids[columns["work"][place]])
        is_aside[place] = pair in aside
    return is_aside


def _theirs(folders: list[Path]) -> Drawn:
    columns = bridge_night.theirs_in(folders)
    return Drawn(
        columns["work"].astype(np.int64),
        columns["person"].astype(np.int64),
        columns,
        columns["score"],
        np.zeros(0),
    )


# Written --------------------------------------------------------------------------------------------


def write(edition: Edition, both: Both, hers: Drawn, theirs: Drawn) -> None:
    """Write all lists of an edition, and what words their reasons."""
    Ground.objects.create(edition=edition, packed=telling.ground_of(both.work.market))
    bulk.write(MatchList, WRITTEN, _rows(edition, both, hers, theirs))


def _rows(edition: Edition, both: Both, hers: Drawn, theirs: Drawn) -> Iterator[tuple[Any, ...]]:
    """Give the rows of the people, then those of the vacancies; everybody has one, for what is known of them."""
    people = Owners(both.people, both.work.ids, both.facts_of_people)
    work = Owners(both.work.ids, both.people, both.facts_of_work)
    ends = (edition.engine_version, edition.began_at)
    held = bridge_night.holders_of(len(both.people), theirs.other, theirs.owner, both.work.ids)
    lists = bridge_night.lists_of(people, hers.owner, hers.other, hers.columns, hers.worth)
    bars, allowed = _bars(both, hers), hers.allowed.tolist()
    for (pk, others, length, packed, facts), holders, *ends_of in zip(
        lists, held, bars, allowed, strict=True
    ):
        list_ = (others, length, "", length + 1, packed, b"", facts, *ends_of, holders)
        yield (edition.pk, pk, None, *list_, "", 0, 0, *ends)
    shown = np.bincount(hers.other[hers.turn < SERVED], minlength=len(both.work)).tolist()
    kept = np.bincount(hers.other, minlength=len(both.work)).tolist()
    held = bridge_night.holders_of(len(both.work), hers.other, hers.owner, both.people)
    lists = bridge_night.lists_of(work, theirs.owner, theirs.other, theirs.columns, theirs.worth)
    for (pk, others, length, packed, facts), holders, *counts in zip(lists, held, shown, kept, strict=True):
        list_ = (others, length, "", length + 1, packed, b"", facts, None, 0.0, holders)
        yield (edition.pk, None, pk, *list_, "", *counts, *ends)


def _bars(both: Both, hers: Drawn) -> list[float | None]:
    """Return what the last place shown is worth in each list that is as long."""
    bars: list[float | None] = [None] * len(both.people)
    last = np.flatnonzero(hers.turn == SERVED - 1)
    for owner, worth in zip(hers.owner[last].tolist(), hers.worth[last].tolist(), strict=True):
        bars[owner] = worth
    return bars


def _catch_up(since: dt.datetime, edition: Edition | None = None) -> None:
    """Make again what was changed while the lists were made."""
    people = Jobseeker.objects.filter(changed_at__gte=since).values_list("pk", flat=True)
    work = Vacancy.objects.filter(changed_at__gte=since).values_list("pk", flat=True)
    changed = list(people[: MOST_CAUGHT_UP + 1]), list(work[: MOST_CAUGHT_UP + 1])
    if changed[0]:
        day.rank_jobseekers(changed[0], edition=edition)
    if 0 < len(changed[1]) <= MOST_CAUGHT_UP:
        day.rank_vacancies(changed[1], edition=edition)
