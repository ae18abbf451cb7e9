"""Why a pair was proposed, as codes and values: what a card says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from visavis.engine.explain.reasons import Reason, explain, reasons_for
from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.lists.matches import Matches
from visavis.engine.lists.topk import parts_of
from visavis.engine.market.newcomers import with_newcomers
from visavis.engine.version import ENGINE_VERSION
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge.lists import Found
from visavis.matches.bridge.market import People, Work, between
from visavis.matches.bridge.reading import people_in_order, work_in_order
from visavis.vacancies.models import Vacancy


@dataclass(frozen=True)
class Told:
    """What is told of one pair."""

    distance_km: float | None
    reasons: list[dict[str, Any]]
    engine_version: str = ENGINE_VERSION


def told(work: Work, people: People, found: Found) -> list[Told]:
    """Return the reasons of each pair, in the order given."""
    if not len(found.score):
        return []
    laid_out, person, vacancy = between(work, people, found)
    parts = parts_of(laid_out, person, vacancy).astype(np.float32)
    no_rank = np.zeros(len(found.score), np.int32)
    explained = explain(laid_out, Matches(person, vacancy, no_rank, found.score, parts, found.tier))
    explained = work.scoring.tell(explained, people.ids[found.person], work.ids[found.work])
    version = work.scoring.engine_version
    return [
        Told(distance_in(reasons), [reason.as_dict() for reason in reasons], version) for reasons in explained
    ]


def of_pairs(work: Work, pairs: Sequence[tuple[Jobseeker, Vacancy]]) -> list[list[dict[str, Any]]]:
    """Return the reasons of each pair, suited or not, weighed as among the vacancies laid out."""
    people, vacancies = [person for person, _vacancy in pairs], [vacancy for _person, vacancy in pairs]
    alone = with_newcomers(work.market, vacancy_columns(work_in_order(vacancies)))
    laid_out = alone.with_jobseekers(jobseeker_columns(people_in_order(people)))
    found = [reasons_for(laid_out, place, place) for place in range(len(pairs))]
    ids = (np.array([row.pk for row in rows], np.int64) for rows in (people, vacancies))
    told = work.scoring.tell(found, *ids)
    return [[reason.as_dict() for reason in reasons] for reasons in told]


def distance_in(reasons: list[Reason]) -> float | None:
    """Return the distance that a reason tells, km, if one does."""
    return next((reason.values["km"] for reason in reasons if "km" in reason.values), None)
