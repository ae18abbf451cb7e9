"""The page of what the score has learned reads what the night kept."""

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.personas import Town
from visavis.matches.making import learning
from visavis.matches.models import Run
from visavis.matches.pages import learned_page


def test_it_says_how_many_answers_the_last_night_found_and_reads_none(
    town: Town, django_assert_max_num_queries: DjangoAssertNumQueries, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run.objects.create(scope=Run.Scope.EVERYBODY)
    monkeypatch.setattr(learning, "answered", lambda: ([None] * 12, [None] * 7))
    monkeypatch.setattr(learning, "learn", lambda _heard: None)
    learning.learn_by_night(run)
    monkeypatch.undo()
    with django_assert_max_num_queries(4):
        said = " ".join(learned_page.context()["status"])
    assert "12" in said and "7" in said


def test_before_the_first_night_it_says_when_answers_are_counted(town: Town) -> None:
    assert learned_page.context()["status"][1].startswith("Les réponses sont comptées la nuit")
