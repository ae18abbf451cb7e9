"""Rows to arrays and back: the only place where the tables and the engine meet."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from math import ceil, nan
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from visavis.catalog import travel
from visavis.catalog.models import Mobility, OccupationInterest
from visavis.common import clock
from visavis.engine.columns import JobseekerColumns, VacancyColumns
from visavis.engine.ideal import KINDS as TRAIT_KINDS
from visavis.engine.ideal import Prior, kind_of, traits, traits_of
from visavis.engine.market import Market
from visavis.engine.reasons import Reason, explain, reasons_for
from visavis.engine.records import Jobseeker as JobseekerRecord
from visavis.engine.records import Vacancy as VacancyRecord
from visavis.engine.records import jobseeker_columns, vacancy_columns
from visavis.engine.serving import (
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
from visavis.engine.spread import Graph
from visavis.engine.topk import Matches, lay_out, parts_of, top_jobseekers, top_vacancies
from visavis.engine.unlock import Unlock, unlocks
from visavis.engine.version import ENGINE_VERSION
from visavis.engine.vocabulary import UNKNOWN_DAY, UNKNOWN_LEVEL
from visavis.engine.why_not import Clash, why_not
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.matches import scoring
from visavis.matches.ideal_bridge import corrected, ideal_profiles
from visavis.matches.lists import NOTHING, Found, Numbers, Values
from visavis.matches.models.ideal import TraitRow
from visavis.matches.scoring import Scoring
from visavis.vacancies.models import Vacancy

__all__ = [
    "ENGINE_VERSION",
    "KEPT",
    "SERVED",
    "TRAIT_KINDS",
    "Clash",
    "JobseekerRecord",
    "Night",
    "People",
    "Standing",
    "Told",
    "Unlock",
    "VacancyRecord",
    "Work",
    "best_people",
    "best_work",
    "changes_for",
    "compare",
    "corrected",
    "ideal_profiles",
    "kind_of",
    "limits",
    "night",
    "one_list",
    "reasons_of",
    "standing",
    "traits_held",
    "wider",
    "with_all_asked",
    "with_everything",
]

# Less than five chances in a hundred that both say yes: showing it would waste two people's time.
LEAST_SCORE = -3.0
# A level nobody gave, where the engine wants a number.
LEVEL_UNKNOWN = 0


def with_everything(jobseekers: QuerySet[Jobseeker]) -> QuerySet[Jobseeker]:
    """Fetch what the engine reads of people, in a fixed number of queries."""
    return jobseekers.select_related("commune").prefetch_related(
        "wishes", "experiences", "skills_held", "languages", "interests"
    )


def with_all_asked(vacancies: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
    """Fetch what the engine reads of vacancies, in a fixed number of queries."""
    return vacancies.prefetch_related("skills_asked", "languages_asked")


def market(jobseekers: Iterable[Jobseeker], vacancies: Iterable[Vacancy]) -> Market:
    """Lay both sides out for the engine, in the order given."""
    return _market(
        jobseeker_columns(record_of_jobseeker(jobseeker) for jobseeker in jobseekers),
        vacancy_columns(record_of_vacancy(vacancy) for vacancy in vacancies),
    )


def _market(people: JobseekerColumns, work: VacancyColumns) -> Market:
    links = Mobility.objects.values_list("origin_id", "target_id", "kind")
    interests: dict[str, list[str]] = {}
    for occupation, interest in OccupationInterest.objects.values_list("occupation_id", "interest_id"):
        interests.setdefault(occupation, []).append(interest)
    return Market(
        people,
        work,
        today=day(clock.today()),
        occupation_links=list(links),
        occupation_interests=interests,
    ).with_ideal_profiles(ideal_profiles())


def compare(
    hired: Iterable[JobseekerRecord],
    others: Iterable[JobseekerRecord],
    occupation: str,
    priors: Mapping[str, Prior],
) -> list[TraitRow]:
    """Compare people hired with people who were not, drawn towards what the family says."""
    found = traits(list(hired), list(others), occupation, priors)
    return [cast(TraitRow, asdict(trait)) for trait in found]


def record_as_of(jobseeker: Jobseeker, on: dt.date) -> JobseekerRecord:
    """Read what traits are made of, without the jobs that began after a day."""
    jobs = [
        (job.occupation_id, float(months))
        for job in jobseeker.experiences.all()
        if job.occupation_id and (months := months_until(job, on)) is not None
    ]
    return JobseekerRecord(skills=skills_of(jobseeker), experience=jobs, education=education_of(jobseeker))


def months_until(job: Experience, on: dt.date) -> int | None:
    """Return the months of a job before a day; None when it began later, or when nobody knows."""
    if job.months is None or (job.starts_on is None and job.is_current):
        return None
    if job.starts_on is None:
        return job.months
    if job.starts_on >= on:
        return None
    return min(job.months, (on.year - job.starts_on.year) * 12 + on.month - job.starts_on.month)


def parts_as_of(
    work: list[Vacancy], groups: Iterable[list[tuple[Jobseeker, dt.date, int]]]
) -> Iterator[npt.NDArray[np.float64]]:
    """Score pairs part by part, each person without the jobs that began after a day; a vacancy by its number.

    The ideal part stays out: it was made of the very hires that answers led to.
    """
    column = {vacancy.pk: place for place, vacancy in enumerate(work)}
    empty = _market(jobseeker_columns([]), vacancy_columns(record_of_vacancy(one) for one in work))
    laid_out = empty.with_ideal_profiles({})
    for group in groups:
        people = jobseeker_columns(
            replace(record_of_jobseeker(jobseeker), experience=record_as_of(jobseeker, on).experience)
            for jobseeker, on, _vacancy in group
        )
        places = np.array([column[vacancy] for _jobseeker, _on, vacancy in group], np.int64)
        yield parts_of(laid_out.with_jobseekers(people), np.arange(len(group)), places)


def traits_held(jobseeker: Jobseeker, occupation: str) -> dict[str, set[str]]:
    """Return the traits a person has today, by kind; a kind of which she has said nothing is left out."""
    return traits_of(record_of_traits(jobseeker), occupation)


def record_of_traits(jobseeker: Jobseeker) -> JobseekerRecord:
    """Read what traits are made of, today."""
    return JobseekerRecord(
        skills=skills_of(jobseeker), experience=jobs_of(jobseeker), education=education_of(jobseeker)
    )


def skills_of(jobseeker: Jobseeker) -> list[tuple[str, int]]:
    return [(held.skill_id, held.level or LEVEL_UNKNOWN) for held in jobseeker.skills_held.all()]


def jobs_of(jobseeker: Jobseeker) -> list[tuple[str, float]]:
    return [
        (job.occupation_id, float(job.months))
        for job in jobseeker.experiences.all()
        if job.occupation_id and job.months is not None
    ]


def education_of(jobseeker: Jobseeker) -> int:
    return UNKNOWN_LEVEL if jobseeker.education_level is None else jobseeker.education_level


def record_of_jobseeker(jobseeker: Jobseeker) -> JobseekerRecord:
    """Read one profile; what she has not said stays unknown."""
    place = jobseeker.commune
    wishes = list(jobseeker.wishes.all())
    return JobseekerRecord(
        id=str(jobseeker.pk),
        latitude=number(place.latitude if place else None),
        longitude=number(place.longitude if place else None),
        radius_km=radius(jobseeker),
        wishes=[wish.occupation_id for wish in wishes if wish.occupation_id],
        skills=skills_of(jobseeker),
        experience=jobs_of(jobseeker),
        education=education_of(jobseeker),
        languages=[(spoken.language, spoken.level) for spoken in jobseeker.languages.all()],
        licences=jobseeker.licences,
        contracts=jobseeker.contracts,
        hours_min=number(jobseeker.hours_min),
        hours_max=number(jobseeker.hours_max),
        available_on=day(jobseeker.available_on),
        lowest_pay=number(jobseeker.lowest_pay_hour),
        avoided=jobseeker.avoided_conditions,
        interests=[approved.interest_id for approved in jobseeker.interests.all()],
        texts=[wish.typed for wish in wishes if wish.typed] + ([jobseeker.about] if jobseeker.about else []),
    )


def record_of_vacancy(vacancy: Vacancy) -> VacancyRecord:
    """Read one vacancy; what its employer has not said stays unknown."""
    asked = [skill for skill in vacancy.skills_asked.all() if skill.skill_id]
    months = vacancy.experience_months
    return VacancyRecord(
        id=str(vacancy.pk),
        latitude=number(vacancy.latitude),
        longitude=number(vacancy.longitude),
        place_radius_km=vacancy.precision_km,
        is_remote=vacancy.is_remote,
        occupation=vacancy.occupation_id or "",
        title=vacancy.title,
        essential_skills=[skill.skill_id or "" for skill in asked if skill.is_essential],
        wished_skills=[skill.skill_id or "" for skill in asked if not skill.is_essential],
        experience_months=UNKNOWN_LEVEL if months is None else months,
        experience_is_required=vacancy.experience_is_required,
        education=UNKNOWN_LEVEL if vacancy.education_level is None else vacancy.education_level,
        education_is_required=vacancy.education_is_required,
        languages=[
            (asked.language, asked.level) for asked in vacancy.languages_asked.all() if asked.is_required
        ],
        licences=vacancy.licences,
        contract=vacancy.contract,
        hours_min=number(vacancy.hours_min),
        hours_max=number(vacancy.hours_max),
        starts_on=day(vacancy.starts_on),
        pay_min=number(vacancy.pay_min_hour),
        pay_max=number(vacancy.pay_max_hour),
        conditions=vacancy.conditions,
        positions=vacancy.positions,
    )


def radius(jobseeker: Jobseeker) -> float:
    """Return how far she goes, km: said in km, or in minutes by her transport where she lives; NaN when not said."""
    if jobseeker.radius_km is not None:
        return float(jobseeker.radius_km)
    if jobseeker.minutes is not None:
        return travel.reach_km(jobseeker.minutes, jobseeker.transport, jobseeker.commune_id)
    return nan


def number(value: float | Decimal | None) -> float:
    """Return a float, NaN for what is unknown."""
    return nan if value is None else float(value)


def day(date: dt.date | None) -> int:
    """Return days since 1970-01-01."""
    return UNKNOWN_DAY if date is None else (date - dt.date(1970, 1, 1)).days


@dataclass(frozen=True)
class Work:
    """Vacancies laid out once, for many people: their numbers, rising, and a market with nobody in it."""

    ids: Numbers
    positions: Numbers
    market: Market
    scoring: Scoring

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class People:
    """People laid out once: their numbers, rising, and their columns."""

    ids: Numbers
    columns: JobseekerColumns

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True)
class Told:
    """What is told of one pair."""

    distance_km: float | None
    reasons: list[dict[str, Any]]
    engine_version: str = ENGINE_VERSION


def work_of(records: Mapping[int, VacancyRecord]) -> Work:
    """Lay vacancies out, and prepare all that does not depend on people."""
    ids = sorted(records)
    columns = vacancy_columns(records[pk] for pk in ids)
    laid_out = _market(jobseeker_columns([]), columns)
    # Touched once here: copies of the market with people in it share what is ready.
    for name in ("vacancy_points", "offered_pay", "fixed_start", "essential", "wished", "rarity", "titles"):
        getattr(laid_out, name)
    lay_out(laid_out)
    return Work(np.array(ids, np.int64), columns.positions.astype(np.int64), laid_out, scoring.current())


def people_of(records: Mapping[int, JobseekerRecord]) -> People:
    """Lay people out."""
    ids = sorted(records)
    return People(np.array(ids, np.int64), jobseeker_columns(records[pk] for pk in ids))


def records_of_work(vacancies: Iterable[Vacancy]) -> dict[int, VacancyRecord]:
    return {vacancy.pk: record_of_vacancy(vacancy) for vacancy in vacancies}


def records_of_people(jobseekers: Iterable[Jobseeker]) -> dict[int, JobseekerRecord]:
    return {jobseeker.pk: record_of_jobseeker(jobseeker) for jobseeker in jobseekers}


def best_work(work: Work, people: People, k: int) -> Found:
    """Return each person's `k` best vacancies, by person, best first."""
    if not len(work) or not len(people):
        return NOTHING
    found = _found(work, people, top_vacancies(work.market.with_jobseekers(people.columns), k))
    return found.where(np.lexsort((found.work, -found.score, found.person)))


def best_people(work: Work, people: People, k: int, only: Sequence[int] | None = None) -> Found:
    """Return the `k` best people of each vacancy, or of those at some places, by vacancy, best first."""
    if not len(work) or not len(people):
        return NOTHING
    found = _found(
        work, people, top_jobseekers(work.market.with_jobseekers(people.columns), k, vacancies=only)
    )
    return found.where(np.lexsort((found.person, -found.score, found.work)))


def _found(work: Work, people: People, matches: Matches) -> Found:
    """Score what was retrieved; the experts' score must be enough as well: nobody answered for pairs below it."""
    ids = people.ids[matches.jobseeker], work.ids[matches.vacancy]
    score = work.scoring.score(matches.parts, *ids)
    enough = (score >= LEAST_SCORE) & (matches.score >= LEAST_SCORE)
    return Found(matches.jobseeker[enough], matches.vacancy[enough], score[enough])


def told(work: Work, people: People, found: Found) -> list[Told]:
    """Return the reasons of each pair, in the order given."""
    if not len(found.score):
        return []
    laid_out = work.market.with_jobseekers(people.columns)
    parts = parts_of(laid_out, found.person, found.work).astype(np.float32)
    no_rank = np.zeros(len(found.score), np.int32)
    explained = explain(laid_out, Matches(found.person, found.work, no_rank, found.score, parts))
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

    return unlocks(work.market.with_jobseekers(person.columns), 0, chances=chances)


@dataclass(frozen=True)
class Standing:
    """Where one pair stands: what it breaks, its place among all that suit her, its score and reasons."""

    clashes: list[Clash]
    rank: int | None
    out_of: int
    score: float
    reasons: list[dict[str, Any]]
    unlocks: list[Unlock]


def standing(jobseeker: Jobseeker, vacancy: Vacancy, vacancies: list[Vacancy]) -> Standing:
    """Return where a vacancy stands for a person among the vacancies given, of which it may be one."""
    others = [one for one in vacancies if one.pk != vacancy.pk]
    laid_out = market([jobseeker], [*others, vacancy])
    place = len(others)
    clashes = why_not(laid_out, 0, place)
    ranked, now = top_vacancies(laid_out, place + 1), scoring.current()
    ids = np.array([one.pk for one in [*others, vacancy]], np.int64)
    hers = np.full(len(ids), jobseeker.pk)
    scores = now.score(ranked.parts, hers[: len(ranked)], ids[ranked.vacancy])
    order = np.lexsort((ranked.vacancy, -scores))
    found = (ranked.vacancy[order] == place).nonzero()[0]
    told = now.tell([reasons_for(laid_out, 0, place)], hers[:1], ids[place:])[0]
    reasons = [reason.as_dict() for reason in told]
    return Standing(
        clashes=clashes,
        rank=int(found[0]) + 1 if len(found) else None,
        out_of=len(ranked),
        score=float(sum(reason["logit"] for reason in reasons)),
        reasons=reasons,
        unlocks=unlocks(laid_out, 0) if clashes else [],
    )


def reasons_of(
    pairs: list[tuple[Jobseeker, Vacancy]], vacancies: list[Vacancy]
) -> list[list[dict[str, Any]]]:
    """Return the reasons of each pair, suited or not, weighed as among the vacancies given."""
    people = list({person.pk: person for person, _vacancy in pairs}.values())
    work = list({one.pk: one for one in [*vacancies, *(vacancy for _person, vacancy in pairs)]}.values())
    laid_out = market(people, work)
    row = {person.pk: place for place, person in enumerate(people)}
    column = {one.pk: place for place, one in enumerate(work)}
    found = [reasons_for(laid_out, row[person.pk], column[vacancy.pk]) for person, vacancy in pairs]
    ids = (np.array([pair[side].pk for pair in pairs], np.int64) for side in (0, 1))
    told = scoring.current().tell(found, *ids)
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
