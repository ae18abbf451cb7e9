"""Nobody else on the machine reads what the site keeps, and loose files are told with what mends them."""

import os
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import programs
from visavis.common import private

MADE = """
import django
django.setup()
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from visavis.config import processes
connection.cursor().execute("CREATE TABLE t (n integer)")
default_storage.save("a/cv.pdf", ContentFile(b"x"))
processes.refuse_a_second_without_store(settings.VAR)
"""


@pytest.fixture
def var(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the site's own, closed to others."""
    folder = tmp_path / "own folder"
    folder.mkdir(mode=0o700)
    settings.VAR, settings.VISAVIS_NIGHT_FOLDER = folder, str(folder / "night")
    settings.VISAVIS_JOURNAL_SEALS = str(folder / "seals")
    monkeypatch.setattr(private, "database_files", list)
    return folder


def test_what_the_site_makes_is_read_by_its_own_account_only(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    variables = os.environ | {"VISAVIS_VAR": str(folder), "DATABASE_URL": "", "CACHE_URL": ""}
    variables["DJANGO_SETTINGS_MODULE"] = "visavis.config.settings"
    words = [sys.executable, "-c", MADE]
    programs.run(words, check=True, env=variables, capture_output=True, umask=0o022)
    made = [folder, *folder.rglob("*")]
    assert {"visavis.sqlite3", "secret-key", "cv.pdf", "web.lock"} <= {one.name for one in made}
    assert not [one for one in made if stat.S_IMODE(one.stat().st_mode) & 0o077]


def test_a_file_that_others_can_read_is_told_with_the_command_that_mends_it(var: Path) -> None:
    assert private.only_we_read_our_files(None) == []
    var.chmod(0o755)
    (var / "visavis.sqlite3").touch(mode=0o600)
    (warned,) = private.only_we_read_our_files(None)
    assert str(var) in warned.msg and "sqlite3" not in warned.msg
    (var / "visavis.sqlite3").chmod(0o640)
    (warned,) = private.only_we_read_our_files(None)
    assert "visavis.sqlite3" in warned.msg and warned.hint
    programs.run(["sh", "-c", warned.hint.removeprefix("Run: ")], check=True)
    assert private.only_we_read_our_files(None) == []


def test_a_folder_closed_to_others_closes_what_is_in_it_but_styles_may_be_read_by_anybody(
    var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (var / "loose").touch(mode=0o644)
    (var / "static").mkdir(mode=0o755)
    (var / "static" / "ui.css").touch(mode=0o644)
    assert private.only_we_read_our_files(None) == []
    var.chmod(0o711)
    (warned,) = private.only_we_read_our_files(None)
    assert str(var) in warned.msg and "static" not in warned.msg
    var.chmod(0o700)
    # A database elsewhere is told.
    other = tmp_path / "other.sqlite3"
    other.touch()
    other.chmod(0o604)
    monkeypatch.setattr(private, "database_files", lambda: [str(other)])
    (warned,) = private.only_we_read_our_files(None)
    assert "other.sqlite3" in warned.msg
