"""Two acts on one yes, at the same moment, on real connections (crowd.py): none waits for what the other holds."""

from pathlib import Path

import pytest
from django.db import connection

from tests.common.at_once import ROUNDS, Found, played, wrong
from tests.common.own_database import own_database

pytestmark = pytest.mark.database


def wrong_ending(found: Found) -> list[str]:
    return wrong(
        told=found["told"] == {"done": 2}, standing=found["standing"] == 0, interests=found["interests"] == 0
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer: nobody holds a part")
def test_unticking_and_taking_back_never_wait_for_each_other(tmp_path: Path, db: None) -> None:
    with own_database(tmp_path, "agreeing") as variables:
        guarded, unguarded = played("tests.consents.crowd", "both", variables)
    assert [wrong_ending(found) for found in guarded] == [[]] * ROUNDS
    assert wrong_ending(unguarded) == ["told"], "without the order one of them is thrown out by the database"
