"""The companion's words: both languages say the same things, whole, and pages ask for none that is missing."""

import json
import re

from visavis.traces.packing import SOURCE

WORDS = {
    path.parent.name: json.loads(path.read_text()) for path in (SOURCE / "_locales").glob("*/messages.json")
}


def test_both_languages_have_the_same_words_with_the_same_values():
    holes = {
        language: {key: set(re.findall(r"\{(\w+)\}", one["message"])) for key, one in words.items()}
        for language, words in WORDS.items()
    }
    assert set(holes) == {"fr", "en"} and holes["fr"] == holes["en"]


def test_french_is_written_as_it_should_be():
    wrong = re.compile(r"'|[^\u00a0\u202f][:;?!»](?=\s|$)|«[^\u00a0\u202f]")
    assert {key: one["message"] for key, one in WORDS["fr"].items() if wrong.search(one["message"])} == {}


def test_pages_and_modules_ask_for_words_that_exist():
    known = {re.sub(r"_(one|other)$", "", key) for key in WORDS["fr"]} | set(WORDS["fr"])
    asked = {}
    for page in (SOURCE / "pages").glob("*.html"):
        said = re.findall(r'data-say(?:-label)?="(\w+)"', page.read_text())
        asked[page.name] = {*said, f"{page.stem}_title", f"shell_nav_{page.stem}"} - set(WORDS["fr"])
    for module in [*(SOURCE / "pages").rglob("*.js"), *(SOURCE / "src").rglob("*.js")]:
        asked[module.name] = set(re.findall(r'\bsay\("(\w+)"', module.read_text())) - known
    assert {name: missing for name, missing in asked.items() if missing} == {}
