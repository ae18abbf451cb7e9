"""Several processes of the site share a store, or the second does not start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import programs
from visavis.config import processes

STARTED = "import visavis.config.wsgi; print('ready', flush=True); input()"


def start(folder: Path, cache: str) -> subprocess.Popen[str]:
    variables = os.environ | {
        "VISAVIS_VAR": str(folder),
        "CACHE_URL": cache,
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
    }
    return programs.start(
        [sys.executable, "-c", STARTED],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables,
    )  # fmt: skip


def test_a_second_process_without_a_store_refuses_to_start_and_the_next_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(tmp_path, "")
    assert first.stdout
    assert first.stdout.readline() == "ready\n"
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL"):
        processes.refuse_a_second_without_store(tmp_path, wait_s=0.2)
    second = start(tmp_path, "redis://127.0.0.1:1/0")
    assert second.communicate("\n")[0] == "ready\n", "with a store it starts"
    first.communicate("\n")
    monkeypatch.setattr(processes, "held", [])
    processes.refuse_a_second_without_store(tmp_path, wait_s=0.2)


def test_the_site_asks_when_it_starts() -> None:
    wsgi = Path(processes.__file__).with_name("wsgi.py").read_text(encoding="utf-8")
    assert "processes.refuse_a_second_without_store(settings.VAR)" in wsgi
