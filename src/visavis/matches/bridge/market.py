"""Both sides laid out as columns of the engine, and the pairs it retrieves, scored as today."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from visavis.catalog.models import Mobility, OccupationInterest
from visavis.common import clock
from visavis.engine.facts.columns import JobseekerColumns, VacancyColumns
from visavis.engine.facts.records import Jobseeker as JobseekerRecord
from visavis.engine.facts.records import Vacancy as VacancyRecord
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.facts.rows import take_rows
from visavis.engine.lists.matches import Matches, worth_reading
from visavis.engine.lists.topk import lay_out, parts_of, top_jobseekers, top_vacancies
from visavis.engine.market.market import Codes, Market
from visavis.engine.market.numbered import with_vacancies
from visavis.engine.score.tiers import tiers
from visavis.matches.bridge import scoring
from visavis.matches.bridge.ideal import ideal_profiles
from visavis.matches.bridge.lists import NOTHING, Found, Numbers
from visavis.matches.bridge.reading import day
from visavis.matches.bridge.scoring import Scoring

# Less than five chances in a hundred that both say yes: showing it would waste two people's time.
LEAST_SCORE = -3.0


def market_of(people: JobseekerColumns, work: VacancyColumns, known: Codes | None = None) -> Market:
    """Put both sides before each other, with what relates their occupations and what hires taught."""
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
        return self.columns if places is None else take_rows(self.columns, places)

    def best(self, work: Work, k: int, only: Numbers | None) -> Found:
        """Return the `k` best people of some vacancies, or of all, in any order."""
        found = top_jobseekers(work.cut(only).with_jobseekers(self.columns), k)
        return scored(
            work, self, replace(found, vacancy=found.vacancy if only is None else only[found.vacancy])
        )


def work_of(records: Mapping[int, VacancyRecord]) -> Work:
    """Lay vacancies out, and prepare all that does not depend on people."""
    ids = sorted(records)
    return work_in(np.array(ids, np.int64), vacancy_columns(records[pk] for pk in ids))


def work_to_share(records: Mapping[int, VacancyRecord]) -> Work:
    """Lay vacancies out for others to work on: nothing that each of them lays out better for itself."""
    ids = sorted(records)
    columns = vacancy_columns(records[pk] for pk in ids)
    laid_out = market_of(jobseeker_columns([]), columns)
    return Work(np.array(ids, np.int64), columns.positions.astype(np.int64), laid_out, scoring.current())


def work_in(ids: Numbers, columns: VacancyColumns, known: Codes | None = None) -> Work:
    """Lay vacancies out from their columns; `known` are codes that others laid beside them may name."""
    laid_out = market_of(jobseeker_columns([]), columns, known)
    # Touched once here: copies of the market with people in it share what is ready.
    for name in (
        *("vacancy_points", "offered_pay", "fixed_start", "essential", "wished", "rarity"),
        *("essential_weight", "wished_weight", "titles"),
    ):
        getattr(laid_out, name)
    lay_out(laid_out)
    return Work(ids, columns.positions.astype(np.int64), laid_out, scoring.current())


def people_of(records: Mapping[int, JobseekerRecord]) -> People:
    """Lay people out."""
    ids = sorted(records)
    return People(np.array(ids, np.int64), jobseeker_columns(records[pk] for pk in ids))


def best_work(work: Work, people: People, k: int) -> Found:
    """Return each person's `k` best vacancies, by person, then tier, best first."""
    if not len(work) or not len(people):
        return NOTHING
    found = scored(work, people, worth_reading(work.best(people.take(), k)))
    return found.where(np.lexsort((found.work, -found.score, found.tier, found.person)))


def best_people(work: Work, people: People, k: int, only: Numbers | None = None) -> Found:
    """Return the `k` best people of each vacancy, or of those at some places, by vacancy, best first."""
    only = None if only is None else work.still(only)
    if not len(work) or not len(people) or (only is not None and not len(only)):
        return NOTHING
    found = people.best(work, k, only)
    return found.where(np.lexsort((found.person, -found.score, found.work)))


def scored(work: Work, people: People, matches: Matches) -> Found:
    """Score what was retrieved; the experts' score must be enough as well: nobody answered for pairs below it."""
    ids = people.ids[matches.jobseeker], work.ids[matches.vacancy]
    score = work.scoring.score(matches.parts, *ids)
    enough = (score >= LEAST_SCORE) & (matches.score >= LEAST_SCORE)
    return Found(matches.jobseeker[enough], matches.vacancy[enough], score[enough], matches.tier[enough])


def rescored(work: Work, people: People, found: Found) -> Found:
    """Score pairs that have the experts' score, as `scored` does, and tell their tiers."""
    found = found.where(found.score >= LEAST_SCORE)
    if not len(found):
        return found
    parts = parts_of(*between(work, people, found)).astype(np.float32)
    score = work.scoring.score(parts, people.ids[found.person], work.ids[found.work])
    return replace(found, score=score, tier=tiers(parts)).where(score >= LEAST_SCORE)


def between(work: Work, people: People, found: Found) -> tuple[Market, Numbers, Numbers]:
    """Return a market of those only who stand in some pairs, and the pairs as its rows."""
    who, person = np.unique(found.person, return_inverse=True)
    what, vacancy = np.unique(found.work, return_inverse=True)
    laid_out = work.cut(what).with_jobseekers(people.take(who))
    return laid_out, person.astype(np.int64), vacancy.astype(np.int64)
