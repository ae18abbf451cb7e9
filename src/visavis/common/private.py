"""Files that nobody else on the machine can read: the settings make them so; here those are told that are not."""

import os
import shlex
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage
from django.core.checks import Warning as Warned
from django.db import connection

# What anybody may read: the pages' styles and scripts, without a word about anybody.
PUBLIC = frozenset({"static"})
NAMED_AT_MOST = 5


def kept_files() -> Iterator[Path]:
    """Give the site's own folders and files: those of VISAVIS_VAR, the database, what signs and seals."""
    seen: list[str | Path] = [settings.VAR, settings.VISAVIS_JOURNAL_SEALS, settings.VISAVIS_NIGHT_FOLDER]
    for place in dict.fromkeys(Path(one) for one in (*seen, *database_files())):
        if place.exists():
            yield place
        for folder, inside, files in os.walk(place):
            inside[:] = [one for one in inside if Path(folder) != settings.VAR or one not in PUBLIC]
            yield from (Path(folder, one) for one in (*inside, *files))


def database_files() -> list[str]:
    """Return where SQLite keeps the rows, and what it writes beside; nothing where a server keeps them."""
    name = str(connection.settings_dict["NAME"])
    return [f"{name}{end}" for end in ("", "-wal", "-shm")] if connection.vendor == "sqlite" else []


def is_loose(path: Path) -> bool:
    """Say whether others than its owner may read, change or enter it."""
    try:
        return bool(stat.S_IMODE(path.lstat().st_mode) & 0o077) and not path.is_symlink()
    except FileNotFoundError:
        return False


def only_we_read_our_files(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """Warn of files that others on the machine can read, with the command that mends them.

    A folder closed to others closes what is in it: then only the folder needs to be.
    """
    loose = [path for path in sorted(set(kept_files())) if is_loose(path) and not is_shut_in(path)]
    if not loose:
        return []
    named = ", ".join(str(one) for one in loose[:NAMED_AT_MOST])
    more = f" and {len(loose) - NAMED_AT_MOST} more" if len(loose) > NAMED_AT_MOST else ""
    tops = [one for one in loose if not any(other in one.parents for other in loose)]
    hint = f"Run: chmod -R go= {' '.join(shlex.quote(str(one)) for one in tops)}"
    return [Warned(f"Others on this machine can read {named}{more}.", hint=hint, id="visavis.W013")]


def is_shut_in(path: Path) -> bool:
    """Say whether a folder of ours above it lets nobody in."""
    ours = {Path(settings.VAR), Path(settings.VISAVIS_NIGHT_FOLDER)}
    return any(folder in ours and not is_loose(folder) for folder in path.parents)
