"""A third language comes as files alone, also one that is written from right to left; and pages turn with it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.common.own_database import own_database
from visavis.config import languages

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted((ROOT / "src").rglob("static/**/*.css"))
# What says left or right where it may say start or end; pictures that are mirrored stand below, each with its reason.
PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?:text-align|float|clear):\s*(?:left|right)\b"
    r"|(?<![\w-])(?:left|right):"
    # Four sides, of which the second and the fourth differ.
    r"|(?:margin|padding|inset):\s*[^\s;()]+\s+([^\s;()]+)\s+[^\s;()]+\s+(?!\1\s*[;}])[^\s;()]+"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Any:
    folder = tmp_path_factory.mktemp("languages")
    made = [sys.executable, "scripts/language.py", str(folder), "ar"]
    subprocess.run(made, cwd=ROOT, check=True, capture_output=True)
    with django_db_blocker.unblock(), own_database(tmp_path_factory.mktemp("site"), "third") as variables:
        variables = os.environ | variables
        variables |= {"DJANGO_SETTINGS_MODULE": "tests.settings", "VISAVIS_LANGUAGES": str(folder)}
        command = [sys.executable, "-m", "tests.ui.third_language", str(folder)]
        done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_pages_come_in_the_third_language_from_right_to_left(site: Any) -> None:
    assert site["languages"] == [["fr", "Français"], ["en", "English"], ["ar", "العربيّة"]]
    for name, page in site["pages"].items():
        assert page["status"] == 200, name
        assert page["html"] == '<html lang="ar" dir="rtl">', name
        assert page["marks"] >= 3, name
        assert {"fr", "en"} <= set(page["offers"]) and page["offers"].count("ar") <= 1, name


def test_days_and_numbers_are_written_as_that_language_writes_them(site: Any) -> None:
    assert site["written"]["day"] == "1 ديسمبر، 2026"
    assert site["written"]["number"] == "1234,5"
    assert "9:30" in site["written"]["moment"]


def test_what_leads_back_points_the_other_way(site: Any) -> None:
    assert any(page["back"] for page in site["pages"].values())


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_no_style_says_left_or_right(style: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    found = [one[0] for one in PHYSICAL.finditer(text)]
    assert not found, f"{style.name}: {found}: say start and end (margin-inline-start, text-align: end …)"


def test_a_style_that_says_left_is_found() -> None:
    for wrong in ("margin-left: 1px", "text-align: right", " left: 0", "border-top-left-radius: 2px",
                  "padding: 1px 2px 3px 4px"):  # fmt: skip
        assert PHYSICAL.search(wrong), wrong
    for right in ("margin-inline-start: 1px", "text-align: end", "inset-inline-start: 0", "padding: 1px 2px"):
        assert not PHYSICAL.search(right), right


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
