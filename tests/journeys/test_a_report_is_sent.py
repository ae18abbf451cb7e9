"""The companion and the real service: a permit, a report, a proposal to the file, a list put in another order."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.companion.device import Device, device
from tests.companion.test_send_in_chromium import begin, let_hours_pass, stage
from tests.journeys import newcomer
from tests.journeys.site import Site
from tests.waiting import until
from visavis.traces.packing import pack

pytestmark = pytest.mark.journey

HERE_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


@pytest.fixture
def hers(site: Site, tmp_path: Path) -> Iterator[Device]:
    """Her own Chromium with the companion of the service, where she is signed in and agreed to reports."""
    zipfile.ZipFile(io.BytesIO(pack("chromium", site.url))).extractall(tmp_path / "companion")
    with device(tmp_path / "companion", tmp_path / "profile", HERE_ONLY) as context:
        one = Device(context, 0)
        one.web.goto(f"{site.url}/demo/as/jobseeker/")
        begin(one)
        yield one


def test_a_report_goes_through_the_real_service_once(site: Site, hers: Device) -> None:
    before = newcomer.reports(site)
    page = hers.open("leaves")
    page.locator("#read-terms").click()
    page.locator("#group").select_option(index=1)
    newcomer.say(hers, page, "#send", act="refuse")
    page.locator("#told .wait").wait_for()
    assert stage(hers) == "asked"

    newcomer.say(hers, page, "#send")
    page.locator("#take-back").wait_for()
    let_hours_pass(hers)
    until(lambda: stage(hers) == "sent", lambda: f"not sent: {hers.kept()['ledger']}")
    assert newcomer.reports(site) == before + 1

    page.reload()
    page.locator("#take-back").click()
    until(lambda: stage(hers) == "back", "not taken back")
    assert newcomer.reports(site) == before
