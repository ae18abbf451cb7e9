"""`visavis station`: one browser for one person, and nothing of it left; with a program in Chromium's place.

tests/journeys/test_station.py has the real Chromium.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.waiting import until
from visavis.commands import station, station_browser, station_policies
from visavis.commands.__main__ import main
from visavis.commands.station_browser import Browser, NotInMemory
from visavis.commands.station_site import Away, Refusal, Site, State

MEMORY = Path("/dev/shm")
# Writes where a browser writes, and has a child of its own that outlives it.
STUB = """#!/bin/sh
echo "Mme Durand" > "$HOME/history"
setsid sh -c 'while :; do echo x > "$HOME/again" 2>/dev/null; sleep 0.05; done' &
sleep 60
"""


@pytest.fixture
def stub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in place of Chromium, and one in place of CUPS that writes down what it is told."""
    program, cancel, lists = (tmp_path / name for name in ("chromium", "cancel", "lpstat"))
    program.write_text(STUB)
    cancel.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/cancelled\n')
    lists.write_text("#!/bin/sh\necho 'papier-7   visavis   1024   Sat Nov 28'\n")
    for one in (program, cancel, lists):
        one.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return program


def test_every_process_of_a_browser_dies_and_its_profile_goes(stub: Path) -> None:
    with Browser(str(stub), MEMORY, "http://localhost/", []) as browser:
        until((browser.own / "home" / "again").exists, "the browser writes nothing")
        assert (browser.own.stat().st_mode & 0o777) == 0o700
        started = set(station_browser.processes_of(browser.own))
        assert len(started) >= 2 and browser.lives
    assert not browser.own.exists() and not browser.lives
    assert not set(station_browser.processes_of(browser.own))
    assert (stub.parent / "cancelled").read_text() == "-x papier-7\n"


def test_what_a_killed_run_left_is_thrown_away_by_the_next(stub: Path) -> None:
    prefix = station_browser.prefix_of(f"a key of this test {os.getpid()}")
    left = MEMORY / f"{prefix}left"
    (left / "home").mkdir(parents=True)
    (left / "home" / "history").write_text("Mme Durand")
    station_browser.sweep(MEMORY, prefix)
    assert not left.exists()


def test_a_profile_on_a_disk_is_refused(stub: Path, tmp_path: Path) -> None:
    if station_browser.kind_of(tmp_path) in station_browser.IN_MEMORY:
        pytest.skip("this machine's temporary folder is in memory")
    with pytest.raises(NotInMemory):
        Browser(str(stub), tmp_path, "http://localhost/", [])


@pytest.mark.parametrize("address", ["http://service.example", "ftp://x", "http://192.0.2.2"])
def test_a_station_speaks_with_a_service_that_can_have_it_wiped(address: str) -> None:
    with pytest.raises(Refusal):
        Site(address)
    assert Site("https://service.example/").url == "https://service.example"
    assert Site("http://localhost:80").origin == "http://localhost:80"


def test_the_policies_open_the_service_and_what_the_head_allows(tmp_path: Path) -> None:
    folder = tmp_path / "managed"
    station_policies.write(folder, "https://service.example", ("mail.example.fr",))
    told = json.loads((folder / station_policies.NAME).read_text())
    assert told["URLBlocklist"] == ["*"]
    assert told["URLAllowlist"][:2] == ["https://service.example", "mail.example.fr"]
    assert not told["PasswordManagerEnabled"] and told["SavingBrowserHistoryDisabled"]
    assert station_policies.are(folder, "https://service.example", ("mail.example.fr",))
    # The head changed her mind, or somebody else wrote there.
    assert not station_policies.are(folder, "https://service.example", ())
    assert not station_policies.are(tmp_path / "none", "https://service.example", ())


class Told:
    """A site that says one thing after another, then that the station was revoked."""

    url = origin = "http://localhost"
    key = "a key"

    def __init__(self, *said: State | type[Exception]) -> None:
        self.said, self.events = list(said), list[str]()

    def is_over(self) -> bool:
        return not self.said

    def tell(self, event: str = "") -> State:
        self.events.append(event)
        if self.is_over():
            raise Refusal("revoked")
        one = self.said.pop(0)
        if isinstance(one, State):
            return one
        raise one("away")


def serve(site: Any, stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = stub.parent / "key"
    key.write_text("k")
    monkeypatch.setattr(station, "EVERY_S", 0.02)
    monkeypatch.setattr(station, "sweep", lambda *_: None)
    monkeypatch.setattr(station.signal, "signal", lambda *_: None)
    station_policies.write(stub.parent, site.origin, ())
    args = station.argparse.Namespace(
        key=key, folder=MEMORY, policies=stub.parent, chromium=str(stub), flag=[]
    )
    with pytest.raises(Refusal):
        station.serve(site, args)


def test_a_sitting_that_ended_has_the_browser_thrown_away_and_a_new_one_started(
    stub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free, sits = State(0, 0, (), "/station/enter/a/"), State(7, 0, (), "")
    site = Told(free, free, sits, Away, sits, State(0, 7, (), ""), State(0, 7, (), "/station/enter/b/"))
    serve(site, stub, monkeypatch)
    assert [one for one in site.events if one] == ["begin", "begin"]
    # The second was killed as well, when the station was revoked.
    assert (stub.parent / "cancelled").read_text().count("-x") == 2


def test_a_browser_that_dies_is_started_again_and_the_site_is_told(
    stub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stub.write_text("#!/bin/sh\nexit 1\n")
    free = State(0, 0, (), "/station/enter/a/")
    site = Told(*[free] * 10_000)
    monkeypatch.setattr(site, "is_over", lambda: site.events.count("begin") == 2)
    serve(site, stub, monkeypatch)
    # Each time it asks for a way in, the site ends what was on there: `begin` says that the browser is a new one.
    assert site.events.count("begin") == 2


def test_a_site_that_is_away_for_long_has_the_browser_thrown_away(
    stub: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(station, "AWAY_S", 0.05)
    free = State(0, 0, (), "/station/enter/a/")
    site = Told(free, *[Away] * 20, free)
    serve(site, stub, monkeypatch)
    assert (stub.parent / "cancelled").exists() and site.events.count("begin") > 1


def test_other_policies_than_the_heads_start_nothing(stub: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = stub.parent / "key"
    key.write_text("k")
    monkeypatch.setattr(Site, "tell", lambda *_: State(0, 0, ("mail.example.fr",), "/station/enter/a/"))
    words = ["station", "run", "--site", "http://localhost:1", "--key", str(key), "--chromium", str(stub)]
    assert main([*words, "--policies", str(stub.parent)]) == station.AGAIN
    assert not (stub.parent / "cancelled").exists()


def test_a_key_file_is_read_by_its_account_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Site, "enrol", lambda *_: "a-key")
    key = tmp_path / "key"
    assert main(["station", "enrol", "--site", "http://localhost:1", "--key", str(key), "AAAAA-AAAAA"]) == 0
    assert key.read_text() == "a-key" and (key.stat().st_mode & 0o077) == 0
