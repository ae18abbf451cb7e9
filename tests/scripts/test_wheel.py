"""The wheel holds all that the checkout runs with: every file, both languages, the companion."""

import os
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.programs import run

LOOK = """
import django
django.setup()
import visavis
from django.utils import translation
from visavis.traces import packing
with translation.override("fr"):
    print(visavis.__file__, translation.gettext("The database"), len(packing.pack("firefox")) > 100_000, sep="|")
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(["sh", "scripts/wheel", str(folder)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_every_file_of_the_package_is_in_it(unpacked: Path) -> None:
    known = run(
        ["git", "ls-files", "src/visavis"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    missing = [one for one in known if not (unpacked / one.removeprefix("src/")).exists()]
    assert known and not missing
    catalogues = [one.removeprefix("src/") for one in known if one.endswith(".po")]
    assert not [one for one in catalogues if not (unpacked / one).with_suffix(".mo").exists()]


def test_it_speaks_both_languages_and_packs_the_companion(unpacked: Path, tmp_path: Path) -> None:
    environment = os.environ | {
        "PYTHONPATH": str(unpacked),
        "VISAVIS_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
    }
    told = run([sys.executable, "-c", LOOK], env=environment, capture_output=True, text=True, check=True)
    where, word, is_packed = told.stdout.strip().split("|")
    assert where.startswith(str(unpacked)) and word == "La base de données" and is_packed == "True"
