"""People at stations at the same moment, on real connections (crowd.py), and once with the guards taken away."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.at_once import ROUNDS, Found, played, wrong
from tests.common.own_database import own_database
from tests.stations.crowd import FREE, PEOPLE

pytestmark = pytest.mark.database


@pytest.fixture
def clock() -> None:
    """Let the hour be what it is: the scene is played by another process."""


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    with own_database(tmp_path, "station") as variables:
        yield variables


def wrong_seat(found: Found) -> list[str]:
    return wrong(told=found["told"] == {"done": 1, "InUse": PEOPLE - 1}, sit=found["sit"] == 1)


def wrong_kept(found: Found) -> list[str]:
    told, kept = found["told"] == {"done": PEOPLE}, found["kept"] == [*range(FREE)]
    return wrong(told=told, kept=kept, first=found["first"])


@pytest.mark.again("sqlite")
@pytest.mark.parametrize(
    ("scene", "wrong_in"), [("one-station", wrong_seat), ("one-ticket", wrong_seat), ("kept", wrong_kept)]
)
def test_a_station_has_and_is_kept_for_one(database: dict[str, str], scene: str, wrong_in: object) -> None:
    guarded, unguarded = played("tests.stations.crowd", scene, database)
    assert [wrong_in(found) for found in guarded] == [[]] * ROUNDS  # type: ignore[operator]
    assert wrong_in(unguarded)  # type: ignore[operator]
