"""One person's list or one vacancy's, made by day among the lists of the night and at its prices."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from visavis.common import clock
from visavis.common.progress import Report, silent
from visavis.introductions.models import Introduction
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import in_memory, market, reading, serving
from visavis.matches.bridge.lists import (
    BEHIND,
    NOTHING,
    Found,
    Lists,
    Mask,
    Numbers,
    Values,
    behind,
    turn_within,
)
from visavis.matches.bridge.market import People, Work
from visavis.matches.bridge.serving import KEPT, SERVED
from visavis.matches.making import editions, places
from visavis.matches.models import Edition, Match, Opinion, Price
from visavis.matches.models.match import Tier
from visavis.vacancies.models import Vacancy

# With fewer places left that a person can answer, her list is made anew.
FEW = 25
# More people than these, whose lists a closed vacancy made short, wait for the night.
MOST_REFILLED = 50

HERS, THEIRS = Match.Whose.JOBSEEKER, Match.Whose.VACANCY


# One person -----------------------------------------------------------------------------------------


def rank_jobseekers(ids: Sequence[int], report: Report = silent, *, edition: Edition | None = None) -> None:
    """Make these people's lists, and put them in their place in the vacancies' lists.

    A vacancy shown as often as it may be waits behind, unless the person would otherwise have nothing.
    """
    report(0, 2)
    made_at = clock.now()
    work = in_memory.WORK.ready()
    looking = Jobseeker.objects.looking().filter(pk__in=ids)
    people = market.people_of(reading.records_of_people(looking))
    live, aside = retrieved(work, people, put_aside(ids))
    telling, both = places.tell(work, people, [live, aside]), (people.ids, work.ids)
    report(1, 2)
    with editions.writing(edition) as now:
        hers, allowed = _drawn(now, (work, people), live, without=ids)
        last = np.bincount(hers.found.person, minlength=len(people)).astype(np.int64)
        theirs = Lists(THEIRS, live, np.zeros(len(live), np.int64), live.score)
        mine = [
            place
            for one in (hers, behind(HERS, aside, last))
            for place in places.of_lists(one, both, telling)
        ]
        places.write(now, HERS, ids, mine, made_at, allowed=allowed)
        places.put_again(now, ids, places.of_lists(theirs, both, telling), made_at)
    report(2, 2)


def retrieved(work: Work, people: People, aside: set[tuple[int, int]]) -> tuple[Found, Found]:
    """Return the best fifty vacancies of each person that she did not put aside, and those she did."""
    theirs = set(people.ids.tolist())
    mine = {pair for pair in aside if pair[0] in theirs}
    most = max(Counter(person for person, _vacancy in mine).values(), default=0)
    found = market.best_work(work, people, KEPT + most)
    if not mine:
        return found, NOTHING
    pairs = zip(people.ids[found.person].tolist(), work.ids[found.work].tolist(), strict=True)
    is_aside = np.fromiter((pair in mine for pair in pairs), np.bool_, len(found))
    live = found.where(~is_aside)
    return live.where(turn_within(live.person) < KEPT), found.where(is_aside)


def put_aside(ids: Collection[int] | None = None) -> set[tuple[int, int]]:
    """Return the pairs of which people said that they are not for them."""
    rows = Opinion.objects.filter(kind=Opinion.Kind.NOT_FOR_ME)
    rows = rows if ids is None else rows.filter(jobseeker__in=ids)
    return set(rows.values_list("jobseeker", "vacancy"))


def _drawn(
    edition: Edition, both: tuple[Work, People], found: Found, *, without: Collection[int]
) -> tuple[Lists, dict[int, float]]:
    """Draw up lists one after the other, in the room that other people's lists leave; and what prices may take."""
    work, people = both
    numbers = np.unique(found.work)
    standing = places.standing_at(edition, work.ids[numbers].tolist(), without)
    counts = np.zeros((2, len(work)), np.int64)
    for number, pk in zip(numbers.tolist(), work.ids[numbers].tolist(), strict=True):
        counts[:, number] = standing.get(pk, (0, 0))
    limit = limits(edition, work)
    price, plain = prices(edition, work, numbers), serving.plain(found, (people.ids, work.ids))
    allowed = serving.allowances(found, plain, price, len(people))
    worth = serving.priced(plain, price[found.work], allowed[found.person])
    pairs, ranks = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    starts = np.searchsorted(found.person, np.arange(len(people) + 1)).tolist()
    for low, high in pairwise(starts):
        at, mine = found.work[low:high], found.where(np.arange(low, high))
        worths = plain[low:high], worth[low:high]
        order = serving.one_list(mine, worths, (counts[0, at], counts[1, at]), limit[at])
        counts[0, at[order[:SERVED]]] += 1
        counts[1, at[order]] += 1
        pairs.append(low + order)
        ranks.append(np.arange(1, len(order) + 1))
    chosen = np.concatenate(pairs)
    lists = Lists(HERS, found.where(chosen), np.concatenate(ranks), worth[chosen])
    return lists, dict(zip(people.ids.tolist(), allowed.tolist(), strict=True))


def limits(edition: Edition, work: Work) -> Numbers:
    """Return in how many shown lists each vacancy may stand, shape (M,)."""
    return serving.limits(work, edition.times)


def prices(edition: Edition, work: Work, numbers: Numbers) -> Values:
    """Return what some vacancies cost since the night, shape (M,); others are 0.

    One that is new costs what is usual for its occupation, else what is usual: the crowd that it will have is
    not known before the night.
    """
    ids = work.ids[numbers].tolist()
    known = dict(Price.objects.filter(edition=edition, vacancy__in=ids).values_list("vacancy", "price"))
    new = [pk for pk in ids if pk not in known]
    if new:
        known |= usual_prices(edition, new)
    price = np.zeros(len(work))
    price[numbers] = [known[pk] for pk in ids]
    return price


def usual_prices(edition: Edition, vacancies: list[int]) -> dict[int, float]:
    """Return the middle price of each vacancy's occupation in an edition, else that of the edition."""
    occupations = dict(Vacancy.objects.filter(pk__in=vacancies).values_list("pk", "occupation"))
    rows = Price.objects.filter(edition=edition, vacancy__occupation__in=set(occupations.values()))
    by_occupation: defaultdict[str | None, list[float]] = defaultdict(list)
    for occupation, price in rows.values_list("vacancy__occupation", "price"):
        by_occupation[occupation].append(price)
    return {
        pk: median(same) if (same := by_occupation.get(occupations.get(pk))) else edition.usual_price
        for pk in vacancies
    }


# One vacancy ----------------------------------------------------------------------------------------


def rank_vacancies(
    ids: Sequence[int], report: Report = silent, *, edition: Edition | None = None
) -> set[int]:
    """Make these vacancies' lists, and put them in the lists of the people they suit; return whose list changed.

    A vacancy enters a person's list when it is worth more than the last place shown to her, or when her
    list is short; those to whom it is worth most first, while it has room.
    """
    report(0, 2)
    made_at = clock.now()
    work, people = in_memory.WORK.ready(ids), in_memory.PEOPLE.ready()
    only = np.flatnonzero(np.isin(work.ids, np.array(ids, np.int64)))
    found = market.best_people(work, people, max(1, len(people)), only)
    best = found.where(turn_within(found.work) < KEPT)
    theirs = Lists(THEIRS, best, turn_within(best.work) + 1, best.score)
    report(1, 2)
    with editions.writing(edition) as now:
        lost = places.take_out(now, HERS, ids)
        entering = _entering(now, (work, people), found)
        telling, both = places.tell(work, people, [best, entering.found]), (people.ids, work.ids)
        enter = places.of_lists(entering, both, telling)
        places.write(now, THEIRS, ids, places.of_lists(theirs, both, telling), made_at)
        places.put_in(now, enter, made_at)
    if lost and edition is None:
        serve_more(sorted(lost)[:MOST_REFILLED])
    report(2, 2)
    return lost | {place.jobseeker for place in enter}


def _entering(edition: Edition, both: tuple[Work, People], found: Found) -> Lists:
    """Choose whose lists some vacancies enter, which stand in nobody's now."""
    work, people = both
    price, limit = prices(edition, work, np.unique(found.work)), limits(edition, work)
    ids = people.ids[found.person].tolist()
    known, aside = places.bars(edition, ids), put_aside(ids)
    kept, bar, allowed = np.array([known.get(pk, (0, -np.inf, 0.0)) for pk in ids]).reshape(-1, 3).T
    plain = serving.plain(found, (people.ids, work.ids))
    worth = serving.priced(plain, price[found.work], allowed)
    order = np.lexsort((found.person, -worth, found.work))
    found, worth, kept, bar = found.where(order), worth[order], kept[order], bar[order]
    ids = people.ids[found.person].tolist()
    pairs = zip(ids, work.ids[found.work].tolist(), strict=True)
    is_aside = np.fromiter((pair in aside for pair in pairs), np.bool_, len(ids))
    is_shown = ~is_aside & (worth > bar)
    waits = ~is_aside & ~is_shown & (kept < KEPT)
    is_shown, waits = is_shown & (found.tier <= Tier.BEYOND), waits & (found.tier <= Tier.BEYOND)
    enters = is_aside | _first(found, is_shown, limit) | (is_shown & (kept == 0))
    enters |= _first(found, waits, serving.wider(limit) - limit)
    chosen = np.flatnonzero(enters)
    ranked = np.where(is_aside, BEHIND, worth)[chosen]
    return Lists(HERS, found.where(chosen), np.zeros(len(chosen), np.int64), ranked)


def _first(found: Found, among: Mask, room: Numbers) -> Mask:
    """Say which pairs are the first of their vacancy among some, as many as there is room for."""
    places_among = np.flatnonzero(among)
    work = found.work[places_among]
    first = np.zeros(len(found), np.bool_)
    first[places_among[turn_within(work) < room[work]]] = True
    return first


# What is left ---------------------------------------------------------------------------------------


def serve_more(ids: Collection[int]) -> None:
    """Make anew the lists of people who have few places left to answer, where there is more to put in."""
    few = few_left(ids)
    if not few:
        return
    work = in_memory.WORK.ready()
    rows = Jobseeker.objects.looking().filter(pk__in=few)
    people = market.people_of(reading.records_of_people(rows))
    live, _aside = retrieved(work, people, put_aside(few))
    there = set(Match.objects.filter(side=HERS, jobseeker__in=few).values_list("jobseeker", "vacancy"))
    pairs = zip(people.ids[live.person].tolist(), work.ids[live.work].tolist(), strict=True)
    if short := sorted({pair[0] for pair in pairs if pair not in there}):
        rank_jobseekers(short)


def few_left(ids: Collection[int]) -> list[int]:
    """Return those with fewer than twenty-five places that are open and neither put aside nor introduced."""
    rows = Match.objects.filter(side=HERS, jobseeker__in=ids, vacancy__in=Vacancy.objects.open().order_by())
    begun = set(Introduction.objects.filter(jobseeker__in=ids).values_list("jobseeker", "vacancy"))
    answered = begun | put_aside(ids)
    left = Counter(pair[0] for pair in rows.values_list("jobseeker", "vacancy") if pair not in answered)
    return [pk for pk in ids if left[pk] < FEW]
