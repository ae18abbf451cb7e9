"""Rows become explained lists."""

import pytest

from tests import factories
from tests.matches import listed
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import market
from visavis.matches.making import ranking
from visavis.matches.models import Match, MatchList
from visavis.vacancies.models import Vacancy

pytestmark = pytest.mark.django_db


def test_a_vacancy_that_suits_stands_in_her_list_and_she_in_its_unless_hopeless_or_not_looking(
    baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    ranking.rank_everybody()
    kept = Match.objects.for_jobseeker(baker).get()
    assert kept.vacancy == bakery
    assert Match.objects.for_vacancy(bakery).filter(jobseeker=baker).exists()
    with monkeypatch.context() as hopeless:
        hopeless.setattr(market, "LEAST_SCORE", kept.score + 0.1)
        ranking.rank_everybody()
        assert not Match.objects.filter(jobseeker=baker, vacancy=bakery).exists()
    ranking.rank_everybody()
    assert Match.objects.for_jobseeker(baker).exists()
    Jobseeker.objects.filter(pk=baker.pk).update(is_looking=False)
    ranking.rank_jobseekers([baker.pk])
    assert not Match.objects.filter(jobseeker=baker).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"contract": "temporary"},
        {"licences": ["C"]},
        {"latitude": 48.85, "longitude": 2.35},
        {"state": "closed"},
        {"state": "draft"},
        {"closes_on": "2020-01-01"},
    ],
    ids=lambda change: next(iter(change.values())).__str__(),
)
def test_a_vacancy_that_breaks_one_limit_is_in_no_list(
    baker: Jobseeker, bakery: Vacancy, change: dict[str, object]
) -> None:
    Vacancy.objects.filter(pk=bakery.pk).update(**change)
    ranking.rank_everybody()
    assert not Match.objects.filter(jobseeker=baker).exists()


def test_an_empty_profile_has_a_list(town: Town, bakery: Vacancy) -> None:
    empty = factories.JobseekerFactory(commune=None)
    ranking.rank_jobseekers([empty.pk])
    assert Match.objects.for_jobseeker(empty).get().vacancy == bakery


@pytest.mark.database
def test_ranking_one_person_makes_the_same_list_as_ranking_everybody(
    baker: Jobseeker, bakery: Vacancy
) -> None:
    factories.VacancyFactory(title="Boulanger de nuit")
    ranking.rank_everybody()
    rows, names = (
        Match.objects.order_by("side", "jobseeker", "vacancy", "rank"),
        ("side", "jobseeker", "vacancy"),
    )
    everybody = listed.values(rows.all(), *names, "rank", "score", "reasons", "distance_km")
    assert all(reasons for *_rest, reasons, _km in everybody)
    MatchList.objects.all().delete()
    for jobseeker in Jobseeker.objects.all():
        ranking.rank_jobseekers([jobseeker.pk])
    one_by_one = listed.values(rows.all(), *names, "rank", "score", "reasons", "distance_km")
    assert one_by_one == everybody
