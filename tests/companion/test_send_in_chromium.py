"""A report sent from a real Chromium, also when the browser is killed on the way; then the file and the openings."""

import io
import json
import os
import signal
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from tests.common.examples import first_of
from tests.companion.device import Device, device
from tests.companion.service import Service, running
from tests.journeys import looking
from tests.waiting import until
from visavis.traces.packing import pack

pytestmark = pytest.mark.journey

TRACES = {"interest:diy": {"sites": {"n": 6, "last": 0, "weight": 6}}}


@pytest.fixture
def service() -> Iterator[Service]:
    with running(Service()) as one:
        yield one


@contextmanager
def browser(service: Service, folder: Path) -> Iterator[Device]:
    """The companion of that service, in a profile that stays from one start to the next."""
    companion = folder / "companion"
    if not companion.exists():
        zipfile.ZipFile(io.BytesIO(pack("chromium", service.origin))).extractall(companion)
    with device(companion, folder / "profile") as context:
        yield Device(context, 0)


def begin(hers: Device) -> None:
    """Agree to reports, and like DIY."""
    hers.choose("reports")
    traces = json.dumps(TRACES).replace('"last": 0', '"last": today')
    hers.own.evaluate(
        f"const today = Math.floor(Date.now() / 864e5); chrome.storage.local.set({{traces: {traces}}})"
    )


def say_yes(hers: Device, page: Page, button: str) -> None:
    """Press a button of the companion, then the one of the service's page."""
    with hers.context.expect_page() as opened:
        page.locator(button).click()
    opened.value.get_by_role("button", name="Yes").click()


def ask(hers: Device) -> None:
    """Send this quarter's report, from wherever she stands."""
    page = hers.open("leaves")
    page.locator("#state button").first.wait_for()
    if page.locator("#read-terms").count():
        page.locator("#read-terms").click()
        page.locator("#send").wait_for()
        say_yes(hers, page, "#send")
    page.locator("#take-back").wait_for()


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
    """Send the report; a browser that was killed on the way says so here."""
    ask(hers)
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


def is_one_report_paid_once(service: Service, kept: dict[str, Any]) -> bool:
    """Say whether one permit, one report and one payment is all there is."""
    bodies = {
        body for method, path, _, body in service.came if (method, path) == ("POST", "/traces/reports/")
    }
    spent = json.loads(kept["ledger"]["books"])["entries"]
    left = [one["bytes"] for one in kept["left"] if one["what"] == "report"]
    return (
        len(service.signed) == len(service.counted) == len(bodies) == len(spent) == 1
        and spent[0][1] == 1000
        and spent[0][2] == json.loads(left[0])["report"]
        and set(left) == bodies
    )


@pytest.mark.again
def test_a_report_is_sent_without_a_cookie_then_openings_are_fetched_and_an_interest_proposed(
    service: Service, tmp_path: Path
) -> None:
    with browser(service, tmp_path) as hers:
        begin(hers)
        page = hers.open("openings")
        say_yes(hers, page, "#fetch")
        page.locator("#list li").first.wait_for()
        assert looking.axe(page) == []
        assert page.locator("#list h3").all_inner_texts() == ["Pose", "Vente", "Accueil"]
        asked = [body for _, path, _, body in service.came if path == "/answer"]
        assert asked == ['{"visavis":1,"ask":"shortlist"}'], "an opening moves up without a word"
        assert "Pose" not in json.dumps(hers.kept())

        send(hers)
        assert is_one_report_paid_once(service, hers.kept())
        page = hers.open("leaves")
        assert looking.axe(page) == []
        (report,) = service.counted.values()
        assert page.locator("#state .bytes").inner_text() == report
        shown = [json.loads(one) for one in page.locator("#left .bytes").all_inner_texts()]
        assert report in [one.get("report") for one in shown], "byte for byte"
        for _, path, headers, _ in service.came:
            if path.startswith("/traces/"):
                assert not {"Cookie", "Referer"} & set(headers), headers
                assert headers["Accept-Language"] == "fr"
        assert not [body for _, _, _, body in service.came if "interest:diy" in body]

        page = hers.open("file")
        say_yes(hers, page, "#list button >> nth=0")
        page.locator("#list .tag.good").wait_for()
        assert hers.kept()["file"] == {"interest:diy": "saved"}


@pytest.mark.again
@pytest.mark.parametrize("point", first_of(["before counting", "terms", "signed", "counted"]))
def test_killed_on_the_way_the_browser_sends_one_report_paid_once(
    service: Service, tmp_path: Path, point: str
) -> None:
    died = []

    def die(here: str) -> None:
        if here == point and not died:
            died.append(here)
            kill(tmp_path)

    try:
        with browser(service, tmp_path) as hers:
            begin(hers)
            service.on = die
            send(hers)
    except Error:
        if not died:
            raise
    assert died
    with browser(service, tmp_path) as hers:
        send(hers)
        assert is_one_report_paid_once(service, hers.kept()), service.came
