"""The cache that several processes share: a real Valkey, by one variable."""

import os
import sys
from collections.abc import Iterator

import pytest

from tests.programs import run
from tests.valkey import Valkey

PROGRAM = """
import django
django.setup()
from django.core.cache import cache
cache.add("refusals", 0, timeout=60)
print(type(cache._connections["default"]).__name__, cache.incr("refusals"))
"""


@pytest.fixture(scope="module")
def valkey() -> Iterator[Valkey]:
    server = Valkey()
    yield server
    server.stop()


def test_two_processes_count_in_the_same_cache(valkey: Valkey) -> None:
    environment = os.environ | {
        "CACHE_URL": f"{valkey.url}/0",
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
        "DATABASE_URL": "sqlite:///:memory:",
    }
    told = [
        run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
        for _process in range(2)
    ]
    assert [run.stdout.split() for run in told] == [["SharedStore", "1"], ["SharedStore", "2"]]
