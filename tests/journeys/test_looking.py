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
# What is wrong with a page, what is written for what, and what is said then.
WRONG = [
    ("<h1>Une page</h1>", "<h1>Une page</h1><h1>Deux</h1>", "it has 2 h1"),
    ("Une page – Vis-à-vis", "", "its title is"),
    ('lang="fr"', 'lang="en"', "its lang is 'en'"),
    ("</main>", '<img src="/ui/"></main>', "axe, image-alt"),
    ("</main>", "<p style='color:#aaa'>Pâle</p></main>", "axe, color-contrast"),
    ("</main>", "<p style='width:400px'>Large</p></main>", "it scrolls sideways"),
    ("</main>", "<button tabindex=-1>Sans clavier</button></main>", "Tab does not reach <button tabindex=\"-1\">Sans"),
    ("</main>", "<div><template shadowrootmode=open><button tabindex=-1>Dans l’ombre</button></template></div></main>",
     "Tab does not reach <button tabindex=\"-1\">Dans"),
    ("<a ", "<a style='outline:none' ", "focus is not seen on <a"),
    ("</main>", "<script src='http://another.invalid/x.js'></script></main>", "it asks another host"),
    ("</main>", "<script>nothing.there()</script></main>", "a script failed"),
    ("</main>", "<script>console.error('non')</script></main>", "the console says"),
]  # fmt: skip


@pytest.fixture
def page(browsers: Browsers) -> Iterator[Page]:
    context = browsers.chromium().new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def served(page: Page, html: str, status: int = 200) -> None:
    """Have the browser believe that the site answers this at /sample/, and nothing elsewhere."""

    def answer(route: Route) -> None:
        is_sample = route.request.url.endswith("/sample/")
        of_it = {"status": status, "body": html} if is_sample else {"status": 404, "body": ""}
        route.fulfill(**of_it, content_type="text/html; charset=utf-8")  # type: ignore[arg-type]

    page.route(f"{HOME}/**", answer)


def looked_at(page: Page, html: str, status: int = 200) -> str:
    served(page, html, status)
    watch = looking.Watch(page, HOME)
    found = [*watch.go(f"{HOME}/sample/"), *looking.frame(page, "fr"), *looking.axe(page)]
    found += looking.keyboard(page)
    watch.wire.detach()
    page.set_viewport_size({"width": 320, "height": 700})
    return "\n".join([*found, *looking.sideways(page)])


@pytest.mark.again
def test_a_sound_page_has_no_problem_and_all_that_is_wrong_with_another_is_noticed(page: Page) -> None:
    assert looked_at(page, SOUND) == ""
    html = SOUND
    for old, new, _said in WRONG:
        assert old in html
        html = html.replace(old, new)
    found = looked_at(page, html, 404)
    assert [said for *_change, said in WRONG if said not in found] == [] and "it answers 404" in found
    links = "<li><a href='/'>Un</a><li><a href='/'>Deux</a>"
    served(page, SOUND.replace("</main>", f"</main><div class='top__nav'><ul>{links}</ul></div>"))
    page.goto(f"{HOME}/sample/")
    found = walking.thumb(page)
    assert "the main pages are no row at the thumb (390 px)" in found
    assert "a main page is too small for a finger (320 px)" in found


@pytest.mark.again
def test_a_heavy_page_and_one_in_the_wrong_language_are_noticed() -> None:
    assert list(looking.overweight({"html": 14_000, "css": 12_000, "js": 10_000})) == []
    assert list(looking.overweight({"js": 10_001})) == ["js weighs 10001 bytes, at most 10000"]
    assert "the page weighs 40001" in next(looking.overweight({"img": 40_001}))
    french = "<h1>Bonjour</h1><p>Tapez votre code</p><button>Look anew</button><h2>Aide de Valence</h2>"
    english = "<h1>Hello</h1><p>Tapez votre code</p><button>Look anew</button><h2>Aide de Valence</h2>"
    found = list(speaking.untranslated(french, english, data={"Aide de Valence"}))
    assert found == [
        "in French on the English page: Tapez votre code",
        "the same in both languages: Look anew",
    ]
    swapped = list(speaking.untranslated("<p>Type your code</p>", "<p>Type your code</p>", data=set()))
    assert swapped == ["in English on the French page: Type your code"]
