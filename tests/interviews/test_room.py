"""Two people meet in real browsers with cameras and microphones that a program plays: from the waiting to the end."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.interviews.house import House, goes_on
from tests.interviews.lossy import Line
from tests.interviews.meeting import NO_DEVICES, admitted, closed, come_in, ended, host_of, meet
from tests.journeys.site import waited

pytestmark = pytest.mark.journey
CUT_MS, SILENT_MS = 8_000, 1_500
# From the end of the cut; a busy machine is slow.
BACK_WITHIN_S = 15.0
# Her page can be made deaf to the house.
EARS = """(() => {
  const Real = EventSource; window.ears = [];
  window.EventSource = class extends Real { constructor(...how) { super(...how); window.ears.push(this); } };
})()"""
# When the last packet came by the newest connection.
LAST_HEARD = """() => {
  const line = window.lines.at(-1), last = window.last = { at: Date.now(), packets: 0 };
  setInterval(async () => {
    let packets = 0;
    for (const one of (await line.getStats()).values()) packets += one.type == "inbound-rtp" ? one.packetsReceived : 0;
    if (packets > last.packets) Object.assign(last, { packets, at: Date.now() });
  }, 50);
}"""


def test_two_people_meet_see_a_document_and_go_on_over_every_break(place: House, chromium: Browser) -> None:
    host, hers = meet(place, chromium)
    # A document on the table is seen by both, page by page.
    host.get_by_role("button", name="Le montrer").click()
    for number in (1, 2):
        for page in (host, hers):
            expect(page.locator(f".room__page[alt^='Page {number} sur 2']")).to_be_visible()
            page.wait_for_function("() => document.querySelector('.room__page').naturalWidth")
        if number == 1:
            hers.get_by_role("button", name="Page suivante").click()
    # The house is killed in mid-call: the call goes on, what is written comes when the house is back.
    for name in ("live", "web"):
        place.kill(name)
    goes_on(host)
    goes_on(hers)
    for name in ("web", "live"):
        place.start(name)
    hers.locator("#words").fill("Voici mon attestation")
    hers.get_by_role("button", name="Écrire").click()
    expect(host.locator("#room-remarks")).to_contain_text("Voici mon attestation", timeout=45_000)
    # Nobody was admitted meanwhile who was not.
    context = place.browser_of(chromium, relay_only=True)
    context.add_init_script(EARS)
    beside = come_in(context.new_page(), place.there["beside"])
    assert not beside.locator("#room-own").count()
    # By the same link from another device, without an account: no new admission, and the former page stops.
    other = place.browser_of(chromium).new_page()
    other.goto(place.there["seats"]["2"])
    goes_on(other)
    goes_on(host)
    expect(hers.locator("#room-says")).to_contain_text("autre appareil")
    hers.close()
    goes_on(host)
    # The third one is let in, and all see each other; put out, nothing more of her comes.
    admitted(host, beside)
    for page in (host, other, beside):
        page.wait_for_function("() => heard().then((found) => found.open == 2)")
        goes_on(page)
    # Her page hears nothing more of the house, and what she has at the relay lives on: the others close.
    beside.evaluate("ears.forEach((one) => one.close())")
    context.route("**/interviews/seat/**", lambda route: route.abort())
    for page in (host, other):
        page.evaluate(LAST_HEARD)
    host.get_by_role("button", name="Mettre Mme Sow dehors").click()
    for page in (host, other):
        page.wait_for_function("() => lines.at(-1).connectionState == 'closed'")
        page.wait_for_function(f"() => last.packets && Date.now() - last.at > {SILENT_MS}")
    goes_on(host)
    context.unroute_all()
    # By a page of its own: the one that was put out may just be leaving for there by itself.
    beside = context.new_page()
    beside.goto(place.there["beside"])
    expect(beside.get_by_text("demandé de quitter")).to_be_visible()
    assert not beside.locator("#room-own").count()
    assert not beside.get_by_role("button", name="Je suis là").count()
    # Whoever comes next to this house has the new link.
    host.locator("form[action$='let-back/'] button").click()
    place.there["beside"] = host.locator("input.link").input_value()
    ended(host)
    expect(other.get_by_text("terminé")).to_be_visible()
    closed(host, other, beside)


@pytest.mark.again
def test_who_comes_and_comes_again_at_once_is_seen_and_heard(place: House, chromium: Browser) -> None:
    host, hers = meet(place, chromium)
    late: list[Route] = []
    # What he says to her next page is under way until the one after it sits there.
    host.route("**/post/", lambda route: late.append(route) if not late else route.continue_())
    hers.reload()
    waited(lambda: host.evaluate("lines.length") and late, 30, "he says nothing to her next page")
    with hers.expect_response("**/connect/"):
        hers.reload()
    late[0].continue_()
    for page in (host, hers):
        goes_on(page, BACK_WITHIN_S)
    assert all(page.evaluate("heard()")["open"] == 1 for page in (host, hers))
    host.unroute_all()
    ended(host)
    closed(host, hers)


def test_by_a_relay_alone_a_cut_of_eight_seconds_heals(place: House, chromium: Browser, line: Line) -> None:
    host, hers = meet(place, chromium, relay_only=True)
    assert hers.evaluate("heard()")["kinds"]
    line.is_cut = True
    hers.context.set_offline(True)
    expect(host.locator("#room-says")).to_contain_text("coupée")
    hers.evaluate("window.cutAt = Date.now()")
    hers.wait_for_function(f"() => Date.now() - cutAt > {CUT_MS}")
    hers.context.set_offline(False)
    line.is_cut = False
    goes_on(hers, BACK_WITHIN_S)
    goes_on(host, BACK_WITHIN_S)
    expect(hers.locator("#room-says")).not_to_contain_text("coupée")
    hers.get_by_role("button", name="Raccrocher").click()
    hers.get_by_role("button", name="Je suis là").wait_for()
    ended(host)
    closed(host, hers)


def test_without_camera_and_microphone_she_is_in_all_the_same(place: House, chromium: Browser) -> None:
    host = host_of(place, chromium)
    context = place.browser_of(chromium)
    context.add_init_script(NO_DEVICES)
    hers = come_in(context.new_page(), place.there["seats"]["2"])
    admitted(host, hers)
    goes_on(hers)
    expect(hers.locator("#room-says")).to_contain_text("pas de micro")
    ended(host)
    expect(hers.get_by_text("terminé")).to_be_visible()
    closed(host, hers)
