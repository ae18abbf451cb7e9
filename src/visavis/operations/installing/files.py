"""The files of an installation: environment, units of systemd, site of nginx; where each lies and who may read it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from visavis.operations.installing.questions import Answers
from visavis.operations.installing.values import LOCAL
from visavis.operations.installing.variables import text_of

TEMPLATES = Path(__file__).resolve().parent / "files"
ACCOUNT = "visavis"
PORT, LIVE_PORT = 8000, 8001
OF_BACKUPS = (
    "visavis-backup.service",
    "visavis-backup.timer",
    "visavis-drill.service",
    "visavis-drill.timer",
)
SECRET, OPEN = 0o600, 0o644


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything lies. `root` stands before each path: / on a real machine, a folder in an image or a test."""

    root: Path = Path("/")
    account: str = ACCOUNT
    program: Path = Path(sys.prefix) / "bin" / "visavis"

    @property
    def environment(self) -> Path:
        return self.root / "etc/visavis/environment"

    @property
    def owner(self) -> Path:
        return self.root / "etc/visavis/owner"

    @property
    def answers(self) -> Path:
        return self.root / "etc/visavis/setup.json"

    @property
    def folder(self) -> Path:
        return self.root / "var/lib/visavis"

    def as_seen(self, path: Path) -> str:
        """Return a path as the machine that runs the service will see it, without the root."""
        return f"/{path.relative_to(self.root)}"


@dataclass(frozen=True, slots=True)
class File:
    """A file to be written."""

    path: Path
    text: str
    mode: int
    # Whose group may read it; of root, where it is empty or there is no such group.
    group: str = ""


def all_files(answers: Answers, variables: Mapping[str, str], places: Places) -> list[File]:
    """Return the files in the order in which they are of use."""
    found = [File(places.environment, text_of(variables), SECRET)]
    for name in ("visavis-web.service", "visavis-live.service", "visavis-work.service"):
        path = places.root / "etc/systemd/system" / name
        found.append(File(path, filled(name, unit_words(answers, places)), OPEN))
    if answers["backup"] and answers["backup_recipient"]:
        for name in OF_BACKUPS:
            words = unit_words(answers, places)
            found.append(File(places.root / "etc/systemd/system" / name, filled(name, words), OPEN))
    if answers["proxy"] == "nginx" and not is_local(answers):
        path = places.root / "etc/nginx/conf.d/visavis.conf"
        found.append(File(path, filled("nginx.conf", proxy_words(answers)), OPEN))
    return found


def is_local(answers: Answers) -> bool:
    """Say whether the site is a trial that only this machine sees."""
    return urlsplit(answers["url"]).hostname in LOCAL


def filled(name: str, words: Mapping[str, str]) -> str:
    """Fill a template in."""
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(words)


def unit_words(answers: Answers, places: Places) -> dict[str, str]:
    """Return what the units need to know."""
    folders = backup_folders(answers)
    words = {
        "service_name": answers["service_name"],
        "account": places.account,
        "environment": places.as_seen(places.environment),
        "folder": places.as_seen(places.folder),
        "program": str(places.program),
        "backup_folders": f"ReadWritePaths={' '.join(folders)}\n" if folders else "",
        "scans_folder": f"ReadWritePaths={answers['scans']}" if answers["scans"] else "",
        "documentation": "/usr/share/doc/visavis/operations.md",
    }
    return words | {"hardening": filled("hardening", words)}


def backup_folders(answers: Answers) -> list[str]:
    """Return the folders of this machine that backups go to: none, where they go to a store."""
    return [answers[name] for name in ("backup", "backup_keys") if answers[name].startswith("/")]


def proxy_words(answers: Answers) -> dict[str, str]:
    """Return what the proxy needs to know."""
    return {
        "host": urlsplit(answers["url"]).hostname or "",
        "port": str(PORT),
        "live_port": str(LIVE_PORT),
        "certificate": answers["certificate"],
        "certificate_key": answers["certificate_key"],
    }
