"""The real daemon of ClamAV, with a signature of its own: what it knows is stopped before anything is drawn."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.documents import making
from tests.programs import start
from tests.waiting import until
from visavis.documents import scanning
from visavis.documents.scanning import Verdict

CONFIG = """
LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
LogFile {folder}/log
PidFile {folder}/pid
TemporaryDirectory {folder}
Foreground yes
OfficialDatabaseOnly no
StreamMaxLength 1M
"""


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[str]:
    """Start clamd with the one signature of the test file: the update service is not asked."""
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    if not Path(program).exists():
        pytest.skip("clamav-daemon is not installed: scripts/packages installs it")
    (tmp_path / "signatures").mkdir()
    mark = making.EICAR[:40].hex()
    (tmp_path / "signatures" / "test.ndb").write_text(f"Test.Eicar:0:*:{mark}\n")
    (tmp_path / "clamd.conf").write_text(CONFIG.format(folder=tmp_path))
    running = start([program, "--config-file", tmp_path / "clamd.conf"], stdout=subprocess.DEVNULL)
    socket = tmp_path / "clamd.sock"
    until(socket.exists, "clamd does not start")
    yield str(socket)
    running.kill()
    running.wait()


def test_what_it_knows_is_found_wherever_it_hides(clamd: str, settings: Settings) -> None:
    settings.VISAVIS_CLAMAV = clamd
    assert scanning.answers(clamd)
    assert scanning.scan(making.jpeg()) is Verdict.CLEAN
    assert scanning.scan(making.EICAR) is Verdict.VIRUS
    assert scanning.scan(b"%PDF-1.4\n" + b"\0" * 200_000 + making.EICAR) is Verdict.VIRUS
    # More than it takes is no verdict.
    with pytest.raises(scanning.Away):
        scanning.scan(b"\0" * 3_000_000)
