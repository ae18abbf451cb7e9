"""A third language comes as files alone, also one that is written from right to left; and pages turn with it."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.common.own_database import own_database
from tests.programs import run
from visavis.config import languages

ROOT = Path(__file__).resolve().parents[2]
# What says left or right where it may say start or end; pictures that are mirrored stand below, each with its reason.
PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:text-align|float|clear):\s*(?:left|right)\b"
    r"|(?<![\w-])(?:left|right):"
    # Four sides, of which the second and the fourth differ.
    r"|(?:margin|padding|inset):\s*[^\s;()]+\s+([^\s;()]+)\s+[^\s;()]+\s+(?!\1\s*[;}])[^\s;()]+"
)


def test_pages_come_in_the_third_language_from_right_to_left(
    tmp_path: Path, django_db_setup: None, django_db_blocker: Any
) -> None:
    folder = tmp_path / "languages"
    run([sys.executable, "scripts/language.py", folder, "ar"], cwd=ROOT, check=True, capture_output=True)
    with django_db_blocker.unblock(), own_database(tmp_path, "third") as variables:
        variables = os.environ | variables
        variables |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "VISAVIS_LANGUAGES": str(folder)}
        command = [sys.executable, "-m", "tests.ui.third_language", folder]
        done = run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    site = json.loads(done.stdout.splitlines()[-1])
    assert site["languages"] == [["fr", "Français"], ["en", "English"], ["ar", "العربيّة"]]
    for name, page in site["pages"].items():
        assert page["status"] == 200, name
        assert page["html"] == '<html lang="ar" dir="rtl">', name
        assert page["marks"] >= 3, name
        assert {"fr", "en"} <= set(page["offers"]) and page["offers"].count("ar") <= 1, name
    assert any(page["back"] for page in site["pages"].values()), "what leads back points the other way"
    written = site["written"]
    assert (written["day"], written["number"]) == ("1 ديسمبر، 2026", "1234,5") and "9:30" in written["moment"]


def test_no_style_says_left_or_right() -> None:
    """They say start and end: margin-inline-start, text-align: end …"""
    for wrong in ("margin-left: 1px", "text-align: right", " left: 0", "border-top-left-radius: 2px",
                  "padding: 1px 2px 3px 4px"):  # fmt: skip
        assert PHYSICAL.search(wrong), wrong
    for right in ("margin-inline-start: 1px", "text-align: end", "inset-inline-start: 0", "padding: 1px 2px"):
        assert not PHYSICAL.search(right), right
    found = {}
    for style in (ROOT / "src").rglob("static/**/*.css"):
        text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
        found[style.name] = [one[0] for one in PHYSICAL.finditer(text)]
    assert {name: said for name, said in found.items() if said} == {} and len(found) > 5


def test_a_folder_without_languages_stops_the_start(tmp_path: Path) -> None:
    assert languages.with_added("") == languages.OWN
    with pytest.raises(ImproperlyConfigured, match="no folder of languages"):
        languages.with_added(str(tmp_path))
    (tmp_path / "pt_BR" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "pt_BR" / "LC_MESSAGES" / "django.mo").touch()
    assert languages.with_added(str(tmp_path))[-1] == ("pt-br", "Português Brasileiro")


def test_every_whole_page_turns_and_a_telephone_number_does_not() -> None:
    """Groups of figures change places in a line that runs from right to left: 01 99 00 12 34 reads 34 12 00 99 01."""
    pages = {file: file.read_text(encoding="utf-8") for file in (ROOT / "src").rglob("*.html")}
    turning = [text for text in pages.values() if '<html lang="{{ language }}"' in text]
    assert len(turning) >= 4 and all(
        "{% get_current_language_bidi as bidi %}" in text and '{% if bidi %} dir="rtl"{% endif %}' in text
        for text in turning
    )
    loose = [file.name for file, text in pages.items() if re.search(r'(?<!dir="ltr" )href="tel:', text)]
    assert not loose, f'a number needs dir="ltr": {loose}'
