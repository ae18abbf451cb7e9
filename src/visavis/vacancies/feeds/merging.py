"""Show once the job that several sources bring: `Vacancy.same_as` points to the vacancy shown in its place.

Every source keeps its row. `Vacancy.objects.open()` leaves copies out, and takes them in again by itself when
the one shown is no longer open. The rule stands at the head of feeds.duplicates.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from django.db.models import Q

from visavis.vacancies.feeds import duplicates
from visavis.vacancies.feeds.duplicates import OURS, Job
from visavis.vacancies.models import Vacancy
from visavis.vacancies.models.vacancy import VacancyQuerySet

# Vacancies whose descriptions are in memory at once.
AT_ONCE = 2_000


def merge_all() -> int:
    """Look at every open vacancy again; return how many are now shown elsewhere, or shown again."""
    shared = duplicates.blocks(
        (pk, feed or OURS, commune, employer)
        for pk, feed, commune, employer in comparable()
        .values_list("pk", "feed_id", "commune_id", "employer__name")
        .order_by("pk")
        .iterator()
    )
    kept_apart = set(Vacancy.objects.filter(same_as__isnull=False).values_list("pk", flat=True))
    changed = 0
    for group in _gathered(shared.values()):
        kept_apart.difference_update(pk for pks in group for pk in pks)
        changed += len(_settle(group))
    for part in batched(sorted(kept_apart), AT_ONCE, strict=False):
        changed += Vacancy.objects.filter(pk__in=part).update(same_as=None)
    return changed


def merge_around(vacancy: Vacancy) -> list[int]:
    """Look again at the vacancies of one vacancy's employer in its commune; return the numbers that changed."""
    if not vacancy.commune_id or not vacancy.employer:
        return []
    key = duplicates.employer_key(vacancy.employer.name)
    near = Vacancy.objects.filter(commune_id=vacancy.commune_id, employer__isnull=False).filter(
        Q(pk__in=comparable()) | Q(same_as__isnull=False)
    )
    there = near.values_list("pk", "employer__name").order_by("pk")
    return _settle([[pk for pk, name in there.iterator() if duplicates.employer_key(name) == key]])


def comparable() -> VacancyQuerySet:
    """Return the vacancies that may be one job: open, with an employer and a commune."""
    return Vacancy.objects.live().filter(commune__isnull=False, employer__isnull=False)


def _gathered(groups: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Put small groups together, to ask the database less often."""
    held: list[list[int]] = []
    count = 0
    for group in groups:
        if held and count + len(group) > AT_ONCE:
            yield held
            held, count = [], 0
        held.append(group)
        count += len(group)
    if held:
        yield held


def _settle(groups: Sequence[Sequence[int]]) -> list[int]:
    """Settle groups of vacancies that may be the same job; return the numbers of those that changed."""
    numbers = [pk for group in groups for pk in group]
    before = dict(_in_parts(numbers, "same_as_id"))
    wanted: dict[int, int | None] = dict.fromkeys(numbers)
    jobs = {job.pk: job for job in _jobs(numbers)}
    for group in groups:
        wanted |= duplicates.settle([jobs[pk] for pk in group if pk in jobs])
    changed = [pk for pk in numbers if pk in before and before[pk] != wanted[pk]]
    rows = [Vacancy(pk=pk, same_as_id=wanted[pk]) for pk in changed]
    Vacancy.objects.bulk_update(rows, ["same_as"], batch_size=500)
    return changed


def _in_parts(numbers: Sequence[int], *names: str) -> Iterator[tuple[int, int | None]]:
    for part in batched(numbers, AT_ONCE, strict=False):
        yield from Vacancy.objects.filter(pk__in=part).values_list("pk", *names)


def _jobs(numbers: Sequence[int]) -> Iterator[Job]:
    names = (
        "pk", "feed_id", "employer__siret", "title", "description", "occupation_id", "contract", "contract_months",
        "hours_min", "hours_max", "pay_min_hour", "pay_max_hour", "starts_on", "published_at",
    )  # fmt: skip
    for part in batched(numbers, AT_ONCE, strict=False):
        for row in comparable().filter(pk__in=part).values_list(*names).iterator():
            pk, feed, siret, title, description, occupation, contract, months = row[:8]
            bounds = [None if value is None else float(value) for value in row[8:12]]
            yield Job(
                pk=pk,
                source=feed or OURS,
                siret=siret,
                title=title,
                description=description,
                occupation=occupation or "",
                contract=contract,
                contract_months=months,
                hours=(bounds[0], bounds[1]),
                pay=(bounds[2], bounds[3]),
                starts_on=row[12],
                published_on=row[13].date() if row[13] else None,
            )
