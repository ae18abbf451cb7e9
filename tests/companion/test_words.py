"""The companion's words: both languages say the same things, whole, and pages ask for none that is missing."""

import json
import re

import pytest

from visavis.traces.packing import SOURCE

WORDS = {
    path.parent.name: json.loads(path.read_text()) for path in (SOURCE / "_locales").glob("*/messages.json")
}
PAGES = sorted((SOURCE / "pages").glob("*.html"))


def holes(message: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", message))


def test_both_languages_have_the_same_words_with_the_same_values():
    assert set(WORDS) == {"fr", "en"}
    assert set(WORDS["fr"]) == set(WORDS["en"])
    french, english = (
        {key: holes(one["message"]) for key, one in WORDS[name].items()} for name in ("fr", "en")
    )
    assert french == english


def test_french_is_written_as_it_should_be():
    wrong = re.compile(r"'|[^\u00a0\u202f][:;?!»](?=\s|$)|«[^\u00a0\u202f]")
    assert {key: one["message"] for key, one in WORDS["fr"].items() if wrong.search(one["message"])} == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_asks_for_words_that_exist(page):
    asked = set(re.findall(r'data-say(?:-label)?="(\w+)"', page.read_text()))
    assert {*asked, f"{page.stem}_title", f"shell_nav_{page.stem}"} <= set(WORDS["fr"])


def test_modules_ask_for_words_that_exist():
    known = {re.sub(r"_(one|other)$", "", key) for key in WORDS["fr"]} | set(WORDS["fr"])
    asked = {
        (path.name, key)
        for folder in ("pages", "src")
        for path in (SOURCE / folder).rglob("*.js")
        for key in re.findall(r'\bsay\("(\w+)"', path.read_text())
    }
    assert {(name, key) for name, key in asked if key not in known} == set()
