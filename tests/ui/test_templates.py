"""What holds for every template of the site, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import override_settings

import visavis
from tests.sweeps import few
from tests.ui.html import elements
from visavis.ui.views import icon_names

SOURCE = Path(visavis.__path__[0])
TEMPLATES = sorted(file for file in SOURCE.rglob("templates/**/*.html"))
OWN_STYLE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:")
OWN_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)")
BARE = ("400.html", "403.html", "403_csrf.html", "404.html", "500.html", "503.html")


LISTS = re.compile(r'<ul class="rows">.*?</ul>', re.DOTALL)
# What names a row, alone in its row or within the name: its own box is one line high, and not as high as a finger.
LOW = re.compile(r'<li[^>]*>\s*<a (?!class)|<span class="row__name">\s*<a ')


def name(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def test_a_template_has_no_style_and_no_script_of_its_own_symbols_of_the_sprite_and_high_rows() -> None:
    own, unknown, low, symbols = [], [], [], set(icon_names())
    for file in TEMPLATES:
        text = file.read_text(encoding="utf8")
        # A posting as JSON-LD is data: nothing runs it.
        if OWN_STYLE.search(text) or OWN_SCRIPT.search(text):
            own.append(name(file))
        unknown += [
            (name(file), one) for one in re.findall(r'{% icon "([^"]+)" %}', text) if one not in symbols
        ]
        low += [name(file) for rows in LISTS.findall(text) if LOW.search(rows)]
    assert (own, unknown, low) == ([], [], []) and len(TEMPLATES) > 100


@pytest.mark.parametrize("file", few("templates", TEMPLATES), ids=name)
def test_a_template_can_be_read(file: Path) -> None:
    engines["django"].from_string(file.read_text(encoding="utf8"))


@override_settings(VISAVIS_PHONE="01 99 00 12 34")
def test_an_error_page_stands_alone_in_both_languages() -> None:
    for page in BARE:
        text = get_template(page).render()
        assert [section["lang"] for section in elements(text, "section")] == ["fr", "en"], page
        assert text.count('href="tel:0199001234"') == 2, page
        assert len(elements(text, "h1")) == 1, page
    text = get_template("404.html").render()
    assert text.index("Nous n’avons pas trouvé cette page") < text.index("We did not find this page")


def test_an_opening_shows_words_for_its_score_and_what_is_missing_as_a_line_with_nothing_to_press() -> None:
    told = {"missing": ["a licence"], "notes": ["far"]}
    text = render_to_string("ui/reasons.html", {"ticks": ["near"], "told": told})
    assert text.index("#check") < text.index("near") < text.index("Manque") < text.index("a licence")
    assert text.index("a licence") < text.index("À savoir") < text.index("far")
    assert text.count("chip") == 2 and "<a" not in text and "<button" not in text
    opening = {"id": "o1", "title": "Cook", "fit": {"part": 0.8137, "words": "suits very well"}}
    text = render_to_string("ui/opening.html", {"opening": opening})
    assert "0.8137" not in text and "0,8137" not in text
    assert elements(text, "article")[0]["aria-labelledby"] == "o1-title"


def test_a_progress_asks_again_only_while_it_has_an_address_and_a_notice_has_a_title_of_its_own() -> None:
    text = render_to_string("ui/progress.html", {"text": "We look.", "url": "/job/1/", "part": 0.5})
    assert "data-visavis-refresh" in text
    # Written alike in every language.
    assert float(elements(text, "progress")[0]["value"]) == 0.5
    assert "data-visavis-refresh" not in render_to_string("ui/progress.html", {"text": "Done."})
    # An include reads the names of its page: what a notice is headed with has a name of its own.
    said = render_to_string("ui/notice.html", {"title": "The page", "text": "What is new"})
    assert "What is new" in said and "The page" not in said
    assert "<b>Apart</b>" in render_to_string("ui/notice.html", {"title": "The page", "head": "Apart"})
    once, again = (get_template("ui/base.html") for _time in range(2))
    assert once.template is again.template, "a template is compiled once a process"  # type: ignore[attr-defined]
