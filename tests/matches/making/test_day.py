"""By day: one list among the others, at the night's prices; fifty kept, twenty shown."""

import datetime as dt
from unittest.mock import patch

import pytest

from tests import factories
from tests.matches import listed
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches import services
from visavis.matches.bridge import market
from visavis.matches.making import day, freshness, ranking
from visavis.matches.models import Edition, Match, MatchList, Price
from visavis.vacancies.models import SkillAsked, Vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakeries(baker: Jobseeker, bakery: Vacancy) -> list[Vacancy]:
    """Sixty bakeries, each a little farther than the last; her list of the night."""
    vacancies = [
        factories.VacancyFactory(title="Boulanger", latitude=44.9333 + number * 0.002) for number in range(59)
    ]
    ranking.rank_everybody()
    return [bakery, *vacancies]


def hers(person: Jobseeker) -> list[int]:
    return list(Match.objects.for_jobseeker(person).values_list("vacancy", flat=True))


def page(town: Town) -> list[int]:
    """The openings shown on the two pages of her list."""
    client = town.client("amelie")
    pages = [client.get(f"/openings/?page={number}").context for number in (1, 2)]
    return [match.vacancy_id for one in pages for match in one["page_obj"].object_list]


def test_fifty_are_kept_twenty_are_shown_and_the_next_takes_the_place_of_what_goes(
    town: Town, baker: Jobseeker, bakeries: list[Vacancy]
) -> None:
    assert len(hers(baker)) == 50
    assert page(town) == hers(baker)[:20]
    assert town.client("amelie").get("/openings/").context["page_obj"].paginator.count == 20
    before = hers(baker)
    with patch.object(day, "rank_jobseekers") as again:
        aside = Vacancy.objects.get(pk=before[0])
        services.say(jobseeker=baker, vacancy=aside, kind="not_for_me", by=baker.user)
        Vacancy.objects.filter(pk=before[1]).update(state="closed")
        assert page(town) == before[2:22]
    again.assert_not_called()


def test_a_list_is_fresh_after_the_change_and_made_anew_with_fewer_than_twenty_five_left(
    town: Town, baker: Jobseeker, bakeries: list[Vacancy]
) -> None:
    before = hers(baker)
    Vacancy.objects.filter(pk__in=before[:25]).update(state="closed", changed_at=clock.now())
    ranking.serve_more([baker.pk])
    assert hers(baker) == before
    Vacancy.objects.filter(pk=before[25]).update(state="closed", changed_at=clock.now())
    ranking.serve_more([baker.pk])
    assert set(hers(baker)) == {one.pk for one in bakeries} - set(before[:26])
    with patch.object(freshness.ranking, "rank_jobseekers") as again:
        freshness.jobseeker_changed(baker.pk)
        again.assert_not_called()
        Jobseeker.objects.filter(pk=baker.pk).update(changed_at=clock.now() + dt.timedelta(seconds=1))
        freshness.jobseeker_changed(baker.pk)
        again.assert_called_once()


@pytest.mark.database
def test_a_list_made_by_day_has_the_nights_prices(baker: Jobseeker, bakeries: list[Vacancy]) -> None:
    rows = Match.objects.for_jobseeker(baker)
    names = "vacancy", "rank", "score", "reasons", "distance_km"
    night = listed.values(rows.all(), *names), [row.worth for row in rows.all()]
    ranking.rank_jobseekers([baker.pk])
    assert listed.values(rows.all(), *names) == night[0]
    assert [row.worth for row in rows.all()] == pytest.approx(night[1])
    first = hers(baker)[0]
    Price.objects.filter(vacancy=first).update(price=5.0)
    ranking.rank_jobseekers([baker.pk])
    assert hers(baker).index(first) == 49


@pytest.mark.database
def test_a_vacancy_shown_as_often_as_it_may_be_waits_behind(
    baker: Jobseeker, bakeries: list[Vacancy]
) -> None:
    first = hers(baker)[0]
    Edition.objects.update(times=1.0)
    factories.MatchFactory(vacancy_id=first, rank=20)
    ranking.rank_jobseekers([baker.pk])
    assert hers(baker).index(first) == 20
    assert len(hers(baker)) == 50


def test_who_would_have_nothing_is_shown_what_is_full_and_a_new_one_enters_no_more_than_it_may(
    baker: Jobseeker, bakery: Vacancy, town: Town
) -> None:
    ranking.rank_everybody()
    Edition.objects.update(times=1.0)
    factories.MatchFactory(vacancy=bakery)
    ranking.rank_jobseekers([baker.pk])
    assert hers(baker) == [bakery.pk]
    people = [factories.JobseekerFactory(commune=None) for _number in range(5)]
    ranking.rank_everybody()
    Edition.objects.update(times=2.0)
    new = factories.VacancyFactory(title="Boulangère")
    ranking.rank_vacancies([new.pk])
    assert Match.objects.filter(side="jobseeker", vacancy=new).count() == 2
    assert all(hers(one) for one in people)


def test_people_of_one_run_count_for_each_other_if_none_loses_much(town: Town, bakery: Vacancy) -> None:
    factories.VacancyFactory(title="Boulanger", latitude=45.0)
    people = [factories.JobseekerFactory(commune=None) for _number in range(4)]
    Edition.objects.create(is_served=True, times=2.0)
    ranking.rank_jobseekers([one.pk for one in people])
    assert [len(hers(one)) for one in people] == [2, 2, 2, 2]
    for _number in range(20):
        factories.VacancyFactory(title=bakery.title, positions=50)
    Edition.objects.update(times=1.0)
    ranking.rank_jobseekers([one.pk for one in people])
    assert all(len(hers(one)) >= 20 for one in people)
    assert sum(bakery.pk in hers(one)[:20] for one in people) <= 1


@pytest.mark.database
def test_a_new_vacancy_enters_where_it_is_worth_more_than_the_twentieth(
    town: Town, baker: Jobseeker, bakeries: list[Vacancy]
) -> None:
    near = factories.VacancyFactory(title="Boulangère", latitude=44.9333 + 0.002 * 5)
    SkillAsked.objects.create(vacancy=near, skill=factories.SkillFactory(), is_essential=True)
    far = factories.VacancyFactory(title="Commis", latitude=44.9333 + 0.002 * 55)
    changed = [ranking.rank_vacancies([one.pk]) for one in (near, far)]
    assert [baker.pk in one for one in changed] == [True, False]
    assert near.pk in hers(baker)[:20] and far.pk not in hers(baker)
    ranks = list(Match.objects.for_jobseeker(baker).values_list("rank", flat=True))
    assert ranks == list(range(1, 52))
    worth = [match.worth for match in Match.objects.for_jobseeker(baker)][:20]
    assert worth == sorted(worth, reverse=True)


# Rows become explained lists --------------------------------------------------------------------------


def test_a_vacancy_that_suits_stands_in_her_list_and_in_that_of_an_empty_profile(
    baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch, town: Town
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
    empty = factories.JobseekerFactory(commune=None)
    ranking.rank_jobseekers([empty.pk])
    assert Match.objects.for_jobseeker(empty).get().vacancy == bakery


def test_a_vacancy_that_breaks_one_limit_is_in_no_list(baker: Jobseeker, bakery: Vacancy) -> None:
    rows = Vacancy.objects.filter(pk=bakery.pk)
    limits: list[dict[str, object]] = [
        {"contract": "temporary"},
        {"licences": ["C"]},
        {"latitude": 48.85, "longitude": 2.35},
        {"state": "closed"},
        {"state": "draft"},
        {"closes_on": "2020-01-01"},
    ]
    for change in limits:
        before = rows.values(*change).get()
        rows.update(**change)
        ranking.rank_everybody()
        assert not Match.objects.filter(jobseeker=baker).exists(), change
        rows.update(**before)


@pytest.mark.database
def test_ranking_one_person_makes_the_nights_list_and_a_person_enters_and_leaves_those_of_vacancies(
    baker: Jobseeker, bakery: Vacancy, town: Town
) -> None:
    factories.VacancyFactory(title="Boulanger de nuit")
    ranking.rank_everybody()
    rows = Match.objects.order_by("side", "jobseeker", "vacancy", "rank")
    names = "side", "jobseeker", "vacancy", "rank", "score", "reasons", "distance_km"
    everybody = listed.values(rows.all(), *names)
    assert all(reasons for *_rest, reasons, _km in everybody)
    MatchList.objects.all().delete()
    for jobseeker in Jobseeker.objects.all():
        ranking.rank_jobseekers([jobseeker.pk])
    assert listed.values(rows.all(), *names) == everybody
    others = [factories.JobseekerFactory(commune=None) for _number in range(3)]
    ranking.rank_everybody()
    Jobseeker.objects.filter(pk=baker.pk).update(is_looking=False, changed_at=clock.now())
    ranking.rank_jobseekers([baker.pk])
    rows = Match.objects.for_vacancy(bakery)
    assert list(rows.values_list("rank", flat=True)) == list(range(1, len(others) + 2))
    Jobseeker.objects.filter(pk=baker.pk).update(is_looking=True, changed_at=clock.now())
    ranking.rank_jobseekers([baker.pk])
    assert rows.first().jobseeker == baker  # type: ignore[union-attr]
    assert list(rows.values_list("rank", flat=True)) == list(range(1, len(others) + 3))
