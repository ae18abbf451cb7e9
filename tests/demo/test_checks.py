"""The demonstration's open doors are never silent where others reach them."""

import os
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.programs import run
from visavis.demo.checks import doors_open_on_this_machine_only


def test_the_deploy_check_errs_where_a_demonstration_is_open_to_others(tmp_path: Path) -> None:
    """Asked as an operator asks, with the site's own settings: a double would not see a check unregistered."""
    variables = os.environ | {
        "VISAVIS_VAR": str(tmp_path),
        "VISAVIS_DEMO": "yes",
        "VISAVIS_URL": "https://emploi.example",
        "VISAVIS_HOSTS": "emploi.example",
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "ERROR"]
    done = run(command, env=variables, capture_output=True, text=True, timeout=300)
    assert done.returncode != 0
    assert "visavis.E002" in done.stderr


@pytest.mark.parametrize(
    ("is_demo", "address", "hosts", "is_told"),
    [
        (True, "https://emploi.example", ["emploi.example"], True),
        (True, "http://192.0.2.7:8000", ["192.0.2.7"], True),
        (True, "http://127.0.0.1:800", ["127.0.0.1", "*"], True),
        (True, "http://127.0.0.1:800", ["127.0.0.1", "localhost", "[::1]"], False),
        (True, "http://[::1]:800", ["[::1]"], False),
        (False, "https://emploi.example", ["emploi.example"], False),
    ],
)
def test_open_doors_are_for_names_of_this_machine(
    settings: Settings, is_demo: bool, address: str, hosts: list[str], is_told: bool
) -> None:
    settings.DEMO, settings.SITE_URL, settings.ALLOWED_HOSTS = is_demo, address, hosts
    assert bool(doors_open_on_this_machine_only(None)) is is_told
