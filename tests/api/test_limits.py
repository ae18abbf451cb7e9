"""How often a program may ask."""

import datetime as dt

import time_machine
from pytest_django import Settings

from tests.api.conftest import MakeProgram
from tests.personas import Town

# The day after the town is made: whoever has a role has it by then.
NOON = (dt.datetime.now(dt.UTC) + dt.timedelta(days=1)).replace(hour=12, minute=0, second=10, microsecond=0)


@time_machine.travel(NOON, tick=False)
def test_a_token_that_asks_too_often_waits_for_the_next_minute(
    town: Town, program: MakeProgram, settings: Settings
) -> None:
    settings.VISAVIS_API_PER_TOKEN = 2
    amelie = program("amelie")
    assert [amelie.get("/me").status_code for _ in range(3)] == [200, 200, 429]
    refused = amelie.get("/me")
    assert refused["Retry-After"] == "50"
    assert refused.json()["type"].rpartition("#")[2] == "too-many"
    with time_machine.travel(NOON + dt.timedelta(seconds=50), tick=False):
        assert amelie.get("/me").status_code == 200


@time_machine.travel(NOON, tick=False)
def test_each_token_is_counted_apart_and_an_address_without_one_has_its_own_limit(
    town: Town, program: MakeProgram, settings: Settings
) -> None:
    settings.VISAVIS_API_PER_TOKEN = 1
    amelie, chloe = program("amelie"), program("chloe")
    assert [one.get("/me").status_code for one in (amelie, chloe, amelie)] == [200, 200, 429]
    settings.VISAVIS_API_PER_ADDRESS = 2
    assert [program().get("/vacancies").status_code for _ in range(3)] == [200, 200, 429]


@time_machine.travel(NOON, tick=False)
def test_guessing_tokens_is_counted_for_the_address(
    town: Town, program: MakeProgram, settings: Settings
) -> None:
    settings.VISAVIS_API_PER_ADDRESS = 3
    guesses = [program().get("/me", Authorization=f"Bearer vav_{number}").status_code for number in range(5)]
    assert guesses == [401, 401, 401, 429, 429]
