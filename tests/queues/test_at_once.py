"""Desks and people at the same moment, on real connections (crowd.py), and once with the guards taken away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.at_once import Found, played, wrong
from tests.common.own_database import own_database
from tests.queues.crowd import COMING, DESKS

pytestmark = pytest.mark.database


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    with own_database(tmp_path, "queue") as variables:
        yield variables


def wrong_next(found: Found) -> list[str]:
    called = found["called"] == found["desks"] == found["calls"] == DESKS
    return wrong(told=found["told"] == {"done": DESKS}, called=called)


def wrong_twice(found: Found) -> list[str]:
    # SQLite unguarded calls none twice, but leaves desks with an error instead of a sentence.
    told = {"done": 1, "StillServing": DESKS - 1}
    return wrong(told=found["told"] == told, called=found["called"] == 1)


def wrong_numbers(found: Found) -> list[str]:
    return wrong(told=found["told"] == {"done": COMING}, numbers=found["numbers"] == [*range(1, COMING + 1)])


@pytest.mark.again("sqlite")
@pytest.mark.parametrize(
    ("scene", "wrong_in"), [("next", wrong_next), ("twice", wrong_twice), ("come-in", wrong_numbers)]
)
def test_nothing_is_called_or_given_twice(database: dict[str, str], scene: str, wrong_in: object) -> None:
    guarded, unguarded = played("tests.queues.crowd", scene, database)
    assert [wrong_in(found) for found in guarded] == [[]] * len(guarded)  # type: ignore[operator]
    assert wrong_in(unguarded)  # type: ignore[operator]
