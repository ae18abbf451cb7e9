"""Mozilla's own linter finds no error in what is packed for Firefox and Thunderbird."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.programs import run
from visavis.traces.packing import SOURCE, pack

LINTER = SOURCE / "node_modules" / ".bin" / "web-ext"


def lint(target: str, folder: Path) -> list[str]:
    """Return the errors and the warnings for what is packed for a program, one a line."""
    zipfile.ZipFile(io.BytesIO(pack(target, "https://emploi.example.fr"))).extractall(folder)
    done = run([LINTER, "lint", "--output=json", "--source-dir", folder], capture_output=True, text=True)
    told = json.loads(done.stdout)
    return [f"{one['code']}: {one['file']}" for one in (*told["errors"], *told["warnings"])]


@pytest.mark.skipif(not LINTER.exists(), reason="scripts/install test installs the linter")
def test_the_linter_finds_nothing_but_what_firefox_does_not_permit_to_thunderbird(tmp_path):
    assert lint("firefox", tmp_path / "firefox") == []
    assert lint("thunderbird", tmp_path / "thunderbird") == ["MANIFEST_PERMISSIONS: manifest.json"] * 2


def test_the_linter_is_locked_by_hash_and_by_no_address():
    packages = json.loads((SOURCE / "package-lock.json").read_text())["packages"]
    assert all("integrity" in one for name, one in packages.items() if name)
    assert not any("resolved" in one for one in packages.values())
