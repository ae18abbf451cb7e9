"""A call outlives its credentials of the relay, and finds a new way all the same: a real browser and coturn."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.interviews import coturn
from tests.interviews.test_thin import opened
from tests.journeys.site import waited
from visavis.interviews.relay import credentials

pytestmark = pytest.mark.journey
LIVES_S = 4
# How many ways by the relay the newest offer and answer name, and which they are.
WAYS = """() => of.map(({ pc }) => ({
  mark: pc.localDescription.sdp.match(/ice-ufrag:(.*)/)[1],
  ways: pc.localDescription.sdp.split("typ relay").length - 1,
}))"""
PACKETS = """async () => {
  let least = Infinity;
  for (const { pc } of of) {
    let packets = 0;
    for (const one of (await pc.getStats()).values()) packets += one.type === "inbound-rtp" ? one.packetsReceived : 0;
    least = Math.min(least, packets);
  }
  return least;
}"""


@pytest.fixture
def relay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[coturn.Coturn]:
    with coturn.running(tmp_path_factory.mktemp("relay"), is_open=True) as one:
        yield one


def test_credentials_are_renewed_before_a_new_way_is_sought(chromium: Browser, relay: coturn.Coturn) -> None:
    def servers() -> list[dict[str, Any]]:
        login = credentials.login(coturn.SECRET, "1-1", now_s=time.time(), life_s=LIVES_S)
        return [{"urls": [relay.url], "username": login.username, "credential": login.password}]

    page = chromium.new_page()
    page.expose_function("servers", servers)
    opened(page)
    before, given_at = page.evaluate(WAYS), time.time()
    assert all(one["ways"] for one in before) and not page.evaluate("refused")
    waited(lambda: time.time() - given_at > LIVES_S + 1, 30, "its time is not over")
    # What is there goes on, for a relay's place outlives its credentials.
    goes_on(page)
    page.evaluate("of[1].restart(true)")

    def is_new() -> bool:
        now = page.evaluate(WAYS)
        return all(one["mark"] != old["mark"] and one["ways"] for one, old in zip(now, before, strict=True))

    waited(is_new, 30, f"no way by the relay was found: {page.evaluate(WAYS)}, {page.evaluate('refused')}")
    assert 401 not in page.evaluate("refused")
    goes_on(page)
    page.close()


def goes_on(page: Page) -> None:
    before = page.evaluate(PACKETS)
    waited(lambda: page.evaluate(PACKETS) > before + 5, 30, "nothing more comes")
