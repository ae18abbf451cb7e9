"""The real daemon of ClamAV, with a signature of its own: what it knows is stopped before anything is drawn."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.documents import making
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


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start clamd with the one signature of the test file: the update service is not asked."""
    program = shutil.which("clamd") or "/usr/sbin/clamd"
    if not Path(program).exists():
        pytest.skip("clamav-daemon is not installed: scripts/packages installs it")
    folder = tmp_path_factory.mktemp("clam")
    (folder / "signatures").mkdir()
    mark = making.EICAR[:40].hex()
    (folder / "signatures" / "test.ndb").write_text(f"Test.Eicar:0:*:{mark}\n")
    (folder / "clamd.conf").write_text(CONFIG.format(folder=folder))
    running = subprocess.Popen(
        [program, "--config-file", str(folder / "clamd.conf")], stdout=subprocess.DEVNULL
    )
    socket = folder / "clamd.sock"
    for _time in range(600):
        if socket.exists():
            break
        time.sleep(0.1)
    yield str(socket)
    running.kill()
    running.wait()


def test_what_it_knows_is_found_wherever_it_hides(clamd: str, settings: Settings) -> None:
    settings.VISAVIS_CLAMAV = clamd
    assert scanning.answers(clamd)
    assert scanning.scan(making.jpeg()) is Verdict.CLEAN
    assert scanning.scan(making.EICAR) is Verdict.VIRUS
    assert scanning.scan(b"%PDF-1.4\n" + b"\0" * 200_000 + making.EICAR) is Verdict.VIRUS


def test_more_than_it_takes_is_no_verdict(clamd: str, settings: Settings) -> None:
    settings.VISAVIS_CLAMAV = clamd
    with pytest.raises(scanning.Away):
        scanning.scan(b"\0" * 3_000_000)
