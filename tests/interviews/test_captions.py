"""Captions that somebody types are read by all in the room, large, and kept nowhere; blur where the browser has it."""

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.interviews.house import House, goes_on
from tests.interviews.meeting import admitted, closed, come_in, ended, meet

pytestmark = pytest.mark.journey
SECRET = "le rendez-vous est à Montauban"
# A browser that blurs by itself: Chromium does it on no machine of a test.
BLURS = """(() => {
  const track = MediaStreamTrack.prototype, settings = track.getSettings, asked = window.asked = [];
  const media = MediaDevices.prototype, take = media.getUserMedia;
  media.getUserMedia = function (how) { asked.push(how.video?.backgroundBlur ?? null); return take.call(this, how); };
  track.getCapabilities = function () { return this.kind == "video" ? { backgroundBlur: [true, false] } : {}; };
  track.getSettings = function () { return { ...settings.call(this), backgroundBlur: this.blurred ?? false }; };
  track.applyConstraints = async function (how) { this.blurred = how.backgroundBlur; };
})()"""


def test_captions_of_a_third_are_read_by_all_and_by_who_comes_later(place: House, chromium: Browser) -> None:
    host, hers = meet(place, chromium)
    third = come_in(place.browser_of(chromium).new_page(), place.there["beside"])
    expect(host.locator("#room-captions")).to_be_hidden()
    admitted(host, third)
    goes_on(third)
    third.get_by_role("button", name="Saisir des sous-titres").click()
    typed = third.locator("#caption")
    expect(typed).to_be_focused()
    typed.press_sequentially("Bonjour Madame")
    for page in (host, hers):
        # Seen as it is typed, read aloud once the line is whole.
        expect(page.locator("[data-now]")).to_have_text("Bonjour Madame")
        expect(page.locator("[data-lines]")).to_be_empty()
        assert page.locator("[data-now]").get_attribute("aria-hidden") == "true"
    typed.press("Enter")
    typed.fill(SECRET)
    typed.press("Enter")
    for page in (host, hers, third):
        lines = page.locator("[data-lines]")
        expect(lines.locator("p")).to_have_text(["Mme Sow Bonjour Madame", f"Mme Sow {SECRET}"])
        assert lines.get_attribute("aria-live") == "polite"
    # What a page says of itself comes again with each touch: no line comes twice.
    third.get_by_role("button", name="Lever la main").click()
    expect(host.locator("[data-is=hand]:not([hidden])")).to_have_count(1)
    expect(host.locator("[data-lines] p")).to_have_count(2)
    before = hers.locator("[data-lines]").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    hers.get_by_role("button", name="Texte plus grand").click()
    now = hers.locator("[data-lines]").evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    assert before >= 24 and now > before
    # On a phone the words stay on the screen with the face, above the navigation.
    hers.set_viewport_size({"width": 320, "height": 640})
    hers.evaluate("scrollTo(0, 0)")
    seen = hers.locator("[data-lines]").evaluate("(one) => one.getBoundingClientRect().bottom")
    bar = hers.locator(".top__nav").evaluate("(one) => one.getBoundingClientRect().top")
    assert 0 < seen <= bar
    # Who comes again reads on from the line that stands; the chat and the house have none of it.
    hers.reload()
    expect(hers.locator("[data-lines] p")).to_have_text([f"Mme Sow {SECRET}"])
    expect(host.locator("#room-remarks")).not_to_contain_text("Montauban")
    files = [one for one in place.site.var.rglob("*") if one.is_file()]
    assert not [one for one in files if SECRET.encode() in one.read_bytes()]
    for page in (host, hers, third):
        kept = page.evaluate("JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
        assert "Montauban" not in kept and "Bonjour Madame" not in kept
    third.get_by_role("button", name="Saisir des sous-titres").click()
    expect(third.locator("#caption")).to_be_hidden()
    ended(host)
    closed(host, hers, third)


def test_blur_is_offered_where_a_browser_has_it_and_asked_for_again(place: House, chromium: Browser) -> None:
    def prepare(context: BrowserContext) -> None:
        context.add_init_script(BLURS)

    host, hers = meet(place, chromium, prepare=prepare)
    hers.get_by_text("Choisir la caméra et le micro").click()
    box = hers.get_by_label("Flouter ce qui est derrière moi")
    expect(box).not_to_be_checked()
    box.check()
    hers.wait_for_function(
        "() => document.getElementById('room-own').srcObject.getTracks()[0].blurred === true"
    )
    assert hers.evaluate("asked.includes(true)") is False
    # The next camera is asked for with it, before its first picture.
    hers.reload()
    goes_on(hers)
    assert hers.evaluate("asked[0]") is True
    hers.get_by_text("Choisir la caméra et le micro").click()
    expect(hers.get_by_label("Flouter ce qui est derrière moi")).to_be_checked()
    ended(host)
    closed(host, hers)


def test_who_does_not_hear_says_so_once_and_has_the_picture_first(place: House, chromium: Browser) -> None:
    host, hers = meet(place, chromium)
    room = hers.url
    hers.goto(f"{room}try/")
    hers.get_by_role("button", name="Je ne parle pas").click()
    hers.get_by_role("button", name="Je n’entends pas").click()
    for name in ("microphone", "sound"):
        assert hers.locator(f"[data-try={name}]").get_attribute("data-state") == "good"
    for _time in ("she comes", "she comes again"):
        hers.goto(room)
        goes_on(hers)
        hers.get_by_text("Choisir la caméra et le micro").click()
        expect(hers.locator("[data-do=signs]")).to_have_attribute("aria-pressed", "true")
    # She may think otherwise in the room, and is believed there too.
    hers.locator("[data-do=signs]").click()
    hers.reload()
    hers.get_by_text("Choisir la caméra et le micro").click()
    expect(hers.locator("#room-video option").first).to_be_attached()
    expect(hers.locator("[data-do=signs]")).to_have_attribute("aria-pressed", "false")
    # This browser blurs nothing by itself, and offers none.
    expect(hers.locator("#room-blur")).to_be_hidden()
    ended(host)
    closed(host, hers)
