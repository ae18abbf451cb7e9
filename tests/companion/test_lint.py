"""Mozilla's own linter finds no error in what is packed for Firefox and Thunderbird."""

import io
import json
import subprocess
import zipfile
from pathlib import Path

import pytest

from visavis.traces.packing import SOURCE, pack

LINTER = SOURCE / "node_modules" / ".bin" / "web-ext"


def unpacked(target: str, folder: Path) -> Path:
    zipfile.ZipFile(io.BytesIO(pack(target, "https://emploi.example.fr"))).extractall(folder)
    return folder


def lint(folder: Path) -> list[str]:
    """Return the errors and the warnings, one a line."""
    command = [str(LINTER), "lint", "--output=json", "--source-dir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    return [f"{one['code']}: {one['file']}" for one in (*told["errors"], *told["warnings"])]


@pytest.mark.skipif(not LINTER.exists(), reason="scripts/install test installs the linter")
def test_the_linter_finds_nothing_for_firefox(tmp_path):
    assert lint(unpacked("firefox", tmp_path)) == []


@pytest.mark.skipif(not LINTER.exists(), reason="scripts/install test installs the linter")
def test_for_thunderbird_it_finds_only_the_permissions_that_firefox_has_not(tmp_path):
    assert lint(unpacked("thunderbird", tmp_path)) == ["MANIFEST_PERMISSIONS: manifest.json"] * 2


@pytest.mark.skipif(not LINTER.exists(), reason="scripts/install test installs the linter")
def test_the_linter_would_find_something(tmp_path):
    folder = unpacked("firefox", tmp_path)
    (folder / "src" / "config.js").write_text("eval('1'); document.body.innerHTML = location.hash;")
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["permissions"].append("everything")
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert len(lint(folder)) >= 2


def test_the_linter_is_locked_by_hash_and_by_no_address():
    packages = json.loads((SOURCE / "package-lock.json").read_text())["packages"]
    assert all("integrity" in one for name, one in packages.items() if name)
    assert not any("resolved" in one for one in packages.values())
