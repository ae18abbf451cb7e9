"""Where one pair stands, and what single changes would open for one person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from visavis.engine.explain import unlock as engine
from visavis.engine.explain.reasons import reasons_for
from visavis.engine.explain.unlock import Trying, unlocks
from visavis.engine.explain.why_not import why_not
from visavis.engine.facts.records import Jobseeker as JobseekerRecord
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.lists.topk import top_vacancies
from visavis.engine.market.market import Market
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.market.numbered import together
from visavis.engine.score.candidates import blocks
from visavis.engine.score.constraints import only_feasible
from visavis.engine.spread.serving import chance
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge.lists import Numbers, Values
from visavis.matches.bridge.market import People, Work
from visavis.matches.bridge.reading import people_in_order, person_at_hand, work_in_order
from visavis.vacancies.models import Vacancy


@dataclass(frozen=True)
class Clash:
    """One thing that keeps a pair apart: its kind, and what each side says, as `engine.explain.why_not` has it."""

    kind: str
    hers: float | tuple[str, ...]
    theirs: float | tuple[str, ...]


@dataclass(frozen=True)
class Unlock:
    """One change of a person: how many vacancies it opens, the first of them by number, and what it adds."""

    kind: str
    code: str
    amount: float
    count: int
    vacancies: tuple[int, ...]
    gain: float


def changes_for(work: Work, person: People, first: Mapping[str, float]) -> list[Unlock]:
    """Return what single changes would open for one person and add to her chances; exact, by the score in use.

    Of a kind in `first` only this step is counted, its amount, where it opens anything.
    """
    if not len(work) or not len(person):
        return []

    def chances(parts: Values, vacancy: Numbers) -> Values:
        return chance(work.scoring.score(parts, np.repeat(person.ids, len(vacancy)), work.ids[vacancy]))

    laid_out = work.cut().with_jobseekers(person.take())
    return _opened(
        unlocks(laid_out, 0, chances=chances, is_for_reading=True, trying=Trying(first=first)), work.ids
    )


def _opened(found: list[engine.Unlock], ids: Numbers) -> list[Unlock]:
    """Name the vacancies that changes open by their numbers."""
    return [
        Unlock(one.kind, one.code, one.amount, one.count, tuple(ids[list(one.vacancies)].tolist()), one.gain)
        for one in found
    ]


@dataclass(frozen=True)
class PlaceAmong:
    """Where one pair stands: what it breaks, its place among all that suit her, its score and reasons."""

    clashes: list[Clash]
    rank: int | None
    out_of: int
    score: float
    reasons: list[dict[str, Any]]
    unlocks: list[Unlock]


def place_among(work: Work, jobseeker: Jobseeker, vacancy: Vacancy) -> PlaceAmong:
    """Return where a vacancy stands for a person among those laid out, of which it may be one."""
    ids, others = np.append(work.ids, vacancy.pk), work.cut()
    place = int(np.searchsorted(work.ids, vacancy.pk))
    if place == len(work) or work.ids[place] != vacancy.pk:
        place, alone = len(work), with_newcomers(work.market, vacancy_columns(work_in_order([vacancy])))
        others = together((others, np.arange(len(work))), (alone, np.zeros(1, np.int64)))
    laid_out = others.with_jobseekers(jobseeker_columns(people_in_order([jobseeker])))
    ranked = top_vacancies(laid_out, max(1, len(laid_out.vacancies)))
    hers = np.full(len(ids), jobseeker.pk)
    scores = work.scoring.score(ranked.parts, hers[: len(ranked)], ids[ranked.vacancy])
    order = np.lexsort((ranked.vacancy, -scores, ranked.tier))
    found = (ranked.vacancy[order] == place).nonzero()[0]
    # What stands in her list though it is beyond a usual reach has nothing in its way.
    clashes = [] if len(found) else why_not(laid_out, 0, place)
    told = work.scoring.tell([reasons_for(laid_out, 0, place)], hers[:1], ids[[place]])[0]
    reasons = [reason.as_dict() for reason in told]
    return PlaceAmong(
        clashes=[Clash(one.kind, one.hers, one.theirs) for one in clashes],
        rank=int(found[0]) + 1 if len(found) else None,
        out_of=len(ranked),
        score=float(sum(reason["logit"] for reason in reasons)),
        reasons=reasons,
        unlocks=_opened(unlocks(laid_out, 0), ids) if clashes else [],
    )


def clashes_of(work: Work, jobseeker: Jobseeker, vacancy: Vacancy) -> list[Clash]:
    """Return what of her limits one vacancy breaks: this pair alone is looked at, no place is counted."""
    alone = with_newcomers(work.market, vacancy_columns(work_in_order([vacancy])))
    laid_out = alone.with_jobseekers(jobseeker_columns(people_in_order([jobseeker])))
    return [Clash(one.kind, one.hers, one.theirs) for one in why_not(laid_out, 0, 0)]


@dataclass(frozen=True)
class Suited:
    """What a person's limits allow, and what suits her of it: numbers, rising, and the logit of each."""

    allowed: Numbers
    suited: Numbers
    logits: Values


def suited(work: Work, jobseeker: Jobseeker, among: Numbers | None = None) -> Suited:
    """Return what one person's limits allow of the vacancies laid out, and how well what suits her does.

    Of those `among` some numbers alone, where they are given; each is scored as among all. Her row is as it was read.
    """
    places = None if among is None else np.flatnonzero(np.isin(work.ids, among))
    numbers = work.ids if places is None else work.ids[places]
    laid_out = _before(work, [person_at_hand(jobseeker)], places)
    ranked = top_vacancies(laid_out, max(1, len(numbers)))
    ids = numbers[ranked.vacancy]
    scores = work.scoring.score(ranked.parts, np.full(len(ids), jobseeker.pk), ids)
    order = np.argsort(ids, kind="stable")
    [within] = _allowed(numbers, laid_out)
    return Suited(within, ids[order], scores[order])


def allowed(work: Work, jobseekers: Iterable[Jobseeker]) -> dict[int, Numbers]:
    """Return what the limits of each of some people allow of the vacancies laid out: their numbers, rising."""
    everybody = list(jobseekers)
    found = _allowed(work.ids, _before(work, people_in_order(everybody)))
    return {one.pk: numbers for one, numbers in zip(everybody, found, strict=True)}


def _before(work: Work, records: Sequence[JobseekerRecord], places: Numbers | None = None) -> Market:
    """Put some people before the vacancies laid out, or those at some places, in their order."""
    return work.cut(places).with_jobseekers(jobseeker_columns(records))


def _allowed(ids: Numbers, laid_out: Market) -> list[Numbers]:
    """Return what the limits of each of the people allow of the vacancies with these numbers: theirs, rising."""
    everybody = np.arange(len(laid_out.jobseekers))
    found: list[list[Numbers]] = [[np.zeros(0, np.int64)] for _one in everybody]
    for block in blocks(laid_out, everybody, np.arange(len(ids))):
        kept = only_feasible(block)
        for place in np.unique(kept.jobseeker):
            found[place].append(ids[kept.vacancy[kept.jobseeker == place]])
    return [np.sort(np.concatenate(parts)) for parts in found]


def clashes_with(work: Work, vacancy: Vacancy, jobseekers: Iterable[Jobseeker]) -> dict[int, list[Clash]]:
    """Return what keeps each of some people apart from one vacancy, which may be laid out or not."""
    people = list(jobseekers)
    alone = with_newcomers(work.market, vacancy_columns(work_in_order([vacancy])))
    laid_out = alone.with_jobseekers(jobseeker_columns(people_in_order(people)))
    found = {one.pk: why_not(laid_out, place, 0) for place, one in enumerate(people)}
    return {pk: [Clash(one.kind, one.hers, one.theirs) for one in some] for pk, some in found.items()}
