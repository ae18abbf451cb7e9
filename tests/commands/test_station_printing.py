"""What a person sent to the printer of a station is gone at the end, its data too: a real CUPS prints into a file."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import programs
from tests.waiting import until
from visavis.commands.station_browser import Browser

NEEDED = ("cupsd", "lpadmin", "lp", "lpstat", "cancel")
pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not all(map(shutil.which, NEEDED)),
    reason="CUPS is not installed, or this is not root",
)
SERVER = """Listen {0}/cups.sock
Browsing Off
WebInterface No
DefaultAuthType None
PreserveJobFiles Yes
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
Allow all
</Limit>
</Policy>
"""
FILES = """User lp
Group lpadmin
SystemGroup root
FileDevice Yes
Sandboxing relaxed
AccessLog {0}/access
ErrorLog {0}/error
PageLog {0}/page
ServerRoot {0}/root
RequestRoot {0}/spool
CacheDir {0}/cache
StateDir {0}/state
TempDir {0}/tmp
"""
MEMORY = Path("/dev/shm")


def run(*words: str) -> str:
    return programs.run(words, check=True, capture_output=True, text=True, timeout=60).stdout


@pytest.fixture
def printer(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A CUPS of its own, whose one printer writes into a file, and is stopped so that jobs wait."""
    own = tmp_path_factory.mktemp("cups")
    for folder in (own, *own.parents[:2]):
        folder.chmod(folder.stat().st_mode | 0o055)
    for name in ("root", "spool", "cache", "state", "tmp", "out"):
        (own / name).mkdir()
        (own / name).chmod(0o777)
    for name, text in (("cupsd.conf", SERVER), ("cups-files.conf", FILES)):
        (own / name).write_text(text.format(own), encoding="ascii")
    monkeypatch.setenv("CUPS_SERVER", str(own / "cups.sock"))
    words = ["cupsd", "-f", "-c", str(own / "cupsd.conf"), "-s", str(own / "cups-files.conf")]
    server = programs.start(words)
    try:
        until((own / "cups.sock").exists, "CUPS did not start")
        run("lpadmin", "-p", "papier", "-E", "-v", f"file://{own}/out/paper", "-m", "raw")
        run("cupsdisable", "papier")
        yield own
    finally:
        server.terminate()
        server.wait(30)


def send(own: Path) -> None:
    paper = own / "paper.txt"
    paper.write_text("Lettre de Mme Secrète", encoding="utf-8")
    run("lp", "-d", "papier", str(paper))
    paper.unlink()


def waits(own: Path) -> list[str]:
    """Return what waits at the printer, and what of it lies in the spool."""
    spooled = [one.name for one in (own / "spool").glob("d*")]
    return [*run("lpstat", "-o").splitlines(), *sorted(spooled)]


def test_at_the_end_nothing_of_the_person_waits_at_the_printer(printer: Path) -> None:
    with Browser(str(shutil.which("sleep")), MEMORY, "60", []) as browser:
        browser.process.kill()
        run("cupsenable", "papier")
        send(printer)
        until(lambda: "papier-1" not in run("lpstat", "-o"), "nothing is printed")
        run("cupsdisable", "papier")
        send(printer)
        assert len(waits(printer)) == 3, "one that waits, and the data of both"
    assert waits(printer) == []
