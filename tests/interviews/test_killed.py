"""The site is killed while rooms are open: what pages say to each other comes, once, and nobody is in who was not."""

from pathlib import Path

import pytest

from tests.common.at_once import played
from tests.common.own_database import own_database
from tests.interviews.killed import KILLS, ROOMS

pytestmark = pytest.mark.database


@pytest.mark.again("sqlite")
def test_signals_come_back_once_and_nobody_is_admitted_who_was_not(tmp_path: Path, db: None) -> None:
    with own_database(tmp_path, "killed_rooms") as variables:
        [found], careless = played("tests.interviews.killed", "rooms", variables)
    assert found["kills"] == KILLS and found["cut"] and found["asked_outside"]
    assert found["is_whole"], "something said was lost, or told twice, or out of order"
    assert found["let_in"] == (ROOMS + 1) // 2, "somebody who was let in stands outside"
    assert not found["intruders"]
    assert careless["intruders"], "who came in unasked was not seen: does this test see anything?"
