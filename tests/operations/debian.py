"""A Debian with nothing on it, in a folder: what runs there has its own files and, but to fetch, its own network."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests import programs
from tests.waiting import until
from visavis.operations.installing.variables import read_file

# What Debian's own tools look at before they start a service while a package is installed.
STARTS_NOTHING = "#!/bin/sh\nexit 101\n"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# As the units say (TimeoutStopSec).
STOP_WITHIN_S = 40
# What stands in the command lines of a unit's processes.
OF_UNITS = {"visavis-web": "config.wsgi", "visavis-live": "config.live", "visavis-work": "visavis work"}
# A file that only a root made here has: without it nothing is mounted, changed or run there.
OURS = "etc/made-for-a-test"
# Runs in mounts of its own, which go with the last process: ROOT PROGRAM WORD…
INSIDE = f'''set -eu
root=${{0:?}}
test "$(readlink -f "$root")" != / && test -f "$root/{OURS}"
mount -t proc proc "$root/proc"
exec chroot "$root" "$@"'''
# Whatever says how this machine reaches packages says it there too.
OF_PACKAGES = ("PIP_", "UV_", "SSL_CERT_FILE", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
NOT_THERE = ("PIP_FIND_LINKS", "PIP_CONSTRAINT")


class Debian:
    """The folder, and the processes that run in it."""

    def __init__(self, root: Path) -> None:
        self.root = apart(root)
        up = "ip link set lo up; exec sleep infinity"
        self.network = programs.start(["unshare", "--net", "sh", "-c", up])
        self.apart = ["nsenter", f"--net=/proc/{self.network.pid}/ns/net"]
        until(self.is_up, "the network of the fresh machine did not come up")

    def is_up(self) -> bool:
        look = programs.run([*self.apart, "ip", "link", "show", "lo"], capture_output=True)
        return b"LOOPBACK,UP" in look.stdout

    def words(self, words: list[str], *, fetches: bool = False) -> list[str]:
        """Return the command that runs words there."""
        inside = ["unshare", "--mount", "--propagation", "private", "sh", "-c", INSIDE, str(self.root)]
        return [*([] if fetches else self.apart), *inside, *words]

    def run(self, line: str, *, fails: bool = False, given: str = "") -> str:
        """Run a line of a shell as root in /root, and return what it said."""
        fetches = line.startswith(("apt-get ", "/opt/visavis/bin/pip "))
        environment = {"PATH": PATH, "HOME": "/root", "LANG": "C.UTF-8", "DEBIAN_FRONTEND": "noninteractive"}
        if fetches:
            environment |= {
                k: v for k, v in os.environ.items() if k.startswith(OF_PACKAGES) and k not in NOT_THERE
            }
        done = programs.run(
            self.words(["sh", "-c", f"cd /root && {line}"], fetches=fetches),
            env=environment, input=given, capture_output=True, text=True, umask=0o022,
        )  # fmt: skip
        assert bool(done.returncode) == fails, f"{line}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def unit(self, name: str) -> subprocess.Popen[bytes]:
        """Run the line of a unit as it is written, as its account, in its environment and folder."""
        lines = (self.root / "etc/systemd/system" / name).read_text().splitlines()
        told = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        file = told.get("EnvironmentFile", "")
        variables = read_file(self.root / file.lstrip("/")) if file else {}
        extra = dict(word.split("=", 1) for word in shlex.split(told.get("Environment", "")))
        account = [f"--reuid={told['User']}", f"--regid={told['Group']}", "--init-groups", "--no-new-privs"]
        line = f"cd {told.get('WorkingDirectory', '/')} && umask {told['UMask']} && exec {told['ExecStart']}"
        with (self.root.parent / f"{name}.log").open("ab") as log:
            return programs.start(
                self.words(["setpriv", *account, "sh", "-c", line]),
                env={"PATH": PATH, "LANG": "C.UTF-8"} | variables | extra,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def here(self, words: list[str], environment: Mapping[str, str]) -> subprocess.Popen[str]:
        """Run a program of this machine in the network of that one."""
        return programs.start(
            [*self.apart, sys.executable, *words],
            env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def processes(self) -> Iterator[int]:
        """Yield the processes whose root is this folder."""
        for place in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (place / "root").readlink() == self.root:
                    yield int(place.name)

    @staticmethod
    def says(number: int) -> str:
        """Return the command line of a process, nothing where it has just ended."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        return ""

    def of_unit(self, name: str) -> list[int]:
        """Return the processes of a unit of ours."""
        return [number for number in self.processes() if OF_UNITS[name] in self.says(number)]

    def end(self, numbers: list[int]) -> None:
        """End processes as systemd does: asked first, killed when they do not."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for number in numbers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, sign)
            with contextlib.suppress(pytest.fail.Exception):
                gone = lambda: not set(numbers) & set(self.processes())
                until(gone, "they go on", within_s=STOP_WITHIN_S)

    def stop(self) -> None:
        """End what runs there, by its number, and its network."""
        self.end(list(self.processes()))
        self.network.kill()
        self.network.wait()
        assert not os.path.ismount(apart(self.root) / "proc")
        shutil.rmtree(self.root)


def apart(root: Path) -> Path:
    """Return a root that is surely not this machine's own. Fails: what is done there would be done here."""
    found = root.resolve(strict=True)
    assert found != Path("/") and not found.samefile("/") and len(found.parts) > 3, f"{root} is this machine"
    assert (found / OURS).is_file(), f"{root} was not made for a test"
    return found


def made(folder: Path) -> Path:
    """Make a Debian 13 with nothing but itself and the certificates that packages are fetched by."""
    root = folder.resolve(strict=True) / "debian"
    assert not root.exists() and len(root.parts) > 3
    # What is thrown away in an hour need not reach the disk package by package.
    command = ["mmdebstrap", "--quiet", "--variant=minbase", "--include=ca-certificates"]
    command += ["--dpkgopt=force-unsafe-io", "trixie", str(root)]
    programs.run(command, check=True)
    prepared(root)
    return root


def prepared(root: Path) -> None:
    """Give it a name, the names and the authorities that this machine knows, and let no package start anything."""
    (root / OURS).touch()
    apart(root)
    rules = root / "usr/sbin/policy-rc.d"
    rules.write_text(STARTS_NOTHING)
    rules.chmod(0o755)
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    (root / "etc/resolv.conf").chmod(0o644)
    # What this machine believes, that one does: packages may come through a proxy with a certificate of its own.
    for extra in Path("/etc/ssl/certs").glob("*.pem"):
        if not (root / "etc/ssl/certs" / extra.name).exists():
            shutil.copyfile(extra, root / "usr/local/share/ca-certificates" / f"{extra.stem}.crt")
    inside = ["unshare", "--mount", "--propagation", "private", "sh", "-c", INSIDE, str(root)]
    programs.run([*inside, "update-ca-certificates"], check=True, capture_output=True)
    (root / "dev/shm").chmod(0o1777)
    names = root / "etc/hosts"
    names.write_text("127.0.0.1 localhost emploi.example\n")
    names.chmod(0o644)
