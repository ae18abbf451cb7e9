"""Write all files or none: each is written beside its place first, and what stood there comes back when one fails."""

import contextlib
import grp
import os
import shutil
import tempfile
from pathlib import Path

from visavis.operations.installing.files import File
from visavis.operations.installing.values import WrongAnswer


def write_all(files: list[File]) -> list[Path]:
    """Write what differs and return which paths changed. Raises WrongAnswer, and nothing has changed then."""
    changed = [one for one in files if not is_there(one)]
    beside: list[tuple[File, Path]] = []
    try:
        for one in changed:
            make_folder(one)
            beside.append((one, written_beside(one)))
        put_in_place(beside)
    except OSError as error:
        raise WrongAnswer(
            f"{error.filename or 'a file'} cannot be written: {error.strerror}. Nothing was changed."
        ) from error
    finally:
        for _, path in beside:
            path.unlink(missing_ok=True)
    return [one.path for one in changed]


def is_there(one: File) -> bool:
    """Say whether a file stands there already, word for word, with its mode."""
    try:
        return (
            one.path.read_text(encoding="utf-8") == one.text and one.path.stat().st_mode & 0o777 == one.mode
        )
    except (OSError, UnicodeDecodeError):
        return False


def make_folder(one: File) -> None:
    """Make the folder of a file where there is none; where a group reads the file, it goes through the folder."""
    folder = one.path.parent
    if folder.exists():
        return
    folder.mkdir(parents=True)
    if one.group:
        give_to(folder, one.group)
        folder.chmod(0o750)


def give_to(place: Path | int, group: str) -> None:
    """Let a group own a file or a folder, where this is root and there is such a group."""
    if os.geteuid() == 0:
        with contextlib.suppress(KeyError):
            os.chown(place, -1, grp.getgrnam(group).gr_gid)


def written_beside(one: File) -> Path:
    """Write a file in the folder of its place, down to the disk."""
    number, name = tempfile.mkstemp(prefix=".visavis-", dir=one.path.parent)
    with os.fdopen(number, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), one.mode)
        if one.group:
            give_to(file.fileno(), one.group)
        file.write(one.text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)


def put_in_place(beside: list[tuple[File, Path]]) -> None:
    """Rename every file into its place; when one cannot be, those of before come back."""
    kept: list[tuple[Path, Path | None]] = []
    try:
        for one, path in beside:
            before = copied(one.path)
            kept.append((one.path, before))
            path.replace(one.path)
    except OSError:
        for place, before in reversed(kept):
            if before is None:
                place.unlink(missing_ok=True)
            else:
                before.replace(place)
        raise
    for _, before in kept:
        if before is not None:
            before.unlink(missing_ok=True)


def copied(path: Path) -> Path | None:
    """Copy what stands in a place, with its mode and owner, if anything does."""
    if not path.exists():
        return None
    number, name = tempfile.mkstemp(prefix=".visavis-before-", dir=path.parent)
    os.close(number)
    shutil.copy2(path, name)
    owner = path.stat()
    os.chown(name, owner.st_uid, owner.st_gid)
    return Path(name)
