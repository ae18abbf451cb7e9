"""What the scripts do, in a real browser, on the style page's samples."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from tests.browsing import Browsers

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


@pytest.fixture
def page(browsers: Browsers, live_server: object) -> Iterator[Page]:
    """A page in a window of its own that speaks English; anything on its console fails the test."""
    context = browsers.chromium().new_context(locale="en-GB", base_url=str(live_server))
    context.set_default_timeout(60_000)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert not said


def open_question(page: Page) -> None:
    page.goto("/ui/sample/question/")
    page.wait_for_load_state("networkidle")


def test_an_answer_not_yet_saved_comes_back_and_can_be_dropped_and_one_saved_is_forgotten(page: Page) -> None:
    open_question(page)
    page.check("#id_transport_1")
    page.goto("/ui/sample/list/")
    open_question(page)
    assert page.is_checked("#id_transport_1")
    assert page.get_by_text("We kept what you had typed.").is_visible()
    page.route(
        "**/question/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("chrome-error://**")
    page.unroute_all()
    for is_kept in (True, False):
        open_question(page)
        assert page.is_checked("#id_transport_1") == is_kept
        if is_kept:
            page.get_by_role("button", name="Start again").click()
            assert not page.is_checked("#id_transport_1")
    open_question(page)
    page.check("#id_transport_1")
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_url("**/answers/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("sessionStorage.getItem('visavis-drafts')") == "{}"


def test_what_is_said_before_the_script_came_is_newer_than_what_was_kept(page: Page) -> None:
    open_question(page)
    page.check("#id_transport_1")
    held: list[Route] = []
    page.route("**/draft*.js", lambda route: held.append(route))
    page.goto("/ui/sample/question/")
    page.check("#id_transport_0")
    held[0].continue_()
    page.wait_for_load_state("networkidle")
    assert page.is_checked("#id_transport_0")
    page.unroute_all()
    open_question(page)
    assert page.is_checked("#id_transport_0")


def test_errors_take_the_focus_keys_move_in_a_list_and_no_page_scrolls_sideways_on_a_small_phone(
    page: Page,
) -> None:
    open_question(page)
    page.get_by_role("button", name="Save and continue").click()
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.activeElement.className") == "summary"
    page.locator(".summary a").click()
    assert page.evaluate("document.activeElement.id") == "id_transport_0"
    page.goto("/ui/sample/list/")
    page.wait_for_load_state("networkidle")
    names = page.locator(".row__name")
    names.first.focus()
    for key in "jjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == names.nth(1).inner_text()
    page.set_viewport_size({"width": 320, "height": 640})
    for path in ("/ui/", "/ui/sample/question/", "/ui/sample/answers/", "/ui/sample/list/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_suggestion_is_pointed_at_chosen_or_closed_by_keyboard_and_a_long_text_counts_down(
    page: Page,
) -> None:
    page.goto("/ui/")
    page.wait_for_load_state("networkidle")
    field = page.locator("#light-occupation")
    field.press_sequentially("coo")
    page.locator("[role=option]").first.wait_for()
    field.press("Escape")
    assert not page.locator("[role=option]").first.is_visible()
    assert field.input_value() == "coo"
    field.press_sequentially("k")
    page.locator("[role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    field.press("ArrowDown")
    pointed = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert pointed.get_attribute("aria-selected") == "true"
    field.press("Enter")
    assert field.input_value() == "Cook"
    assert field.get_attribute("aria-expanded") == "false"
    page.locator("#light-words").fill("x" * 310)
    assert page.locator("[data-visavis-count=light-words]").inner_text() == "You have 10 characters too many."


def test_a_fragment_asks_again_until_it_is_done(page: Page) -> None:
    answers = iter(["<div id=p data-visavis-refresh='/job/'>half</div>", "<div id=p>done</div>"])
    page.route("**/job/", lambda route: route.fulfill(body=next(answers), content_type="text/html"))
    start = "<div id=p data-visavis-refresh='/job/' data-visavis-refresh-every='0.05'>start</div>"
    page.route("**/trial/", lambda route: route.fulfill(body=trial(start), content_type="text/html"))
    page.clock.install()
    page.goto("/trial/")
    page.get_by_text("done").wait_for()
    page.clock.fast_forward(60_000)
    assert next(answers, None) is None


def asked(page: Page, answers: str, start: str) -> None:
    """Open a page with `start`, whose questions are answered by a function of their number."""
    page.add_init_script(f"window.n = 0; window.fetch = async () => {{ {answers} }}")
    page.route("**/live/**", lambda route: route.fulfill(body="", content_type="text/event-stream"))
    page.route("**/trial/", lambda route: route.fulfill(body=trial(start), content_type="text/html"))
    page.goto("/trial/")
    page.wait_for_load_state("networkidle")


def test_a_fragment_outlives_a_network_that_is_cut(page: Page) -> None:
    cut_eight_times = """
        if (n++ >= 8) return new Response('<div id=p>back</div>');
        if (n % 2) throw new TypeError('cut');
        return new Response('', {status: 502});"""
    start = "<div id=p data-visavis-refresh='/job/' data-visavis-refresh-every='0.02'>start</div>"
    asked(page, cut_eight_times, start)
    page.get_by_text("back").wait_for()


def test_a_fragment_told_while_it_asks_shows_what_is_newest_and_waits_while_nobody_looks(page: Page) -> None:
    kept = "data-visavis-refresh='/job/' data-visavis-live='board:1' data-visavis-live-url='/live/'"
    slow_first = f"""
        const one = ++n;
        await new Promise((done) => setTimeout(done, one === 1 ? 300 : 0));
        return new Response(`<div id=p {kept} data-visavis-refresh-every='600'>answer ${{one}}</div>`);"""
    asked(page, slow_first, f"<div id=p {kept} data-visavis-refresh-every='600'>start</div>")
    tell = "document.dispatchEvent(new CustomEvent('visavis:told', {detail: {topic: 'board:1'}}))"
    page.evaluate(f"{tell}; {tell}; {tell}")
    page.get_by_text("answer 2").wait_for()
    number = "new Promise((done) => setTimeout(() => done(n)))"
    assert page.evaluate(number) == 2, "told while it asked, it asks once more"
    page.evaluate(f"Object.defineProperty(document, 'hidden', {{value: true, configurable: true}}); {tell}")
    assert page.evaluate(number) == 2, "nobody looks"
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_text("answer 3").wait_for()


def trial(body: str) -> str:
    """A page that holds only this and the scripts."""
    return f"<!doctype html><title>t</title><script type=module src=/static/ui/visavis.js></script>{body}"
