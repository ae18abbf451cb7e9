"""Everybody's lists, made apart and served at once: retrieve fifty, spread under the limits, tell, swap."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched

import numpy as np
from django.conf import settings

from visavis.common import clock
from visavis.common.progress import Report, silent
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import market, reading, serving
from visavis.matches.bridge.lists import NOTHING, Found, Lists, Numbers, behind, joined, turn_within
from visavis.matches.bridge.market import People, Work
from visavis.matches.bridge.serving import KEPT
from visavis.matches.making import day, editions, places
from visavis.matches.models import Edition, Match, Price
from visavis.vacancies.models import Vacancy

PEOPLE_AT_ONCE = 1000
# More changes than these while the lists were made come from a feed, which asks for everybody itself.
MOST_CAUGHT_UP = 500


@dataclass
class Night:
    """What the night's run has found so far; people are numbered over all groups."""

    work: Work
    groups: list[People] = field(default_factory=list)
    hers: list[Found] = field(default_factory=list)
    aside: list[Found] = field(default_factory=list)
    theirs: Found = NOTHING

    @property
    def people(self) -> Numbers:
        return np.concatenate([np.zeros(0, np.int64), *(group.ids for group in self.groups)])

    def add(self, people: People, aside: set[tuple[int, int]]) -> None:
        """Look at some more people: their best vacancies, and where they are among the best people."""
        first = sum(map(len, self.groups))
        live, put_aside = day.retrieved(self.work, people, aside)
        self.hers.append(live.moved(first))
        self.aside.append(put_aside.moved(first))
        both = joined([self.theirs, market.best_people(self.work, people, KEPT).moved(first)])
        both = both.where(np.lexsort((both.person, -both.score, both.work)))
        self.theirs = both.where(turn_within(both.work) < KEPT)
        self.groups.append(people)


def rank_everybody(report: Report = silent, *, strength: float | None = None) -> None:
    """Make every list apart, then serve all of them at once; yesterday's stay until then.

    Stopped in the middle, it leaves nothing that anybody reads, and the next run begins anew. What changed
    meanwhile is made again before and after the lists are served.
    """
    edition = editions.begin(settings.VISAVIS_SPREAD if strength is None else strength)
    ids = list(Jobseeker.objects.looking().order_by("pk").values_list("pk", flat=True))
    total = max(1, 2 * len(ids))
    vacancies = Vacancy.objects.open()
    night, aside = Night(market.work_of(reading.records_of_work(vacancies))), day.put_aside()
    for number, some in enumerate(batched(ids, PEOPLE_AT_ONCE, strict=False)):
        rows = Jobseeker.objects.looking().filter(pk__in=some)
        night.add(market.people_of(reading.records_of_people(rows)), aside)
        report(number * PEOPLE_AT_ONCE + len(some), total)
    for done in _write(edition, night):
        report(len(ids) + done, total)
    _catch_up(edition.began_at, edition)
    since = clock.now()
    editions.serve(edition)
    _catch_up(since)
    editions.throw_away()
    report(total, total)


def _write(edition: Edition, night: Night) -> Iterator[int]:
    """Draw up all lists and write them, group after group; give how many people are done."""
    lists = [*_drawn(edition, night), _theirs(night.theirs)]
    first = 0
    for group in night.groups:
        mine = [one.of_group(first, len(group)) for one in lists]
        telling = places.tell(night.work, group, [one.found for one in mine])
        for one in mine:
            places.write(
                edition, places.of_lists(one, (group.ids, night.work.ids), telling), edition.began_at
            )
        first += len(group)
        yield first


def _drawn(edition: Edition, night: Night) -> tuple[Lists, Lists]:
    """Spread the people's lists; keep the prices and limits that drew them up."""
    work, people, found = night.work, night.people, joined(night.hers)
    drawn = serving.night(work, people, found, edition.strength)
    edition.times = float(drawn.times) if np.isfinite(drawn.times) else None
    edition.over, edition.usual_price = drawn.over, float(np.median(drawn.price)) if len(work) else 0.0
    edition.save(update_fields=["times", "over", "usual_price"])
    rows = zip(work.ids.tolist(), drawn.price.tolist(), strict=True)
    Price.objects.bulk_create(
        (Price(edition=edition, vacancy_id=pk, price=price) for pk, price in rows), batch_size=2_000
    )
    last = np.bincount(drawn.jobseeker, minlength=len(people)).astype(np.int64)
    hers = Lists(Match.Side.JOBSEEKER, found.where(drawn.pair), drawn.rank, drawn.worth)
    return hers, behind(Match.Side.JOBSEEKER, joined(night.aside), last)


def _theirs(found: Found) -> Lists:
    return Lists(Match.Side.VACANCY, found, turn_within(found.work) + 1, found.score)


def _catch_up(since: dt.datetime, edition: Edition | None = None) -> None:
    """Make again what was changed while the lists were made."""
    people = Jobseeker.objects.filter(changed_at__gte=since).values_list("pk", flat=True)
    work = Vacancy.objects.filter(changed_at__gte=since).values_list("pk", flat=True)
    changed = list(people[: MOST_CAUGHT_UP + 1]), list(work[: MOST_CAUGHT_UP + 1])
    if changed[0]:
        day.rank_jobseekers(changed[0], edition=edition)
    if 0 < len(changed[1]) <= MOST_CAUGHT_UP:
        day.rank_vacancies(changed[1], edition=edition)
