"""Many people choose one time, times that overlap, and places of a workshop, or answer an offer, at once (crowd.py)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.appointments.crowd import ANSWERS, PEOPLE, PLACES
from tests.common.at_once import Found, played, wrong
from tests.common.own_database import own_database

pytestmark = pytest.mark.database


def wrong_time(found: Found) -> list[str]:
    told = found["told"] == {"done": 1, "Taken": PEOPLE - 1}
    return wrong(told=told, held=found["held"] == 1, twice=found["twice"] == 0)


def wrong_places(found: Found) -> list[str]:
    told = found["told"] == {"done": PLACES, "Taken": PEOPLE - PLACES}
    return wrong(told=told, held=found["held"] == PLACES)


def wrong_offers(found: Found) -> list[str]:
    return wrong(at_the_time=found["at_the_time"] == 1, twice=found["twice"] == 0)


def wrong_answers(found: Found) -> list[str]:
    is_moved_once = (found["sequence"], found["quanta"], found["at_the_time"]) == (1, 6, 1)
    return wrong(told=found["told"] == {"done": 1, "HoldOver": ANSWERS - 1}, moved=is_moved_once)


@pytest.mark.parametrize(
    ("scene", "wrong_in"),
    [
        pytest.param("one-time", wrong_time, marks=pytest.mark.again),
        ("overlapping", wrong_time),
        pytest.param("places", wrong_places, marks=pytest.mark.again("sqlite")),
        pytest.param("falls-free", wrong_offers, marks=pytest.mark.again),
        pytest.param("answered", wrong_answers, marks=pytest.mark.again("sqlite")),
    ],
)
def test_what_many_want_at_once_is_had_by_as_many_as_there_is(
    tmp_path: Path, db: None, scene: str, wrong_in: Callable[[Found], list[str]]
) -> None:
    with own_database(tmp_path, "booking") as database:
        guarded, unguarded = played("tests.appointments.crowd", scene, database)
    assert [wrong_in(found) for found in guarded] == [[]] * len(guarded)
    assert wrong_in(unguarded), "without its guards it goes wrong: this test would see it"
