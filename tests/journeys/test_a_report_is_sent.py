"""The companion and the real service: a permit, a report, a proposal to the file, a list put in another order."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.companion.device import Device, device
from tests.companion.test_send_in_chromium import begin, let_hours_pass, stage
from tests.journeys.site import Site, waited
from visavis.traces.packing import pack

pytestmark = pytest.mark.journey

WITHIN_S = 60
HERE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


def kept(site: Site) -> int:
    """Return how many reports stand in the table; the town's invented people have sent some already."""
    return int(site.rows("SELECT count(*) FROM traces_report WHERE items IS NOT NULL")[0][0])


@pytest.fixture
def hers(site: Site, tmp_path: Path) -> Iterator[Device]:
    """Her own Chromium with the companion of the service, where she is signed in and agreed to reports."""
    zipfile.ZipFile(io.BytesIO(pack("chromium", site.url))).extractall(tmp_path / "companion")
    with device(tmp_path / "companion", tmp_path / "profile", HERE_ONLY) as context:
        one = Device(context, 0)
        one.web.goto(f"{site.url}/demo/as/jobseeker/")
        begin(one)
        yield one


def say(hers: Device, page: Page, button: str, *, tick: bool = False, act: str = "allow") -> None:
    """Press a button of the companion, then answer on the page of the service that it opens."""
    with hers.context.expect_page() as opened:
        page.locator(button).first.click()
    window = opened.value
    if tick:
        window.locator("input[type=checkbox]").first.check()
    window.locator(f"button[data-act={act}]:visible").click()
    window.locator("[data-part=done]:visible, [data-part=refused]:visible").wait_for()


def test_a_report_goes_through_the_real_service_once(site: Site, hers: Device) -> None:
    before = kept(site)
    page = hers.open("leaves")
    page.locator("#read-terms").click()
    page.locator("#group").select_option(index=1)
    say(hers, page, "#send", act="refuse")
    page.locator("#told .wait").wait_for()
    assert stage(hers) == "asked"

    say(hers, page, "#send")
    page.locator("#take-back").wait_for()
    let_hours_pass(hers)
    waited(lambda: stage(hers) == "sent", WITHIN_S, f"not sent: {hers.kept()['ledger']['sending']}")
    assert kept(site) == before + 1

    page.reload()
    page.locator("#take-back").click()
    waited(lambda: stage(hers) == "back", WITHIN_S, "not taken back")
    assert kept(site) == before
