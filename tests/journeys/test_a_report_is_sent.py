"""The companion and the real service: a report is sent once, also when the browser is killed, and taken back."""

import io
import json
import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error

from tests.common.examples import first_of
from tests.companion.device import Device, device
from tests.companion.recording import recording
from tests.journeys import newcomer
from tests.journeys.site import Site
from tests.waiting import until
from visavis.traces.packing import pack

pytestmark = pytest.mark.journey

HERE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
LIKES = """
  const last = Math.floor(Date.now() / 864e5);
  chrome.storage.local.set({ traces: { "interest:diy": { sites: { n: 6, last, weight: 6 } } } });
"""
# A request, and whether the service has answered it, of which the browser hears nothing any more.
POINTS = [
    ("POST /traces/reports/", False),
    ("GET /traces/terms.json", True),
    ("POST /companion/permit/", True),
    ("POST /traces/reports/", True),
]


@contextmanager
def browser(site: Site, folder: Path, *flags: str) -> Iterator[Device]:
    """Her own Chromium with the companion of the service, where she is signed in; its profile stays."""
    companion = folder / "companion"
    if not companion.exists():
        zipfile.ZipFile(io.BytesIO(pack("chromium", site.url))).extractall(companion)
    with device(companion, folder / "profile", *flags) as context:
        hers = Device(context, 0)
        hers.web.goto(f"{site.url}/demo/as/jobseeker/")
        yield hers


def begin(hers: Device) -> None:
    """Agree to reports, and like DIY."""
    hers.choose("reports")
    hers.own.evaluate(LIKES)


def let_hours_pass(hers: Device) -> None:
    """Bring the report's hour, and ring."""
    hers.own.evaluate(
        """async () => {
          const { ledger } = await chrome.storage.local.get("ledger");
          if (ledger.sending.stage !== "waiting") return;
          ledger.sending.sendAfter = 0;
          await chrome.storage.local.set({ ledger });
          await chrome.alarms.create("report", { when: Date.now() });
        }"""
    )


def stage(hers: Device) -> str:
    return str(hers.kept()["ledger"]["sending"]["stage"])


def send(hers: Device) -> None:
    """Send this quarter's report, from wherever she stands; a browser that was killed on the way says so here."""
    page = hers.open("leaves")
    page.locator("#state button").first.wait_for()
    if page.locator("#read-terms").count():
        page.locator("#read-terms").click()
        page.locator("#group").select_option(index=1)
        newcomer.say(hers, page, "#send")
    page.locator("#take-back").wait_for()
    let_hours_pass(hers)
    until(lambda: stage(hers) == "sent", lambda: hers.kept()["ledger"], rest=hers.own.wait_for_timeout)


def kill(folder: Path) -> None:
    """Kill the browser of this profile without any clean-up: its processes, and no other; return when they are gone."""

    def are_gone() -> bool:
        for process in running_on(folder):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return not running_on(folder)

    until(are_gone, "the browser is still there")


def running_on(folder: Path) -> list[int]:
    """Find the processes of the browser of this profile; one that is dead has no words left."""
    mark, found = f"--user-data-dir={folder / 'profile'}".encode(), []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if mark in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found


def test_a_report_goes_through_the_real_service_once(site: Site, tmp_path: Path) -> None:
    before = newcomer.reports(site)
    with browser(site, tmp_path, HERE_ONLY) as hers:
        begin(hers)
        page = hers.open("leaves")
        page.locator("#read-terms").click()
        page.locator("#group").select_option(index=1)
        newcomer.say(hers, page, "#send", act="refuse")
        page.locator("#told .wait").wait_for()
        assert stage(hers) == "asked"
        page.close()
        send(hers)
        assert newcomer.reports(site) == before + 1
        page = hers.open("leaves")
        page.locator("#take-back").click()
        until(lambda: stage(hers) == "back", "not taken back")
        assert newcomer.reports(site) == before


@pytest.mark.again
@pytest.mark.parametrize("point", first_of(POINTS), ids=str)
def test_killed_on_the_way_the_browser_sends_one_report_paid_once(
    site: Site, tmp_path: Path, point: tuple[str, bool]
) -> None:
    newcomer.forget_permits(site)
    before, died = newcomer.reports(site), []

    def die(*here: object) -> None:
        if here == point and not died:
            died.append(here)
            kill(tmp_path)

    with recording() as clerk:
        clerk.on = die
        try:
            with browser(site, tmp_path, *clerk.chromium()) as hers:
                begin(hers)
                send(hers)
        except Error:
            if not died:
                raise
        assert died
        with browser(site, tmp_path, *clerk.chromium()) as hers:
            send(hers)
            kept = hers.kept()
    [body] = {one.body.decode() for one in clerk.asked("POST /traces/reports/")}
    [spent] = json.loads(kept["ledger"]["books"])["entries"]
    assert {one["bytes"] for one in kept["left"] if one["what"] == "report"} == {body}
    assert spent[1] > 0 and spent[2] == json.loads(body)["report"]
    assert site.rows("select count(*) from traces_permit") == [(1,)] and newcomer.reports(site) == before + 1
    newcomer.forget_permits(site)
