"""A test whose browser died is asked once more, and the run says so; more than two are red."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import asked_again, programs
from tests.conftest import ROOT

KILLED = """
import pytest
from playwright.sync_api import Error
from tests import browsing

pytestmark = pytest.mark.journey
ASKED = []

def test_killed():
    ASKED.append("killed")
    page = browsing.HERE.chromium().new_page()
    with browsing.bounded(60):
        if len(ASKED) == 1:
            browsing.end_driven()
        assert page.evaluate("1 + 1") == 2
    browsing.HERE.stop()

def test_wrong():
    ASKED.append("wrong")
    assert ASKED.count("wrong") == 2, "no browser was gone"

def test_always_gone():
    raise browsing.Gone("it dies always")
"""


def run(folder: Path, body: str, *more: str) -> tuple[int, str]:
    """Run tests as the house does; return how the run ended, and what it said."""
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  journey: a browser\n")
    file = (folder / "test_them").with_suffix(".py")
    file.write_text(body)
    plugins = ("-p", "tests.asked_again", "-p", "no:django", "-p", "no:randomly", "-p", "no:cacheprovider")
    words = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--rootdir",
        folder,
        *plugins,
        *more,
        file,
    ]
    done = programs.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.journey
def test_what_lost_its_browser_is_asked_once_more_and_the_run_says_so(tmp_path: Path) -> None:
    ended, said = run(tmp_path, KILLED)
    assert "asked again, as a browser was gone: 2\n" in said and "::test_killed" in said
    assert "2 failed, 1 passed" in said and ended == 1
    assert "no browser was gone" in said and "it dies always" in said


@pytest.mark.parametrize(("number", "ends"), [(2, 0), (3, 1)])
def test_more_than_two_are_red(number: int, ends: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asked_again, "NAMES", [f"test_{one}" for one in range(number)])
    session = SimpleNamespace(exitstatus=0)
    asked_again.pytest_sessionfinish(session)
    assert session.exitstatus == ends
