"""What follows the files, in order: account, folder, tables, catalogue, static files, first agency, units, proxy."""

import json
import os
import pwd
import shutil
import subprocess  # nosec B404
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from visavis.operations.installing import continuous, relay
from visavis.operations.installing.files import Places, backup_folders
from visavis.operations.installing.owner import SITE_ROLE
from visavis.operations.installing.questions import Answers
from visavis.operations.installing.values import StepFailed

SYSTEMD_RUNS = Path("/run/systemd/system")
OF_FIRST = (
    "agency",
    "agency_address",
    "agency_commune",
    "agency_hours",
    "phone",
    "head",
    "head_name",
    "protection",
    "protection_name",
)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that setup did, told in a line."""

    name: str
    words: str


def account(places: Places) -> Step | None:
    """Make the account that runs the service, when this is a real machine and it is not there."""
    if places.root != Path("/") or os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(places.account)
    except KeyError:
        home = str(places.folder)
        run(
            [
                "useradd",
                "--system",
                "--home-dir",
                home,
                "--shell",
                "/usr/sbin/nologin",
                "--user-group",
                places.account,
            ]
        )
        return Step("account", f"{places.account} was made")
    return Step("account", f"{places.account} is there")


def folders(answers: Answers, places: Places) -> Step:
    """Make the folders of the site and of its backups, which others cannot read."""
    of_backups = [places.root / path.lstrip("/") for path in backup_folders(answers)]
    for path in (places.folder, *of_backups):
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o700)
        if os.geteuid() == 0 and (owner := owner_of(places)) is not None:
            os.chown(path, owner.pw_uid, owner.pw_gid)
    return Step(
        "folders", ", ".join(map(str, (places.folder, *of_backups))) + ": readable by its account only"
    )


def owner_of(places: Places) -> pwd.struct_passwd | None:
    """Return the account that runs the service, where it exists."""
    try:
        return pwd.getpwnam(places.account)
    except KeyError:
        return None


def fill(
    answers: Answers, variables: Mapping[str, str], makes: Mapping[str, str], places: Places
) -> Iterator[Step]:
    """Fill the database, as the account that will run the service. Each may be done again.

    `makes` is the environment in which tables are made. Raises StepFailed with the words of what failed; what was done
    stays, and the next run goes on from there.
    """
    made = manage(["migrate", "--no-input", "--verbosity", "0"], makes, places)
    yield Step("tables", last_line(made) or "done")
    if role := makes.get(SITE_ROLE):
        yield Step("journal", last_line(manage(["grant_site", role], makes, places)))
    commands = {
        "catalogue": ["import_starter"],
        "static files": ["collectstatic", "--no-input", "--verbosity", "0"],
    }
    for name, words in commands.items():
        yield Step(name, last_line(manage(words, variables, places)) or "done")
    first = json.dumps({name: answers[name] for name in OF_FIRST})
    for line in manage(["open_service"], variables, places, given=first).splitlines():
        yield Step("first people", line)


def manage(words: list[str], variables: Mapping[str, str], places: Places, *, given: str = "") -> str:
    """Run a command of the site in the environment just written, and return what it said."""
    return run([str(places.program), *words], given=given, environment=variables, places=places)


def run(
    command: list[str],
    *,
    given: str = "",
    environment: Mapping[str, str] | None = None,
    places: Places | None = None,
) -> str:
    """Run a program and return what it said. Raises StepFailed with its last line when it fails."""
    owner = owner_of(places) if places and os.geteuid() == 0 else None
    clean = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", **(environment or {})}
    done = subprocess.run(  # noqa: S603  # nosec B603  (our own programs, no shell)
        command,
        input=given,
        text=True,
        capture_output=True,
        check=False,
        env=clean,
        umask=0o077,
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )
    if done.returncode:
        name = " ".join(command[:2])
        raise StepFailed(f"{name} failed: {last_line(done.stderr) or 'it said nothing'}", done.stderr)
    return done.stdout


def last_line(text: str) -> str:
    """Return the last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def start(answers: Answers, places: Places, changed: list[Path]) -> list[str]:
    """Start the units and the proxy where this machine has them, else return the commands that will."""
    commands = [
        "systemctl daemon-reload",
        "systemctl enable visavis-web visavis-live visavis-work",
        "systemctl restart visavis-web visavis-live visavis-work",
    ]
    if answers["backup"] and answers["backup_recipient"]:
        commands.append("systemctl enable --now visavis-backup.timer visavis-drill.timer")
    commands += continuous.commands(answers, changed) + relay.commands(answers)
    if answers["proxy"] == "nginx":
        commands += ["nginx -t", "systemctl reload-or-restart nginx"]
    is_here = places.root == Path("/") and SYSTEMD_RUNS.exists() and os.geteuid() == 0
    if not is_here:
        return commands
    missing = []
    for command in commands:
        program, *words = command.split()
        if shutil.which(program) is None:
            missing.append(command)
            continue
        run([program, *words])
    return missing
