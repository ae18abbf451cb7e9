"""What others wrote and we ship is what they published, byte for byte."""

import hashlib
import re

from visavis.traces.packing import SOURCE

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
