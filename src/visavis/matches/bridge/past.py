"""Pairs scored as they stood on an earlier day: what the learned score learns from."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from django.db.models import QuerySet

from visavis.engine.facts.records import jobseeker_columns, vacancy_columns
from visavis.engine.lists.topk import parts_of
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge.market import market_of
from visavis.matches.bridge.reading import records_of_people, work_in_order
from visavis.matches.bridge.traits import record_as_of
from visavis.vacancies.models import Vacancy


def with_everything(jobseekers: QuerySet[Jobseeker]) -> QuerySet[Jobseeker]:
    """Fetch what the engine reads of people, in a fixed number of queries."""
    return jobseekers.select_related("commune").prefetch_related(
        "wishes", "experiences", "skills_held", "languages", "interests"
    )


def parts_as_of(
    work: list[Vacancy], groups: Iterable[list[tuple[Jobseeker, dt.date, int]]]
) -> Iterator[npt.NDArray[np.float64]]:
    """Score pairs part by part, each person without the jobs that began after a day; a vacancy by its number.

    The ideal part stays out: it was made of the very hires that answers led to.
    """
    column = {vacancy.pk: place for place, vacancy in enumerate(work)}
    empty = market_of(jobseeker_columns([]), vacancy_columns(work_in_order(work)))
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
