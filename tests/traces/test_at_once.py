"""Twelve devices at the same moment, on real connections: one permit, one report."""

import pytest

from tests.common.at_once import ROUNDS, Found, played, wrong
from tests.introductions.test_at_once import database  # noqa: F401  (a fixture)
from tests.traces.crowd import DEVICES

pytestmark = pytest.mark.database


def wrong_permits(found: Found) -> list[str]:
    refused = found["refused"]
    return wrong(
        told=found["told"] == {"done": 1, "AlreadyGiven": DEVICES - 1},
        permits=(found["permits"], found["reports"]) == (1, 1),
        sent=found["sent"] == {"done": DEVICES},
        refused=set(refused) <= {"AlreadyUsed", "done"} and refused["AlreadyUsed"] >= DEVICES - 1,
    )


@pytest.mark.again("sqlite")
def test_twelve_devices_at_once_get_one_permit_and_leave_one_report(database: dict[str, str]) -> None:  # noqa: F811
    guarded, unguarded = played("tests.traces.crowd", "", database)
    assert [wrong_permits(found) for found in guarded] == [[]] * ROUNDS
    assert wrong_permits(unguarded)
