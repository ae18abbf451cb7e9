"""Many people choose one time, times that overlap, and places of a workshop, at once, on the real server (crowd.py)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.appointments.crowd import PEOPLE, PLACES
from tests.appointments.earlier_at_once import ANSWERS
from tests.common.at_once import Found, played, wrong
from tests.common.own_database import own_database

pytestmark = pytest.mark.database
NEXT_THREE = "409, 3 times"


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    with own_database(tmp_path, "booking") as variables:
        yield variables


def wrong_time(found: Found) -> list[str]:
    return wrong(
        told=found["told"] == {"302": 1, NEXT_THREE: PEOPLE - 1},
        held=found["held"] == 1,
        twice=found["twice"] == 0,
    )


def wrong_places(found: Found) -> list[str]:
    return wrong(
        told=found["told"] == {"302": PLACES, "409, 0 times": PEOPLE - PLACES}, held=found["held"] == PLACES
    )


@pytest.mark.parametrize("scene", [pytest.param("one-time", marks=pytest.mark.again), "overlapping"])
def test_one_of_many_has_the_time_and_the_others_see_the_next_three(
    database: dict[str, str], scene: str
) -> None:
    guarded, unguarded = played("tests.appointments.crowd", scene, database)
    assert [wrong_time(found) for found in guarded] == [[]] * len(guarded)
    assert wrong_time(unguarded)


@pytest.mark.again("sqlite")
def test_a_workshop_of_three_takes_three(database: dict[str, str]) -> None:
    guarded, unguarded = played("tests.appointments.crowd", "places", database)
    assert [wrong_places(found) for found in guarded] == [[]] * len(guarded)
    assert wrong_places(unguarded)


def wrong_offers(found: Found) -> list[str]:
    return wrong(at_the_time=found["at_the_time"] == 1, twice=found["twice"] == 0)


def wrong_answers(found: Found) -> list[str]:
    is_moved_once = (found["sequence"], found["quanta"], found["at_the_time"]) == (1, 6, 1)
    return wrong(told=found["told"] == {"done": 1, "HoldOver": ANSWERS - 1}, moved=is_moved_once)


@pytest.mark.again
def test_a_time_that_falls_free_is_offered_to_one_or_booked_by_one(database: dict[str, str]) -> None:
    guarded, unguarded = played("tests.appointments.earlier_at_once", "falls-free", database)
    assert [wrong_offers(found) for found in guarded] == [[]] * len(guarded)
    assert wrong_offers(unguarded)


@pytest.mark.again("sqlite")
def test_an_earlier_time_that_is_taken_eight_times_at_once_moves_her_once(database: dict[str, str]) -> None:
    guarded, unguarded = played("tests.appointments.earlier_at_once", "answered", database)
    assert [wrong_answers(found) for found in guarded] == [[]] * len(guarded)
    assert wrong_answers(unguarded)
