"""What a process of the site holds before its first page: only what pages need."""

import os
import sys

from tests.programs import run

NOT_NEEDED = (
    *("PIL", "docx", "lxml", "numba", "polars", "pypdfium2", "rich", "typst"),
    *("scipy.optimize", "scipy.spatial", "scipy.special", "scipy.stats"),
)
MOST_MB = 180

STARTED = """
import sys
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
get_wsgi_application()
get_resolver().url_patterns
resident = int(open("/proc/self/statm").read().split()[1]) * 4 // 1024
print(resident, *(name for name in {names!r} if name in sys.modules))
"""


def test_the_site_starts_with_what_pages_need_and_little_memory() -> None:
    environ = os.environ | {"DJANGO_SETTINGS_MODULE": "visavis.config.settings", "PYTHONWARNINGS": "ignore"}
    done = run(
        [sys.executable, "-c", STARTED.format(names=NOT_NEEDED)],
        capture_output=True, text=True, env=environ, check=True,
    )  # fmt: skip
    resident, *loaded = done.stdout.split()
    assert loaded == []
    assert int(resident) < MOST_MB
