"""Say whether the locked versions are within the times of SECURITY.md: by their age, and by known vulnerabilities.

    .venv/bin/python scripts/audit_locks.py [DATABASE]

DATABASE is a folder, or a zip, of advisories in the Open Source Vulnerability format (JSON), such as a clone of the
Python Packaging Advisory Database or OSV's archive for PyPI; without it VISAVIS_ADVISORIES names one. Nothing is
asked of a network. Where there is no database it says that it audited nothing, and ends well: a check that nobody
made must not look like one that found nothing. It says what it could not know, too. Exits 1 when a locked version is
known to be vulnerable, with the day by which it must be gone. Where all were last raised longer ago than a quarter, it
warns (`scripts/lock raise` notes the day).
"""

import datetime as dt
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).resolve().parent.parent
RAISED_ON = ROOT / "requirements" / "raised-on"
# The times of SECURITY.md, in days: opens the site from outside, serious, all else and all versions.
REMOTE, SERIOUS, QUARTER = 2, 7, 92
# An advisory database in which nothing is newer than this says little of today.
STALE = 7
# What a stranger does over the network without anybody's help, and what does great harm (CVSS 3 and 4).
FROM_OUTSIDE, GREAT_HARM = ("AV:N", "PR:N", "UI:N"), re.compile(r"/(?:V?[CIA]):H")
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


def days_for(told: dict[str, Any]) -> int:
    """Return within how many days an advisory is answered; of one that tells no weight, as of a serious one."""
    vectors = [str(one.get("score", "")) for one in told.get("severity", ())]
    word = str(told.get("database_specific", {}).get("severity", "")).upper()
    harmful = [one for one in vectors if GREAT_HARM.search(one)]
    if any(all(f"/{sign}" in one for sign in FROM_OUTSIDE) for one in harmful):
        return REMOTE
    is_weighed = any("/" in one for one in vectors) or bool(word)
    return QUARTER if is_weighed and not harmful and word not in {"HIGH", "CRITICAL"} else SERIOUS


def day(told: dict[str, Any], name: str) -> dt.date | None:
    """Return a day of an advisory, if it tells it."""
    try:
        return dt.date.fromisoformat(str(told.get(name, ""))[:10])
    except ValueError:
        return None


@dataclass
class Audited:
    """What was read: how many advisories, the newest day among them, and a line for each version that one names."""

    read: int = 0
    newest: dt.date | None = None
    found: list[str] = field(default_factory=list)


def audit(database: Path, locks: dict[str, set[str]], today: dt.date) -> Audited:
    """Look every locked version up."""
    done, lines = Audited(), set()
    for told in advisories(database):
        done.read += 1
        days = [one for name in ("modified", "published") if (one := day(told, name)) is not None]
        done.newest = max([*days, *([done.newest] if done.newest else [])], default=None)
        for affected in told["affected"]:
            package = affected.get("package", {})
            name = canonicalize_name(package.get("name", ""))
            if package.get("ecosystem") != "PyPI" or name not in locks:
                continue
            lines |= {
                f"{name} {version}: {told.get('id', '?')} {told.get('summary', '')}".rstrip()
                + until(told, today)
                for version in locks[name]
                if is_affected(version, affected)
            }
    done.found = sorted(lines)
    return done


def until(told: dict[str, Any], today: dt.date) -> str:
    """Say by which day an advisory must be answered."""
    published = day(told, "published") or day(told, "modified")
    if published is None:
        return " [its day is not told: answer it now]"
    due = published + dt.timedelta(days=days_for(told))
    return f" [LATE since {due}]" if due < today else f" [by {due}]"


def age(today: dt.date, file: Path = RAISED_ON) -> str:
    """Say when all versions were last raised, and whether that is too long ago."""
    try:
        raised = dt.date.fromisoformat(file.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return f"LATE: {file.name} tells no day on which all versions were raised: scripts/lock raise."
    days = (today - raised).days
    said = f"All versions were last raised on {raised}, {days} days ago; at most {QUARTER} are promised."
    return f"LATE: {said} Run scripts/lock raise." if days > QUARTER else said


def unknown(done: Audited | None, today: dt.date) -> Iterator[str]:
    """Say what was not known, and so is not claimed."""
    yield "Not looked at: packages of the system, the browser, and what only the companion's tests take (npm)."
    if done is None:
        yield "Not known: whether any locked version has a known vulnerability."
    elif done.newest is None:
        yield "Not known: of which day these advisories are."
    elif (today - done.newest).days > STALE:
        yield f"Not known: what became known since {done.newest}, the newest day in these advisories."


def main(arguments: list[str], today: dt.date | None = None) -> int:
    today = today or dt.datetime.now(dt.UTC).date()
    given = arguments[0] if arguments else os.environ.get("VISAVIS_ADVISORIES", "")
    locks = locked(ROOT / "requirements")
    print(age(today))
    done = audit(Path(given), locks, today) if given and Path(given).exists() else None
    if done is None:
        print(
            f"AUDITED NOTHING: no database of vulnerabilities here, {len(locks)} locked packages not looked up."
        )
        print(
            "Give one: scripts/audit_locks.py FOLDER-OR-ZIP, or VISAVIS_ADVISORIES (docs/security/doors.md)."
        )
    elif not done.read:
        print(f"AUDITED NOTHING: {given} holds no advisory.")
        done = None
    else:
        print(*done.found, sep="\n", end="\n" if done.found else "")
        print(
            f"{len(locks)} locked packages looked up in {done.read} advisories: "
            f"{len(done.found)} known to be vulnerable."
        )
    print(*unknown(done, today), sep="\n")
    return int(bool(done and done.found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
