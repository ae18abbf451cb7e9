"""Twelve devices at the same moment, on real connections: one permit, one report."""

import json
import os
import subprocess
import sys

import pytest

from tests.introductions.test_at_once import ROOT, database  # noqa: F401  (a fixture)
from tests.traces.crowd import DEVICES

pytestmark = pytest.mark.database


def test_twelve_devices_at_once_get_one_permit_and_leave_one_report(database: dict[str, str]) -> None:  # noqa: F811
    variables = os.environ | database | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [sys.executable, "-m", "tests.traces.crowd"]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["told"] == {"done": 1, "AlreadyGiven": DEVICES - 1}
    assert (found["permits"], found["reports"]) == (1, 1)
    assert found["sent"] == {"done": DEVICES}
    assert set(found["refused"]) <= {"AlreadyUsed", "done"}
    assert found["refused"]["AlreadyUsed"] >= DEVICES - 1
