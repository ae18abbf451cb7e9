"""Run the engine over rows and keep its lists."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from visavis.common.progress import Report, silent
from visavis.jobseekers.models import Jobseeker
from visavis.matches import bridge
from visavis.matches.bridge import ENGINE_VERSION, Ranked
from visavis.matches.models import Match
from visavis.vacancies.models import Vacancy

__all__ = ["ENGINE_VERSION", "KEPT", "rank_everybody", "rank_jobseekers", "rank_vacancies"]

# How many places of a list are kept: what is shown, and what takes the place of what is put aside.
KEPT = 40
PEOPLE_AT_ONCE = 1000


def rank_everybody(report: Report = silent) -> None:
    """Make every list. Each thousand people's lists change at once; yesterday's stay until then."""
    vacancies = open_vacancies()
    people = Jobseeker.objects.looking().order_by("pk")
    total = people.count() * 2
    done = 0
    for start in range(0, total // 2, PEOPLE_AT_ONCE):
        some = list(bridge.with_everything(people)[start : start + PEOPLE_AT_ONCE])
        lists = bridge.best_vacancies(some, vacancies, KEPT)
        keep(Match.Side.JOBSEEKER, lists, jobseekers=[jobseeker.pk for jobseeker in some])
        done += len(some)
        report(done, total)
    everybody = list(bridge.with_everything(people))
    lists = bridge.best_jobseekers(everybody, vacancies, KEPT)
    keep(Match.Side.VACANCY, lists, vacancies=[vacancy.pk for vacancy in vacancies])
    drop_what_is_over()
    report(total, total)


def rank_jobseekers(ids: Sequence[int], report: Report = silent) -> None:
    """Make these people's lists, and the lists of the vacancies where they stand or stood."""
    stood = set(
        Match.objects.filter(side=Match.Side.VACANCY, jobseeker__in=ids).values_list("vacancy", flat=True)
    )
    report(0, 2)
    people = list(bridge.with_everything(Jobseeker.objects.looking().filter(pk__in=ids)))
    lists = bridge.best_vacancies(people, open_vacancies(), KEPT)
    keep(Match.Side.JOBSEEKER, lists, jobseekers=ids)
    report(1, 2)
    _rank_vacancy_side(stood | {ranked.vacancy for ranked in lists})
    report(2, 2)


def rank_vacancies(ids: Sequence[int], report: Report = silent) -> None:
    """Make these vacancies' lists, and the lists of the people where they stand or stood."""
    stood = set(
        Match.objects.filter(side=Match.Side.JOBSEEKER, vacancy__in=ids).values_list("jobseeker", flat=True)
    )
    report(0, 2)
    stand = _rank_vacancy_side(ids)
    report(1, 2)
    people = list(bridge.with_everything(Jobseeker.objects.looking().filter(pk__in=stood | stand)))
    lists = bridge.best_vacancies(people, open_vacancies(), KEPT)
    keep(Match.Side.JOBSEEKER, lists, jobseekers=sorted(stood | stand))
    report(2, 2)


def _rank_vacancy_side(ids: Iterable[int]) -> set[int]:
    """Make the lists of people of these vacancies; return who stands in them."""
    wanted = sorted(set(ids))
    vacancies = [vacancy for vacancy in open_vacancies() if vacancy.pk in set(wanted)]
    people = list(bridge.with_everything(Jobseeker.objects.looking().order_by("pk")))
    lists = bridge.best_jobseekers(people, vacancies, KEPT)
    keep(Match.Side.VACANCY, lists, vacancies=wanted)
    return {ranked.jobseeker for ranked in lists}


def open_vacancies() -> list[Vacancy]:
    """Return all that one can answer today, in a fixed order."""
    return list(bridge.with_all_asked(Vacancy.objects.open().order_by("pk")))


def keep(
    side: Match.Side, lists: list[Ranked], *, jobseekers: Sequence[int] = (), vacancies: Sequence[int] = ()
) -> None:
    """Put new lists in the place of the old ones, in one transaction."""
    with transaction.atomic():
        old = Match.objects.filter(side=side)
        old = old.filter(jobseeker__in=jobseekers) if jobseekers else old.filter(vacancy__in=vacancies)
        old.delete()
        Match.objects.bulk_create(
            (
                Match(
                    side=side,
                    jobseeker_id=ranked.jobseeker,
                    vacancy_id=ranked.vacancy,
                    rank=ranked.rank,
                    score=ranked.score,
                    distance_km=ranked.distance_km,
                    reasons=ranked.reasons,
                    engine_version=ENGINE_VERSION,
                )
                for ranked in lists
            ),
            batch_size=500,
        )


def drop_what_is_over() -> None:
    """Take out lists of people who no longer look, and of vacancies that are no longer open."""
    Match.objects.exclude(jobseeker__in=Jobseeker.objects.looking()).delete()
    Match.objects.exclude(vacancy__in=Vacancy.objects.open()).delete()
