"""Look the locked versions up in a database of known vulnerabilities that lies on this machine.

    .venv/bin/python scripts/audit_locks.py [DATABASE]

DATABASE is a folder, or a zip, of advisories in the Open Source Vulnerability format (JSON), such as a clone of the
Python Packaging Advisory Database or OSV's archive for PyPI; without it VISAVIS_ADVISORIES names one. Nothing is
asked of a network. Where there is no database it says that it audited nothing, and ends well: a check that nobody
made must not look like one that found nothing. Exits 1 when a locked version is known to be vulnerable.
"""

import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)


def locked(folder: Path) -> dict[str, set[str]]:
    """Return every name of the locks with the versions of it."""
    found: dict[str, set[str]] = {}
    for file in sorted(folder.glob("*.txt")):
        for name, version in PINNED.findall(file.read_text(encoding="utf-8")):
            found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def advisories(database: Path) -> Iterator[dict[str, Any]]:
    """Give the advisories of a folder or a zip, one by one; what is no JSON of theirs is passed over."""
    if database.is_dir():
        texts: Iterator[bytes] = (file.read_bytes() for file in sorted(database.rglob("*.json")))
    else:
        archive = zipfile.ZipFile(database)
        texts = (archive.read(name) for name in sorted(archive.namelist()) if name.endswith(".json"))
    for text in texts:
        try:
            told = json.loads(text)
        except ValueError:
            continue
        if isinstance(told, dict) and told.get("affected") and not told.get("withdrawn"):
            yield told


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Say whether a version is one of those listed, or lies in a range."""
    if version in affected.get("versions", ()):
        return True
    try:
        asked = Version(version)
        ranges = [one for one in affected.get("ranges", ()) if one.get("type") == "ECOSYSTEM"]
        return any(_is_within(asked, one["events"]) for one in ranges)
    except (InvalidVersion, KeyError):
        return False


def _is_within(asked: Version, events: list[dict[str, str]]) -> bool:
    """Walk the events of a range in the order of their versions."""
    is_in = False
    placed = [(Version(value), kind) for event in events for kind, value in event.items()]
    for version, kind in sorted(placed):
        if kind == "introduced" and asked >= version:
            is_in = True
        elif (kind == "fixed" and asked >= version) or (kind == "last_affected" and asked > version):
            is_in = False
    return is_in


def audit(database: Path, locks: dict[str, set[str]]) -> tuple[int, list[str]]:
    """Return how many advisories were read, and a line for each locked version that one of them names."""
    read, found = 0, []
    for told in advisories(database):
        read += 1
        for affected in told["affected"]:
            package = affected.get("package", {})
            name = canonicalize_name(package.get("name", ""))
            if package.get("ecosystem") != "PyPI" or name not in locks:
                continue
            found += [
                f"{name} {version}: {told.get('id', '?')} {told.get('summary', '')}".rstrip()
                for version in sorted(locks[name])
                if is_affected(version, affected)
            ]
    return read, sorted(set(found))


def main(arguments: list[str]) -> int:
    given = arguments[0] if arguments else os.environ.get("VISAVIS_ADVISORIES", "")
    locks = locked(ROOT / "requirements")
    if not given or not Path(given).exists():
        print(
            f"AUDITED NOTHING: no database of vulnerabilities here, {len(locks)} locked packages not looked up."
        )
        print(
            "Give one: scripts/audit_locks.py FOLDER-OR-ZIP, or VISAVIS_ADVISORIES (docs/security/doors.md)."
        )
        return 0
    read, found = audit(Path(given), locks)
    if not read:
        print(f"AUDITED NOTHING: {given} holds no advisory.")
        return 0
    for line in found:
        print(line)
    print(
        f"{len(locks)} locked packages looked up in {read} advisories: {len(found)} known to be vulnerable."
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
