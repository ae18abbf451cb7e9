"""A list read in one row gives the places that the view of the database gives."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.factories import VacancyFactory
from tests.matches import listed
from tests.personas import Town
from visavis.jobseekers.models import Jobseeker
from visavis.jobseekers.opened import Opened
from visavis.matches.bridge.by_night import telling
from visavis.matches.making import ranking
from visavis.matches.models import Match, MatchList, Showing
from visavis.matches.views.openings import open_places
from visavis.people.models import Membership
from visavis.vacancies.models import Vacancy

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OF_A_PLACE = (
    "id", "edition_id", "side", "jobseeker", "vacancy", "rank", "score", "worth", "tier", "engine_version",
    "made_at", "reasons",
)  # fmt: skip


def test_some_places_are_those_of_the_whole_list_and_whoever_may_no_longer_act_reads_none(
    town: Town, baker: Jobseeker, monkeypatch: pytest.MonkeyPatch
) -> None:
    VacancyFactory(title="Vendeuse en boulangerie", employer=town.employer)
    ranking.rank_everybody()
    whole = Match.of(baker)
    assert len(whole) > 1
    for place in whole:
        [alone] = Match.of(baker, {place.vacancy_id})
        assert listed.values([alone], *OF_A_PLACE) == listed.values([place], *OF_A_PLACE)
    monkeypatch.setattr(telling, "MOST_LATELY", 1)
    assert len([one.reasons for one in Match.of(baker)]) > 1
    assert len(telling._LATELY) == 1
    bruno = town.people["bruno"]
    owner = Opened(baker, bruno)
    assert open_places(bruno, owner)
    Membership.objects.filter(user=bruno).delete()
    bruno.__dict__.pop("current_memberships", None)
    assert not open_places(bruno, owner)


def test_reasons_are_told_once_an_edition(town: Town, baker: Jobseeker, bakery: Vacancy) -> None:
    """What was told is kept by its edition: the next night's answers are told, never yesterday's."""
    ranking.rank_everybody()
    before = {one.vacancy_id: one.reasons for one in Match.of(baker)}
    with CaptureQueriesContext(connection) as asked:
        assert {one.vacancy_id: one.reasons for one in Match.of(baker)} == before
    assert len(asked) == 1
    Jobseeker.objects.filter(pk=baker.pk).update(lowest_pay_hour=9)
    Vacancy.objects.filter(pk=bakery.pk).update(pay_min_hour=30)
    ranking.rank_everybody()
    after = {one.vacancy_id: one.reasons for one in Match.of(baker)}
    assert "pay" in {reason["part"] for reason in after[bakery.pk]} - {
        reason["part"] for reason in before[bakery.pk]
    }
    telling.forget()
    assert after == {one.vacancy_id: one.reasons for one in Match.of(baker)}


# Who may see which place of which list ----------------------------------------------------------------


SEEN_BY: dict[str, tuple[set[str], bool]] = {
    "amelie": ({"amelie"}, False),
    "gael": ({"gael"}, False),
    "bruno": ({"amelie"}, True),
    "dario": ({"gael"}, True),
    "hugo": (set(), True),
    "chloe": (set(), True),
} | {persona: (set(), False) for persona in ("rosa", "emile", "nadia", "ines")}


def test_a_place_is_seen_by_whom_it_concerns_and_a_list_in_a_row_gives_those_of_the_view(
    town: Town, baker: Jobseeker, bakery: Vacancy
) -> None:
    ranking.rank_everybody()
    assert set(Match.objects.values_list("side", flat=True)) == {"jobseeker", "vacancy"}
    for persona, (of_people, of_vacancies) in SEEN_BY.items():
        seen = Match.objects.visible_to(town.people[persona])
        owners = {town.people[name].pk for name in of_people}
        assert set(seen.filter(side="jobseeker").values_list("jobseeker__user", flat=True)) == owners
        assert seen.filter(side="vacancy").exists() is of_vacancies, persona
    VacancyFactory(title="Vendeuse en boulangerie", employer=town.employer)
    ranking.rank_everybody()
    new = VacancyFactory(title="Boulanger de nuit", employer=town.employer, occupation=bakery.occupation)
    assert ranking.rank_vacancies([new.pk])
    listed.without(Vacancy.objects.order_by("pk").values_list("pk", flat=True)[0])
    lists = list(MatchList.objects.served().with_places())
    rows = [place for one in lists for place in one.places()]
    assert any(one._reasons is not None for one in rows)  # put in by day
    seen = listed.values(Match.objects.order_by("id"), *OF_A_PLACE)
    assert sorted(listed.values(rows, *OF_A_PLACE), key=lambda one: one[0]) == seen
    assert seen


# What was shown is kept as it was, whoever asks -------------------------------------------------------


def shown(shown: list[list[int]]) -> Showing:
    return Showing.objects.create(actor_id=7, page="openings", engine_version="1", inputs={}, shown=shown)


def test_a_showing_cannot_be_replaced() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is SQLite's")
    row = shown([[1, 1, 5, 1]])
    columns = [field.column for field in Showing._meta.fields]
    kept = list(Showing.objects.filter(pk=row.pk).values_list(*columns)[0])
    kept[columns.index("shown")] = "[]"
    kept[columns.index("inputs")] = "{}"
    names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
    replace = f"INSERT OR REPLACE INTO matches_showing ({names}) VALUES ({marks})"
    with pytest.raises(IntegrityError, match="replaced"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(replace, kept)
    row.refresh_from_db()
    assert row.shown == [[1, 1, 5, 1]]


def test_showings_go_on_being_written_and_none_can_be_changed_or_deleted() -> None:
    assert [row.pk is not None for row in (shown([]), shown([]))] == [True, True]
    assert Showing.objects.count() == 2
    row = Showing.objects.filter(pk=shown([[1, 1, 5, 1]]).pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.update(shown=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
