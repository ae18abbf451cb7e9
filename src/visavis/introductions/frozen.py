"""What is shown of somebody's work, in codes: read from her profile, and frozen with the act that shares or ends it.

While nothing is agreed the employer reads her profile of today. From both yes on, and after any end, he reads what
stood there then: what she changes later is not his to read.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from visavis.catalog.distances import km_between
from visavis.common import clock
from visavis.common.prepared import Prepared
from visavis.introductions.enums import BOTH_SAID_YES, CLOSED
from visavis.introductions.models import Frozen, Introduction
from visavis.introductions.models.introduction import still_read, work
from visavis.jobseekers.answers import jobs as answers
from visavis.jobseekers.answers import lists
from visavis.jobseekers.models import Jobseeker
from visavis.vacancies.models import Vacancy


@dataclass(frozen=True)
class Work:
    """What work tells of a person, as it is kept: codes, and labels of the catalogue in French and English."""

    jobs: Sequence[Sequence[Any]] = ()
    """Label in French, in English, months; longest first, no label where the work is not of the catalogue."""
    skills: Sequence[Sequence[Any]] = ()
    """Label in French, in English, level or none."""
    training: int | None = None
    languages: Sequence[Sequence[Any]] = ()
    licences: Sequence[str] = field(default=())
    contracts: Sequence[str] = field(default=())
    is_available: bool | None = None
    distance_km: int | None = None


def of(jobseeker: Jobseeker, vacancy: Vacancy) -> Work:
    """Read what work tells of her today. Words she typed are left out: only words of the catalogue are read."""
    return Work(
        jobs=jobs(jobseeker),
        skills=[(row.skill.label_fr, row.skill.label_en, row.level) for row in lists.skills(jobseeker)],
        training=jobseeker.education_level,
        languages=[(row.language, row.level) for row in lists.languages(jobseeker)],
        licences=list(jobseeker.licences or []),
        contracts=list(jobseeker.contracts or []),
        is_available=None if jobseeker.available_on is None else jobseeker.is_available(clock.today()),
        distance_km=distance_of(jobseeker, vacancy),
    )


def jobs(jobseeker: Jobseeker) -> list[tuple[str, str, int]]:
    """Return how long she did which work, by the catalogue's names, longest first."""
    months: dict[tuple[str, str], int] = {}
    for job in answers.jobs(jobseeker):
        name = (job.occupation.label_fr, job.occupation.label_en) if job.occupation else ("", "")
        months[name] = months.get(name, 0) + (job.months or 0)
    return [(*name, count) for name, count in sorted(months.items(), key=lambda item: -item[1])]


def distance_of(jobseeker: Jobseeker, vacancy: Vacancy) -> int | None:
    """Return how far she lives from the workplace, to the nearest 5 km: less would tell where."""
    home = jobseeker.commune
    if home is None or home.latitude is None or home.longitude is None:
        return None
    if vacancy.latitude is None or vacancy.longitude is None:
        return None
    km = km_between(home.latitude, home.longitude, vacancy.latitude, vacancy.longitude)
    return 5 * max(1, round(km / 5))


def shown(row: Introduction) -> Work:
    """Return what the employer of an introduction may read of her work; nothing where an end was not frozen."""
    if row.state not in BOTH_SAID_YES and row.is_open:
        return of(row.jobseeker, row.vacancy)
    if (kept := kept_of(row)) is not None:
        return Work(**kept.work)
    return of(row.jobseeker, row.vacancy) if row.is_open else Work()


FROZEN = Prepared(lambda introduction: Frozen.objects.filter(introduction=introduction))


def kept_of(row: Introduction) -> Frozen | None:
    """Return what was frozen of an introduction, asked once."""
    kept: Any = Introduction.frozen.related
    if not kept.is_cached(row):
        kept.set_cached_value(row, FROZEN.first(row.pk))
    frozen: Frozen | None = kept.get_cached_value(row)
    return frozen


def is_due(before: str | None, row: Introduction) -> bool:
    """Say whether a move that was just made freezes what is shown: both yes, or an end that the employer reads."""
    if row.state in BOTH_SAID_YES:
        return before not in BOTH_SAID_YES
    return row.state in CLOSED and before not in BOTH_SAID_YES and row.has_reached_employer


def freeze(rows: Iterable[Introduction]) -> int:
    """Keep what these introductions show of her work now, in place of what they kept; return how many."""
    found = list(rows)
    people = list({row.jobseeker_id: row.jobseeker for row in found}.values())
    prefetch_related_objects(people, "commune", *work())
    read = {person.pk: person for person in people}
    kept = [
        Frozen(introduction=row, at=clock.now(), work=asdict(of(read[row.jobseeker_id], row.vacancy)))
        for row in found
    ]
    Frozen.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["introduction"],
        update_fields=["at", "work"],
        batch_size=500,
    )
    return len(kept)


def freeze_behind() -> int:
    """Freeze both yes of before this was kept; return how many."""
    rows = Introduction.objects.filter(state__in=BOTH_SAID_YES, frozen__isnull=True)
    return freeze(rows.select_related("jobseeker", "vacancy")[:500])


def over(now: dt.datetime) -> QuerySet[Frozen]:
    """Find what no employer reads any more."""
    return Frozen.objects.exclude(introduction__in=Introduction.objects.filter(still_read(now)))
