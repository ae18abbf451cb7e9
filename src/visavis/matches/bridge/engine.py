"""Rows to arrays and back: the only place where the tables and the engine meet."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from visavis.catalog import travel
from visavis.catalog.models import Mobility, OccupationInterest
from visavis.common import clock
from visavis.engine.explain.reasons import Reason, explain, reasons_for
from visavis.engine.explain.unlock import Unlock, unlocks
from visavis.engine.explain.why_not import Clash, why_not
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.records import Jobseeker as JobseekerRecord
from visavis.engine.facts.records import Vacancy as VacancyRecord
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.facts.rows import take_jobseekers
from visavis.engine.ideal.traits import KINDS as TRAIT_KINDS
from visavis.engine.ideal.traits import kind_of
from visavis.engine.lists.matches import Matches
from visavis.engine.lists.topk import lay_out, parts_of, top_jobseekers, top_vacancies
from visavis.engine.market.market import Codes, Market
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.market.numbered import together, with_vacancies
from visavis.engine.spread import Graph
from visavis.engine.spread.serving import (
    KEPT,
    SERVED,
    Night,
    chance,
    draw_up,
    limits,
    log_chance,
    one_list,
    turn,
    wider,
)
from visavis.engine.version import ENGINE_VERSION
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import scoring
from visavis.matches.bridge.ideal import (
    compare,
    corrected,
    ideal_profiles,
    record_as_of,
    record_of_traits,
    traits_held,
)
from visavis.matches.bridge.lists import NOTHING, Found, Numbers, Values
from visavis.matches.bridge.reading import day, records_of_people, records_of_work
from visavis.matches.bridge.scoring import Scoring
from visavis.vacancies.models import Vacancy

__all__ = [
    "ENGINE_VERSION",
    "KEPT",
    "SERVED",
    "TRAIT_KINDS",
    "Clash",
    "JobseekerColumns",
    "JobseekerRecord",
    "Night",
    "People",
    "Standing",
    "Told",
    "Unlock",
    "VacancyColumns",
    "VacancyRecord",
    "Work",
    "best_people",
    "best_work",
    "changes_for",
    "compare",
    "corrected",
    "ideal_profiles",
    "jobseeker_columns",
    "kind_of",
    "limits",
    "night",
    "one_list",
    "reasons_of",
    "record_as_of",
    "record_of_traits",
    "records_of_people",
    "records_of_work",
    "standing",
    "traits_held",
    "vacancy_columns",
    "wider",
    "with_all_asked",
    "with_everything",
]

# Less than five chances in a hundred that both say yes: showing it would waste two people's time.
LEAST_SCORE = -3.0


def with_everything(jobseekers: QuerySet[Jobseeker]) -> QuerySet[Jobseeker]:
    """Fetch what the engine reads of people, in a fixed number of queries."""
    return jobseekers.select_related("commune").prefetch_related(
        "wishes", "experiences", "skills_held", "languages", "interests"
    )


def with_all_asked(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Fetch what the engine reads of vacancies, in a fixed number of queries."""
    return vacancies.prefetch_related("skills_asked", "languages_asked")


def _people_in_order(jobseekers: Iterable[Jobseeker]) -> list[JobseekerRecord]:
    ids = [jobseeker.pk for jobseeker in jobseekers]
    found = records_of_people(Jobseeker.objects.filter(pk__in=ids))
    return [found[pk] for pk in ids]


def _work_in_order(vacancies: Iterable[Vacancy]) -> list[VacancyRecord]:
    ids = [vacancy.pk for vacancy in vacancies]
    found = records_of_work(Vacancy.objects.filter(pk__in=ids))
    return [found[pk] for pk in ids]


def _market(people: JobseekerColumns, work: VacancyColumns, known: Codes | None = None) -> Market:
    links = Mobility.objects.values_list("origin_id", "target_id", "kind")
    interests: dict[str, list[str]] = {}
    for occupation, interest in OccupationInterest.objects.values_list("occupation_id", "interest_id"):
        interests.setdefault(occupation, []).append(interest)
    laid_out = Market(
        people,
        work,
        today=day(clock.today()),
        occupation_links=list(links),
        occupation_interests=interests,
    )
    return (laid_out.knowing(known) if known else laid_out).with_ideal_profiles(ideal_profiles())


def parts_as_of(
    work: list[Vacancy], groups: Iterable[list[tuple[Jobseeker, dt.date, int]]]
) -> Iterator[npt.NDArray[np.float64]]:
    """Score pairs part by part, each person without the jobs that began after a day; a vacancy by its number.

    The ideal part stays out: it was made of the very hires that answers led to.
    """
    column = {vacancy.pk: place for place, vacancy in enumerate(work)}
    empty = _market(jobseeker_columns([]), vacancy_columns(_work_in_order(work)))
    laid_out = empty.with_ideal_profiles({})
    for group in groups:
        records = records_of_people(
            Jobseeker.objects.filter(pk__in={person.pk for person, _on, _work in group})
        )
        people = jobseeker_columns(
            replace(records[jobseeker.pk], experience=record_as_of(jobseeker, on).experience)
            for jobseeker, on, _vacancy in group
        )
        places = np.array([column[vacancy] for _jobseeker, _on, vacancy in group], np.int64)
        yield parts_of(laid_out.with_jobseekers(people), np.arange(len(group)), places)


@dataclass(frozen=True)
class Work:
    """Vacancies laid out once, for many people: their numbers, rising, and a market with nobody in it."""

    ids: Numbers
    positions: Numbers
    market: Market
    scoring: Scoring

    def __len__(self) -> int:
        return len(self.ids)

    def cut(self, places: Numbers | None = None) -> Market:
        """Return a market with nobody in it of the vacancies at some places, or of all, scored as among all."""
        return self.market if places is None else with_vacancies(self.market, places)

    def best(self, people: JobseekerColumns, k: int) -> Matches:
        """Return the `k` best vacancies of each person by the experts' score."""
        return top_vacancies(self.market.with_jobseekers(people), k)

    def still(self, places: Numbers) -> Numbers:
        """Return which of some places are of vacancies that one can answer."""
        return places


@dataclass(frozen=True)
class People:
    """People laid out once: their numbers, rising, and their columns."""

    ids: Numbers
    columns: JobseekerColumns

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, places: Numbers | None = None) -> JobseekerColumns:
        """Return the columns of the people at some places, or of all."""
        return self.columns if places is None else take_jobseekers(self.columns, places)

    def best(self, work: Work, k: int, only: Numbers | None) -> Found:
        """Return the `k` best people of some vacancies, or of all, in any order."""
        found = top_jobseekers(work.cut(only).with_jobseekers(self.columns), k)
        return _found(
            work, self, replace(found, vacancy=found.vacancy if only is None else only[found.vacancy])
        )


@dataclass(frozen=True)
class Told:
    """What is told of one pair."""

    distance_km: float | None
    reasons: list[dict[str, Any]]
    engine_version: str = ENGINE_VERSION


def work_of(records: Mapping[int, VacancyRecord]) -> Work:
    """Lay vacancies out, and prepare all that does not depend on people."""
    ids = sorted(records)
    return work_in(np.array(ids, np.int64), vacancy_columns(records[pk] for pk in ids))


def work_in(ids: Numbers, columns: VacancyColumns, known: Codes | None = None) -> Work:
    """Lay vacancies out from their columns; `known` are codes that others laid beside them may name."""
    laid_out = _market(jobseeker_columns([]), columns, known)
    # Touched once here: copies of the market with people in it share what is ready.
    for name in ("vacancy_points", "offered_pay", "fixed_start", "essential", "wished", "rarity", "titles"):
        getattr(laid_out, name)
    lay_out(laid_out)
    return Work(ids, columns.positions.astype(np.int64), laid_out, scoring.current())


def people_of(records: Mapping[int, JobseekerRecord]) -> People:
    """Lay people out."""
    ids = sorted(records)
    return People(np.array(ids, np.int64), jobseeker_columns(records[pk] for pk in ids))


def best_work(work: Work, people: People, k: int) -> Found:
    """Return each person's `k` best vacancies, by person, best first."""
    if not len(work) or not len(people):
        return NOTHING
    found = _found(work, people, work.best(people.take(), k))
    return found.where(np.lexsort((found.work, -found.score, found.person)))


def best_people(work: Work, people: People, k: int, only: Numbers | None = None) -> Found:
    """Return the `k` best people of each vacancy, or of those at some places, by vacancy, best first."""
    only = None if only is None else work.still(only)
    if not len(work) or not len(people) or (only is not None and not len(only)):
        return NOTHING
    found = people.best(work, k, only)
    return found.where(np.lexsort((found.person, -found.score, found.work)))


def _found(work: Work, people: People, matches: Matches) -> Found:
    """Score what was retrieved; the experts' score must be enough as well: nobody answered for pairs below it."""
    ids = people.ids[matches.jobseeker], work.ids[matches.vacancy]
    score = work.scoring.score(matches.parts, *ids)
    enough = (score >= LEAST_SCORE) & (matches.score >= LEAST_SCORE)
    return Found(matches.jobseeker[enough], matches.vacancy[enough], score[enough])


def rescored(work: Work, people: People, found: Found) -> Found:
    """Score pairs that have the experts' score, as `_found` does; their parts are counted only if they are asked."""
    score = found.score
    if work.scoring.heads is not None and len(found):
        parts = parts_of(*between(work, people, found)).astype(np.float32)
        score = work.scoring.score(parts, people.ids[found.person], work.ids[found.work])
    enough = (score >= LEAST_SCORE) & (found.score >= LEAST_SCORE)
    return replace(found, score=score).where(enough)


def between(work: Work, people: People, found: Found) -> tuple[Market, Numbers, Numbers]:
    """Return a market of those only who stand in some pairs, and the pairs as its rows."""
    who, person = np.unique(found.person, return_inverse=True)
    what, vacancy = np.unique(found.work, return_inverse=True)
    laid_out = work.cut(what).with_jobseekers(people.take(who))
    return laid_out, person.astype(np.int64), vacancy.astype(np.int64)


def told(work: Work, people: People, found: Found) -> list[Told]:
    """Return the reasons of each pair, in the order given."""
    if not len(found.score):
        return []
    laid_out, person, vacancy = between(work, people, found)
    parts = parts_of(laid_out, person, vacancy).astype(np.float32)
    no_rank = np.zeros(len(found.score), np.int32)
    explained = explain(laid_out, Matches(person, vacancy, no_rank, found.score, parts))
    explained = work.scoring.tell(explained, people.ids[found.person], work.ids[found.work])
    version = work.scoring.engine_version
    return [
        Told(distance_in(reasons), [reason.as_dict() for reason in reasons], version) for reasons in explained
    ]


def worth(found: Found, ids: tuple[Numbers, Numbers], price: Values) -> Values:
    """Return what ranks each pair: log of the chance, turned for today, less the vacancy's price, shape (M,)."""
    one, other = ids[0][found.person], ids[1][found.work]
    return turn(log_chance(found.score), one, other, day(clock.today())) - price[found.work]


def night(work: Work, people: Numbers, found: Found, strength: float) -> Night:
    """Draw up everybody's list; `found` is by person, who are numbered over all of `people`."""
    starts = np.searchsorted(found.person, np.arange(len(people) + 1))
    graph = Graph(starts.astype(np.int64), found.work, chance(found.score), len(work))
    return draw_up(graph, (people, work.ids), work.positions, strength=strength, day=day(clock.today()))


def changes_for(work: Work, person: People) -> list[Unlock]:
    """Return what single changes would open for one person and add to her chances; exact, by the score in use."""
    if not len(work) or not len(person):
        return []

    def chances(parts: Values, vacancy: Numbers) -> Values:
        return chance(work.scoring.score(parts, np.repeat(person.ids, len(vacancy)), work.ids[vacancy]))

    return unlocks(work.cut().with_jobseekers(person.take()), 0, chances=chances)


@dataclass(frozen=True)
class Standing:
    """Where one pair stands: what it breaks, its place among all that suit her, its score and reasons."""

    clashes: list[Clash]
    rank: int | None
    out_of: int
    score: float
    reasons: list[dict[str, Any]]
    unlocks: list[Unlock]


def standing(work: Work, jobseeker: Jobseeker, vacancy: Vacancy) -> Standing:
    """Return where a vacancy stands for a person among those laid out, of which it may be one."""
    ids, others = np.append(work.ids, vacancy.pk), work.cut()
    place = int(np.searchsorted(work.ids, vacancy.pk))
    if place == len(work) or work.ids[place] != vacancy.pk:
        place, alone = len(work), with_newcomers(work.market, vacancy_columns(_work_in_order([vacancy])))
        others = together((others, np.arange(len(work))), (alone, np.zeros(1, np.int64)))
    laid_out = others.with_jobseekers(jobseeker_columns(_people_in_order([jobseeker])))
    clashes = why_not(laid_out, 0, place)
    ranked = top_vacancies(laid_out, max(1, len(laid_out.vacancies)))
    hers = np.full(len(ids), jobseeker.pk)
    scores = work.scoring.score(ranked.parts, hers[: len(ranked)], ids[ranked.vacancy])
    order = np.lexsort((ranked.vacancy, -scores))
    found = (ranked.vacancy[order] == place).nonzero()[0]
    told = work.scoring.tell([reasons_for(laid_out, 0, place)], hers[:1], ids[[place]])[0]
    reasons = [reason.as_dict() for reason in told]
    return Standing(
        clashes=clashes,
        rank=int(found[0]) + 1 if len(found) else None,
        out_of=len(ranked),
        score=float(sum(reason["logit"] for reason in reasons)),
        reasons=reasons,
        unlocks=unlocks(laid_out, 0) if clashes else [],
    )


def reasons_of(work: Work, pairs: Sequence[tuple[Jobseeker, Vacancy]]) -> list[list[dict[str, Any]]]:
    """Return the reasons of each pair, suited or not, weighed as among the vacancies laid out."""
    people, vacancies = [person for person, _vacancy in pairs], [vacancy for _person, vacancy in pairs]
    alone = with_newcomers(work.market, vacancy_columns(_work_in_order(vacancies)))
    laid_out = alone.with_jobseekers(jobseeker_columns(_people_in_order(people)))
    found = [reasons_for(laid_out, place, place) for place in range(len(pairs))]
    ids = (np.array([row.pk for row in rows], np.int64) for rows in (people, vacancies))
    told = work.scoring.tell(found, *ids)
    return [[reason.as_dict() for reason in reasons] for reasons in told]


def distance_in(reasons: list[Reason]) -> float | None:
    """Return the distance that a reason tells, km, if one does."""
    return next((reason.values["km"] for reason in reasons if "km" in reason.values), None)


def minutes_for(distance_km: float, jobseeker: Jobseeker, *, enough: bool = False) -> int:
    """Return about how many minutes from door to door, to five minutes, at least five.

    With `enough`, never less than it takes: who accepts so many minutes reaches so far.
    """
    minutes = travel.minutes(distance_km, jobseeker.transport, jobseeker.commune_id)
    return max(5, 5 * (ceil(minutes / 5) if enough else round(minutes / 5)))
