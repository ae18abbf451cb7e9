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


def test_every_file_is_what_was_published() -> None:
    found = [
        f"{folder.name}/{name}"
        for folder, (digest, name) in SUMS
        if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest
    ]
    assert SUMS and not found


def test_nothing_stands_beside_what_was_published() -> None:
    told = {folder / name for folder, (_, name) in SUMS}
    own = {"README.md", "SHA256SUMS"}
    assert {path for path in VENDOR.rglob("*") if path.is_file() and path.name not in own} == told


def test_each_has_its_licence_and_says_where_it_comes_from() -> None:
    for folder in VENDOR.iterdir():
        assert "Permission is hereby granted" in (folder / "LICENSE.txt").read_text()
        assert re.search(r"sha256 `[0-9a-f]{64}`", (folder / "README.md").read_text())


def test_only_two_modules_see_it() -> None:
    users = {
        path.name for path in SOURCE.glob("src/**/*.js") if "vendor/" in path.read_text(encoding="utf-8")
    }
    users |= {
        path.name for path in SOURCE.glob("pages/*.js") if "vendor/" in path.read_text(encoding="utf-8")
    }
    assert users == {"eml.js", "html.js"}


def test_the_parser_gets_nothing_of_the_head() -> None:
    text = (SOURCE / "src/mail/eml.js").read_text(encoding="utf-8")
    assert text.count("PostalMime.parse(message, HOW)") == text.count("PostalMime.") == 1
    assert "forceRfc822Attachments: true" in text
