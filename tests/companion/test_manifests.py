"""What the companion asks of the browser, little and explained; what others wrote of it; and its words."""

import hashlib
import io
import json
import re
import zipfile
from typing import Any

import pytest

from visavis.traces.packing import FILES, LOCAL_SERVICE, SOURCE, pack

MANIFESTS = {path.name: json.loads(path.read_text()) for path in SOURCE.glob("manifest*.json")}
MOST = {
    "manifest.json": {"webNavigation", "storage", "alarms"},
    "manifest.thunderbird.json": {"messagesRead", "accountsRead", "storage", "alarms"},
}
EXPLAINED = (SOURCE / "PERMISSIONS.md").read_text(encoding="utf-8")
SECTIONS = re.split(r"^### ", EXPLAINED, flags=re.MULTILINE)[1:]
PARTS = ("**Pourquoi.**", "**Ce qu’elle ne peut pas faire.**", "**Why.**", "**What it cannot do.**")

every_manifest = pytest.mark.parametrize("name", MANIFESTS)


def asked(manifest: dict[str, Any]) -> set[str]:
    return {*manifest["permissions"], *manifest.get("optional_permissions", [])}


def policy(manifest: dict[str, Any]) -> dict[str, list[str]]:
    text = manifest["content_security_policy"]["extension_pages"]
    return {words[0]: words[1:] for rule in text.split(";") if (words := rule.split())}


@every_manifest
def test_nothing_is_asked_reached_or_collected_but_what_was_decided(name):
    manifest = MANIFESTS[name]
    assert asked(manifest) <= MOST[name]
    assert not {"host_permissions", "optional_host_permissions", "content_scripts"} & set(manifest)
    assert not {"externally_connectable", "web_accessible_resources"} & set(manifest)
    rules = policy(manifest)
    assert rules["default-src"] == ["'none'"] and rules["connect-src"] == ["'self'", LOCAL_SERVICE]
    others = {source for rule, sources in rules.items() if rule != "connect-src" for source in sources}
    assert others <= {"'self'", "'none'"}
    gecko = manifest["browser_specific_settings"]["gecko"]
    assert gecko["data_collection_permissions"]["required"] == ["none"]
    assert MANIFESTS["manifest.json"]["incognito"] == "not_allowed"


def test_only_firefox_runs_something_in_a_page_and_in_one_page_of_the_service():
    packed = {
        target: json.loads(
            zipfile.ZipFile(io.BytesIO(pack(target, "https://a.fr:8443"))).read("manifest.json")
        )
        for target in FILES
    }
    assert [target for target, manifest in packed.items() if "content_scripts" in manifest] == ["firefox"]
    [script] = packed["firefox"]["content_scripts"]
    assert script["matches"] == ["https://a.fr/companion/window/*"] and script["js"] == ["src/relay.js"]
    assert "`content_scripts`" in EXPLAINED
    assert not [one for one in packed.values() if {"host_permissions", "web_accessible_resources"} & set(one)]


def test_every_permission_is_explained_in_both_languages_and_no_other_is():
    explained = {section.split("`")[1] for section in SECTIONS}
    assert explained == {permission for manifest in MANIFESTS.values() for permission in asked(manifest)}
    assert all(part in section for section in SECTIONS for part in PARTS)


def own_files_with(words: str, kind: str = "*.js") -> dict[str, str]:
    """Return the files that have something of the companion's own pages and modules, and what."""
    files = [path for folder in ("pages", "src") for path in (SOURCE / folder).rglob(kind)]
    found = {path: re.search(words, path.read_text(encoding="utf-8"), re.IGNORECASE) for path in files}
    return {str(path.relative_to(SOURCE)): one[0] for path, one in found.items() if one}


def test_pages_have_nothing_inline_and_modules_draw_with_text_only():
    inline = r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:|https?://"
    assert own_files_with(inline, "*.html") == {}
    assert (
        own_files_with(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function") == {}
    )
    assert own_files_with(r"Math\.random") == {}, "a chance that can be foretold"
    assert own_files_with(r"https?://(?!www\.w3\.org)").keys() == {"src/config.js"}


def test_the_readme_says_what_is_kept():
    written = (SOURCE / "README.md").read_text(encoding="utf-8").split("## What is kept")[1].split("\n## ")[0]
    keys = re.search(r"KEYS = Object.freeze\((\[.*?\])\)", (SOURCE / "src" / "store.js").read_text())
    assert keys and all(f"`{key}`" in written for key in json.loads(keys[1]))


# What others wrote and we ship is what they published, byte for byte.
VENDOR = SOURCE / "vendor"
SUMS = [
    (folder, line.split())
    for folder in VENDOR.iterdir()
    for line in (folder / "SHA256SUMS").read_text().splitlines()
]


def test_every_file_is_what_was_published_and_nothing_stands_beside_it() -> None:
    told = {folder / name: digest for folder, (digest, name) in SUMS}
    own = {"README.md", "SHA256SUMS"}
    there = [path for path in VENDOR.rglob("*") if path.is_file() and path.name not in own]
    assert told and {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in there} == told
    for folder in VENDOR.iterdir():
        assert "Permission is hereby granted" in (folder / "LICENSE.txt").read_text()
        assert re.search(r"sha256 `[0-9a-f]{64}`", (folder / "README.md").read_text())


def test_only_two_modules_see_it_and_the_parser_gets_nothing_of_the_head() -> None:
    modules = [*SOURCE.glob("src/**/*.js"), *SOURCE.glob("pages/*.js")]
    users = {path.name for path in modules if "vendor/" in path.read_text(encoding="utf-8")}
    assert users == {"eml.js", "html.js"}
    text = (SOURCE / "src/mail/eml.js").read_text(encoding="utf-8")
    assert text.count("PostalMime.parse(message, HOW)") == text.count("PostalMime.") == 1
    assert "forceRfc822Attachments: true" in text


# Both languages say the same things, whole, and pages ask for none that is missing.
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
