"""Everybody's lists are made apart and served at once; prices, limits and what changed meanwhile."""

from unittest.mock import patch

import pytest

from tests import factories
from tests.common.at_once import ROUNDS, Found, played, wrong
from tests.introductions.test_at_once import database  # noqa: F401  (a fixture)
from tests.matches.making.killing import DEADLY, NIGHTS
from tests.personas import Town
from visavis.common import clock
from visavis.jobseekers.models import Jobseeker
from visavis.matches.bridge import serving
from visavis.matches.making import editions, ranking
from visavis.matches.models import Edition, Match, Opinion, Price
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]

KILLING = "tests.matches.making.killing"


def lists() -> set[tuple[object, ...]]:
    return set(Match.objects.values_list("side", "jobseeker", "vacancy", "rank"))


def test_people_read_yesterdays_lists_whole_until_the_new_ones_are_whole_and_swapped_at_once(
    baker: Jobseeker, bakery: Vacancy
) -> None:
    ranking.rank_everybody()
    yesterday, seen = lists(), []
    factories.VacancyFactory(title="Boulangère de nuit")
    ranking.rank_everybody(lambda _done, _total: seen.append(lists()))
    today = lists()
    assert today != yesterday
    assert [one in (yesterday, today) for one in seen] == [True] * len(seen)
    assert seen[0] == seen[-2] == yesterday
    ranking.rank_everybody()
    with patch.object(editions, "serve", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        ranking.rank_everybody()
    assert Match.everything.count() == 2 * Match.objects.count() > 0
    ranking.rank_everybody()
    assert Match.everything.count() == Match.objects.count()
    assert Edition.objects.count() == 1
    ranking.rank_everybody()
    yesterday = lists()
    new = editions.begin(0.5)
    with patch.object(Edition, "save", side_effect=OSError), pytest.raises(OSError):
        editions.serve(new)
    assert lists() == yesterday != set()


def test_a_profile_changed_or_a_vacancy_closed_while_the_lists_are_made_counts_as_it_is_now(
    baker: Jobseeker, bakery: Vacancy
) -> None:
    other = factories.VacancyFactory(title="Boulanger intérimaire", contract="temporary")

    def change(done: int, total: int) -> None:
        if done < total and not Jobseeker.objects.filter(contracts=["temporary"]).exists():
            Jobseeker.objects.filter(pk=baker.pk).update(
                contracts=["temporary"], changed_at=clock.now(), version=99
            )
            ranking.rank_jobseekers([baker.pk])

    ranking.rank_everybody(change)
    assert [match.vacancy for match in Match.objects.for_jobseeker(baker)] == [other]

    def close(done: int, total: int) -> None:
        Vacancy.objects.filter(pk=other.pk).update(state="closed", changed_at=clock.now())

    ranking.rank_everybody(close)
    assert not Match.objects.filter(vacancy=other).exists()


def test_what_she_put_aside_takes_no_place_and_prices_are_kept_a_row_a_vacancy(
    town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    factories.VacancyFactory(title="Boulanger", latitude=45.0)
    Opinion.objects.create(jobseeker=baker, vacancy=bakery, kind="not_for_me", said_by=baker.user)
    for make in (ranking.rank_everybody, lambda: ranking.rank_jobseekers([baker.pk])):
        make()
        assert [match.vacancy_id == bakery.pk for match in Match.objects.for_jobseeker(baker)] == [
            False,
            True,
        ]
    ranking.rank_everybody()
    assert Price.objects.count() == Vacancy.objects.open().count() == 2
    assert Edition.objects.get().strength == 1.0
    ranking.rank_everybody(strength=0.0)
    assert Edition.objects.get().times is None
    assert not Price.objects.filter(price__gt=0).exists()


def test_nobody_with_a_feasible_opening_has_an_empty_list_and_none_is_shown_too_often(
    town: Town, baker: Jobseeker, bakery: Vacancy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving.engine, "draw_up", few_places(serving.engine.draw_up))
    factories.VacancyFactory(title="Boulanger", latitude=45.0)
    crowd = [factories.JobseekerFactory(commune=None) for _number in range(4)]
    ranking.rank_everybody()
    people = {town.other_jobseeker.pk, baker.pk, *(one.pk for one in crowd)}
    assert set(Match.objects.filter(side="jobseeker").values_list("jobseeker", flat=True)) == people
    for vacancy in Vacancy.objects.open():
        shown = Match.objects.filter(side="jobseeker", vacancy=vacancy, rank__lte=ranking.SERVED)
        assert shown.count() <= 3 + Edition.objects.get().over


def few_places(draw_up: object) -> object:
    """Let a vacancy stand in three shown lists only."""

    def drawn(*arguments: object, **options: object) -> object:
        with patch("visavis.engine.spread.serving.limits", lambda positions, _times: positions * 3):
            return draw_up(*arguments, **options)  # type: ignore[operator]

    return drawn


def wrong_night(found: Found) -> list[str]:
    return wrong(
        yesterday=found["killed"] and found["same"] and found["places"] > 0,
        in_making=found["editions"] == 2,
        again=found["state"] == "done" and found["left"] == 0 and found["new"] > 0,
    )


@pytest.mark.again
def test_a_worker_killed_in_the_middle_leaves_yesterdays_lists_and_the_sweep_starts_again(
    database: dict[str, str],  # noqa: F811
) -> None:
    guarded, unguarded = played(KILLING, "half-written", database)
    assert [wrong_night(found) for found in guarded] == [[]] * ROUNDS
    assert "yesterday" in wrong_night(unguarded)


def wrong_lists(found: Found) -> list[str]:
    return wrong(
        raised=found["raised"] == "",
        same=found["same"] and found["lists"] > 0,
        died=found["died"] == len(DEADLY),
        left=found["left"] == 0,
    )


@pytest.mark.again
def test_the_lists_are_the_same_with_several_workers_of_which_three_are_killed(
    database: dict[str, str],  # noqa: F811
) -> None:
    guarded, unguarded = played(KILLING, "sharded", database)
    assert [wrong_lists(found) for found in guarded] == [[]] * NIGHTS
    assert "lost its worker 1 times" in unguarded["raised"]
    assert "raised" in wrong_lists(unguarded)
