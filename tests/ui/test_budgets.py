"""What a page may weigh on a slow phone."""

from pathlib import Path

import brotli

from visavis import ui

STATIC = Path(ui.__path__[0]) / "static" / "ui"


def weight(*patterns: str) -> int:
    """Bytes on the wire of the files, each compressed alone."""
    files = [file for pattern in patterns for file in STATIC.glob(pattern)]
    assert files
    return sum(len(brotli.compress(file.read_bytes())) for file in files)


def test_style_sheet_symbols_and_behaviours_are_light_and_loaded_by_their_attribute() -> None:
    assert weight("*.css") <= 9_000
    assert weight("*.svg") <= 6_000
    behaviours = {file.name: file.read_text(encoding="utf8") for file in STATIC.glob("*.js")}
    assert not [name for name, text in behaviours.items() if len(text.splitlines()) > 150]
    loader = behaviours.pop("visavis.js")
    assert not [name for name in behaviours if f'import("./{name}")' not in loader]


def test_all_scripts_of_a_page_together_are_light() -> None:
    """Each page of staff hears the alarm of a colleague; the desk has its keys, and nothing to type long texts in."""
    assert weight("*.js") - weight("desk.js") <= 10_000
    assert weight("*.js") - weight("draft.js", "suggest.js") <= 10_000
    templates = [file.read_text(encoding="utf8") for file in STATIC.parents[2].rglob("*.html")]
    desks = [one for one in templates if "data-visavis-desk" in one]
    assert desks and not [
        one for one in desks if "data-visavis-draft" in one or "data-visavis-suggest" in one
    ]


def test_no_script_writes_html() -> None:
    for file in STATIC.glob("*.js"):
        text = file.read_text(encoding="utf8")
        assert not [
            word for word in ("innerHTML", "insertAdjacentHTML", "eval(", "document.write") if word in text
        ]
