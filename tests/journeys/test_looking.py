"""A check that cannot fail is worth nothing: each is fed a page that is wrong in one way."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route

from tests.browsing import Browsers
from tests.journeys import looking, speaking, walking

pytestmark = pytest.mark.journey

SOUND = """<!doctype html><html lang="fr"><head><title>Une page – Vis-à-vis</title></head>
<body><main><h1>Une page</h1><p><a href="/">Accueil</a></p></main></body></html>"""


# Nobody is asked: the browser believes that this host answers.
HOME = "http://sample.invalid"
SHADOWED = "<div><template shadowrootmode=open><button tabindex=-1>Dans l’ombre</button></template></div>"


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


@pytest.fixture(scope="module")
def window(browsers: Browsers) -> Iterator[Page]:
    """One window for all of them."""
    context = browsers.chromium().new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page) -> Iterator[Page]:
    window.set_viewport_size({"width": 1280, "height": 900})
    yield window
    window.unroute_all()


def served(page: Page, html: str, *, status: int = 200) -> None:
    """Have the browser believe that the site answers this at /sample/, and nothing elsewhere."""

    def answer(route: Route) -> None:
        is_sample = route.request.url.endswith("/sample/")
        route.fulfill(
            status=status if is_sample else 404,
            body=html if is_sample else "",
            content_type="text/html; charset=utf-8",
        )

    page.route(f"{HOME}/**", answer)


def looked_at(page: Page, html: str, *, status: int = 200) -> str:
    served(page, html, status=status)
    watch = looking.Watch(page, HOME)
    found = [*watch.go(f"{HOME}/sample/"), *looking.frame(page, "fr"), *looking.axe(page)]
    found += looking.keyboard(page)
    watch.wire.detach()
    page.set_viewport_size({"width": 320, "height": 700})
    return "\n".join([*found, *looking.sideways(page)])


@pytest.mark.again
def test_a_sound_page_has_no_problem(page: Page) -> None:
    assert looked_at(page, SOUND) == ""


@pytest.mark.again
@pytest.mark.parametrize(
    ("html", "said"),
    [
        (changed("<h1>Une page</h1>", "<h1>Une page</h1><h1>Deux</h1>"), "it has 2 h1"),
        (changed("Une page – Vis-à-vis", ""), "its title is"),
        (changed('lang="fr"', 'lang="en"'), "its lang is 'en'"),
        (changed("</main>", '<img src="/ui/">'), "axe, image-alt"),
        (changed("</main>", "<p style='color:#aaa'>Pâle</p>"), "axe, color-contrast"),
        (changed("</main>", "<p style='width:400px'>Large</p>"), "it scrolls sideways"),
        (changed("</main>", "<button tabindex=-1>Sans clavier</button>"), "Tab does not reach <button"),
        (changed("</main>", SHADOWED), "Tab does not reach <button"),
        (changed("<a ", "<a style='outline:none' "), "focus is not seen on <a"),
        (changed("</main>", "<script src='http://another.invalid/x.js'></script>"), "it asks another host"),
        (changed("</main>", "<script>nothing.there()</script>"), "a script failed"),
        (changed("</main>", "<script>console.error('non')</script>"), "the console says"),
    ],
    ids=lambda value: value[:40] if not value.startswith("<!") else "page",
)
def test_a_page_that_is_wrong_is_noticed(html: str, said: str, page: Page) -> None:
    assert said in looked_at(page, html)


@pytest.mark.again
def test_main_pages_that_are_no_row_at_the_thumb_are_noticed(page: Page) -> None:
    links = "<li><a href='/'>Un</a><li><a href='/'>Deux</a>"
    served(page, changed("</main>", f"</main><div class='top__nav'><ul>{links}</ul></div>"))
    page.goto(f"{HOME}/sample/")
    found = walking.thumb(page)
    assert "the main pages are no row at the thumb (390 px)" in found
    assert "a main page is too small for a finger (320 px)" in found


@pytest.mark.again
def test_a_page_that_is_not_there_is_noticed(page: Page) -> None:
    assert "it answers 404" in looked_at(page, SOUND, status=404)


@pytest.mark.again
def test_a_heavy_page_is_noticed() -> None:
    assert list(looking.overweight({"html": 14_000, "css": 12_000, "js": 10_000})) == []
    assert list(looking.overweight({"js": 10_001})) == ["js weighs 10001 bytes, at most 10000"]
    assert "the page weighs 40001" in next(looking.overweight({"img": 40_001}))


@pytest.mark.again
def test_a_page_in_the_wrong_language_is_noticed() -> None:
    french = "<h1>Bonjour</h1><p>Tapez votre code</p><button>Look anew</button><h2>Aide de Valence</h2>"
    english = "<h1>Hello</h1><p>Tapez votre code</p><button>Look anew</button><h2>Aide de Valence</h2>"
    found = list(speaking.untranslated(french, english, data={"Aide de Valence"}))
    assert found == [
        "in French on the English page: Tapez votre code",
        "the same in both languages: Look anew",
    ]
    swapped = list(speaking.untranslated("<p>Type your code</p>", "<p>Type your code</p>", data=set()))
    assert swapped == ["in English on the French page: Type your code"]
