"""Every page of the companion, as people see it: axe, keyboard, 320 px, by day and by night, in both languages."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage

from tests.common.examples import first_of
from tests.companion.device import Device, device, sites, unpack
from tests.journeys import looking
from visavis.traces.packing import SOURCE

pytestmark = pytest.mark.journey

PAGES = sorted(path.stem for path in (SOURCE / "pages").glob("*.html"))
# Something to show on each: days, messages, what she said, what she refused.
FILLED = """async () => {
  const last = Math.floor(Date.now() / 86400000);
  const traces = {
    "interest:diy": {sites: {n: 12, last, weight: 7.3}, mail: {n: 3, last, weight: 3}},
    "interest:cars": {sites: {n: 1, last, weight: 1}},
  };
  await chrome.storage.local.set({traces, corrections: {"interest:cooking": "mine", "interest:gardening": "never"}});
}"""


@pytest.fixture(scope="module")
def hers(tmp_path_factory) -> Iterator[Device]:
    folder = unpack(tmp_path_factory.mktemp("companion"))
    with sites() as port, device(folder, tmp_path_factory.mktemp("profile")) as context:
        hers = Device(context, port)
        hers.choose("sites")
        hers.own.evaluate(FILLED)
        hers.own.emulate_media(reduced_motion="reduce")
        yield hers


def problems(hers: Device, name: str, language: str) -> list[str]:
    page = hers.own
    page.evaluate("language => chrome.storage.local.set({language})", language)
    page.set_viewport_size({"width": 1280, "height": 900})
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(f"a script failed: {error.message}"))

    def hear(one: ConsoleMessage) -> None:
        if one.type == "error":
            said.append(f"the console says: {one.text}")

    page.on("console", hear)
    hers.go(page, name)
    # Later the console tells of axe, which tries to style what hangs in a shadow.
    page.remove_listener("console", hear)
    for details in page.locator("details").all():
        details.evaluate("details => details.open = true")
    said += [*looking.frame(page, language), *looking.axe(page), *looking.keyboard(page)]
    page.set_viewport_size({"width": 320, "height": 700})
    page.emulate_media(color_scheme="dark")
    said += [f"{one} (320 px, dark)" for one in (*looking.axe(page), *looking.sideways(page))]
    page.emulate_media(color_scheme="light")
    return said


@pytest.mark.again
@pytest.mark.parametrize("language", first_of(["fr", "en"]))
@pytest.mark.parametrize("name", PAGES)
def test_a_page_can_be_read_and_used_by_everybody(hers, name, language):
    assert problems(hers, name, language) == []
