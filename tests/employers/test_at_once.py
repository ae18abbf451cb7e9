"""Several people ask for one employer at the same moment, on real connections (crowd.py)."""

import pytest

from tests.common.at_once import ROUNDS, Found, played, wrong
from tests.employers.crowd import ASKING
from tests.introductions.test_at_once import database  # noqa: F401  (a fixture)

pytestmark = pytest.mark.database


def wrong_asking(found: Found) -> list[str]:
    return wrong(
        told=found["told"] == {"done": ASKING},
        accounts=(found["accounts"], found["steps"]) == (1, 1),
        joining=found["joining"] == ASKING - 1,
    )


@pytest.mark.again("sqlite")
def test_who_asks_first_has_the_account_and_the_others_ask_to_join(
    database: dict[str, str],  # noqa: F811
) -> None:
    guarded, unguarded = played("tests.employers.crowd", "one-siret", database)
    assert [wrong_asking(found) for found in guarded] == [[]] * ROUNDS
    assert wrong_asking(unguarded)
