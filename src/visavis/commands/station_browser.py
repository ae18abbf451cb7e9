"""One browser for one person: its profile in memory, and at the end nothing of it is left on the machine."""

import getpass
import hashlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

PREFIX = "visavis-station-"
IN_MEMORY = frozenset({"tmpfs", "ramfs"})
GONE_WITHIN_S = 10.0
# What a program on the screen needs to know; nothing else of this account.
KEPT = (
    "PATH",
    "LANG",
    "LANGUAGE",
    "DISPLAY",
    "WAYLAND_DISPLAY",
    "XAUTHORITY",
    "XDG_RUNTIME_DIR",
    "CUPS_SERVER",
)
FLAGS = (
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-session-crashed-bubble",
    "--noerrdialogs",
    "--password-store=basic",
    "--start-maximized",
)


class NotInMemory(Exception):
    """A profile on a disk can be read after it was deleted."""


class Browser:
    """Starts Chromium with a new profile; on leaving kills it, deletes the profile and cancels what waits to print."""

    def __init__(
        self, program: str, folder: Path, url: str, flags: Sequence[str], prefix: str = PREFIX
    ) -> None:
        if kind_of(folder) not in IN_MEMORY:
            raise NotInMemory(
                f"{folder} is not in memory: a station keeps profiles in a tmpfs, such as /dev/shm."
            )
        self.command, self.url = [program, *FLAGS, *flags], url
        self.folder, self.prefix = folder, prefix

    def __enter__(self) -> "Browser":
        self.own = Path(tempfile.mkdtemp(prefix=self.prefix, dir=self.folder))
        for name in ("home", "tmp", "profile"):
            (self.own / name).mkdir(mode=0o700)
        own = {"HOME": "home", "XDG_CONFIG_HOME": "home", "XDG_CACHE_HOME": "home", "XDG_DATA_HOME": "home"}
        surroundings = {name: os.environ[name] for name in KEPT if name in os.environ}
        surroundings |= {name: str(self.own / where) for name, where in (own | {"TMPDIR": "tmp"}).items()}
        words = [*self.command, f"--user-data-dir={self.own / 'profile'}", self.url]
        self.process = subprocess.Popen(  # noqa: S603  # nosec B603  (the operator's own words, no shell)
            words,
            env=surroundings,
            cwd=self.own,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        end(self.own)
        self.process.wait()
        cancel_print_jobs()


def kind_of(folder: Path) -> str:
    """Return the kind of file system on which a folder is."""
    where, found = folder.resolve(), ("", "")
    for line in Path("/proc/mounts").read_text(encoding="utf-8").splitlines():
        _device, mount, kind, *_rest = line.split(" ")
        if where.is_relative_to(mount) and len(mount) >= len(found[0]):
            found = (mount, kind)
    return found[1]


def processes_of(folder: Path) -> Iterator[int]:
    """Give the processes that were started with a folder: by their words, or by where they stand."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        except OSError:
            continue
        if os.fsencode(folder) in words and int(process.name) != os.getpid():
            yield int(process.name)


def end(own: Path) -> None:
    """Kill every process of a browser, then delete all that it wrote; again until nothing is left."""
    until = time.monotonic() + GONE_WITHIN_S
    while time.monotonic() < until:
        living = list(processes_of(own))
        for number in living:
            try:
                os.kill(number, signal.SIGKILL)
            except ProcessLookupError:
                continue
        shutil.rmtree(own, ignore_errors=True)
        if not own.exists() and not living:
            return
        time.sleep(0.05)
    raise OSError(f"{own} could not be deleted")


def prefix_of(key: str) -> str:
    """Return how the folders of one station begin: another on the same machine has its own."""
    return f"{PREFIX}{hashlib.sha256(key.encode()).hexdigest()[:8]}-"


def sweep(folder: Path, prefix: str) -> None:
    """Throw away what a former run of this station left, when it was killed itself."""
    for left in folder.glob(f"{prefix}*"):
        if left.is_dir() and left.stat().st_uid == os.getuid():
            end(left)


def cancel_print_jobs() -> None:
    """Purge what this account has at the printer, where the machine prints by CUPS: what waits, and what was printed.

    CUPS keeps the data of what it printed for a day; and an order to cancel all jobs of an account leaves the data of
    those that wait (2.4). By their numbers both go.
    """
    lists, cancels = shutil.which("lpstat"), shutil.which("cancel")
    if not (lists and cancels):
        return
    said = told([lists, "-W", "all", "-u", getpass.getuser()])
    if numbers := [line.split()[0] for line in said.splitlines() if line.strip()]:
        told([cancels, "-x", *numbers])


def told(words: Sequence[str]) -> str:
    """Return what a program of CUPS says; one that hangs says nothing, and the browser is ended all the same."""
    try:
        done = subprocess.run(words, check=False, capture_output=True, text=True, timeout=30)  # noqa: S603  # nosec B603
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout
