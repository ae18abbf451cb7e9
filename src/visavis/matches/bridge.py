"""Rows to arrays and back: the only place where the tables and the engine meet."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from math import nan
from typing import Any, cast

from django.db.models import QuerySet

from visavis.catalog.models import Mobility, OccupationInterest
from visavis.common import clock
from visavis.engine.geo import reach_km
from visavis.engine.ideal import KINDS as TRAIT_KINDS
from visavis.engine.ideal import kind_of, traits, traits_of
from visavis.engine.market import Market
from visavis.engine.reasons import Reason, explain, reasons_for
from visavis.engine.records import Jobseeker as JobseekerRecord
from visavis.engine.records import Vacancy as VacancyRecord
from visavis.engine.records import jobseeker_columns, vacancy_columns
from visavis.engine.topk import Matches, top_jobseekers, top_vacancies
from visavis.engine.unlock import SkillGain, Unlock, skill_gains, unlocks
from visavis.engine.version import ENGINE_VERSION
from visavis.engine.vocabulary import SPEED_KM_H, UNKNOWN_DAY, UNKNOWN_LEVEL
from visavis.engine.weights import IDEAL_EMPHASIS
from visavis.engine.why_not import Clash, why_not
from visavis.jobseekers.models import Experience, Jobseeker
from visavis.matches.models.ideal import Correction, IdealProfile, TraitRow
from visavis.vacancies.models import Vacancy

__all__ = [
    "ENGINE_VERSION",
    "TRAIT_KINDS",
    "Clash",
    "Ranked",
    "SkillGain",
    "Standing",
    "Unlock",
    "best_jobseekers",
    "best_vacancies",
    "changes_for",
    "compare",
    "kind_of",
    "reasons_of",
    "standing",
    "traits_held",
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
    links = Mobility.objects.values_list("origin_id", "target_id", "kind")
    interests: dict[str, list[str]] = {}
    for occupation, interest in OccupationInterest.objects.values_list("occupation_id", "interest_id"):
        interests.setdefault(occupation, []).append(interest)
    return Market(
        jobseeker_columns(record_of_jobseeker(jobseeker) for jobseeker in jobseekers),
        vacancy_columns(record_of_vacancy(vacancy) for vacancy in vacancies),
        today=day(clock.today()),
        occupation_links=list(links),
        occupation_interests=interests,
    ).with_ideal_profiles(ideal_profiles())


def ideal_profiles() -> dict[str, dict[str, float]]:
    """Return what each trait adds, by occupation, as counsellors corrected it; nothing before ten hires."""
    rows = IdealProfile.objects.current().filter(is_seed=False)
    found = {row.occupation_id: {trait["code"]: trait["credit"] for trait in row.rows} for row in rows}
    for correction in Correction.objects.present():
        profile = found.get(correction.occupation_id, {})
        if correction.trait in profile:
            profile[correction.trait] = corrected(profile[correction.trait], correction.what)
    return found


def corrected(credit: float, what: str) -> float:
    """Return what a corrected trait adds."""
    return max(credit, IDEAL_EMPHASIS) if what == Correction.What.EMPHASISED else 0.0


def compare(
    hired: Iterable[tuple[Jobseeker, dt.date]],
    others: Iterable[tuple[Jobseeker, dt.date]],
    occupation: str,
) -> list[TraitRow]:
    """Compare people hired with people who were not, each as she was on the day beside her."""
    found = traits(
        [record_as_of(jobseeker, on) for jobseeker, on in hired],
        [record_as_of(jobseeker, on) for jobseeker, on in others],
        occupation,
    )
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


def traits_held(jobseeker: Jobseeker, occupation: str) -> dict[str, set[str]]:
    """Return the traits a person has today, by kind; a kind of which she has said nothing is left out."""
    record = JobseekerRecord(
        skills=skills_of(jobseeker), experience=jobs_of(jobseeker), education=education_of(jobseeker)
    )
    return traits_of(record, occupation)


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
    """Return how far she goes, km: said in km, or in minutes by her transport; NaN when not said."""
    if jobseeker.radius_km is not None:
        return float(jobseeker.radius_km)
    if jobseeker.minutes is not None:
        return reach_km(float(jobseeker.minutes), jobseeker.transport or "car")
    return nan


def number(value: float | Decimal | None) -> float:
    """Return a float, NaN for what is unknown."""
    return nan if value is None else float(value)


def day(date: dt.date | None) -> int:
    """Return days since 1970-01-01."""
    return UNKNOWN_DAY if date is None else (date - dt.date(1970, 1, 1)).days


@dataclass(frozen=True)
class Ranked:
    """One place in a list, in rows' numbers again."""

    jobseeker: int
    vacancy: int
    rank: int
    score: float
    distance_km: float | None
    reasons: list[dict[str, Any]]


def best_vacancies(jobseekers: list[Jobseeker], vacancies: list[Vacancy], k: int) -> list[Ranked]:
    """Return each person's best vacancies, explained."""
    if not jobseekers or not vacancies:
        return []
    laid_out = market(jobseekers, vacancies)
    return _rows(laid_out, top_vacancies(laid_out, k), jobseekers, vacancies)


def best_jobseekers(jobseekers: list[Jobseeker], vacancies: list[Vacancy], k: int) -> list[Ranked]:
    """Return each vacancy's best people, explained."""
    if not jobseekers or not vacancies:
        return []
    laid_out = market(jobseekers, vacancies)
    return _rows(laid_out, top_jobseekers(laid_out, k), jobseekers, vacancies)


def changes_for(jobseeker: Jobseeker, vacancies: list[Vacancy]) -> tuple[list[Unlock], list[SkillGain]]:
    """Return what one change would open for a person, and the skills worth learning; exact."""
    if not vacancies:
        return [], []
    laid_out = market([jobseeker], vacancies)
    listed = top_vacancies(laid_out, 20).vacancy
    return unlocks(laid_out, 0), skill_gains(laid_out, 0, listed)


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
    ranked = top_vacancies(laid_out, place + 1)
    found = (ranked.vacancy == place).nonzero()[0]
    reasons = [reason.as_dict() for reason in reasons_for(laid_out, 0, place)]
    return Standing(
        clashes=clashes,
        rank=int(ranked.rank[found[0]]) if len(found) else None,
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
    return [
        [reason.as_dict() for reason in reasons_for(laid_out, row[person.pk], column[vacancy.pk])]
        for person, vacancy in pairs
    ]


def _rows(
    laid_out: Market, matches: Matches, jobseekers: list[Jobseeker], vacancies: list[Vacancy]
) -> list[Ranked]:
    """Turn the engine's arrays into rows, each with its reasons."""
    explained = explain(laid_out, matches)
    return [
        Ranked(
            jobseeker=jobseekers[one].pk,
            vacancy=vacancies[other].pk,
            rank=rank,
            score=score,
            distance_km=distance_in(reasons),
            reasons=[reason.as_dict() for reason in reasons],
        )
        for one, other, rank, score, reasons in zip(
            matches.jobseeker.tolist(),
            matches.vacancy.tolist(),
            matches.rank.tolist(),
            matches.score.tolist(),
            explained,
            strict=True,
        )
        if score >= LEAST_SCORE
    ]


def distance_in(reasons: list[Reason]) -> float | None:
    """Return the distance that a reason tells, km, if one does."""
    return next((reason.values["km"] for reason in reasons if "km" in reason.values), None)


def minutes_for(distance_km: float, transport: str) -> int:
    """Return the minutes from door to door, to five minutes, at least five."""
    minutes = 60.0 * distance_km / SPEED_KM_H[transport or "car"]
    return max(5, 5 * round(minutes / 5))
