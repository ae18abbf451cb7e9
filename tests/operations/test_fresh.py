"""A Debian with nothing on it, the page of operations, and nothing else: to a first list, a backup and back.

Every frame of the page is run as it is printed; only the blanks that it names are filled in (`BLANKS`). It takes some
minutes, so `make fresh` asks it.
"""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import programs
from tests.conftest import ROOT
from tests.operations import printed
from tests.operations.debian import PATH, Debian, made
from tests.waiting import until

pytestmark = [
    pytest.mark.skipif(os.environ.get("WHOLE") != "yes", reason="some minutes long: make fresh"),
    pytest.mark.skipif(os.geteuid() != 0, reason="a root of another Debian needs root"),
]
VACANCIES = "Référence;Intitulé;Description;Ville;Code postal;Contrat\n" + "".join(
    f"{number};Vendeur / vendeuse en boulangerie;Vente de pain, encaissement, accueil.;Valence;26000;CDI\n"
    for number in range(1, 6)
)
MAILS = "127.0.0.1:25"
BLANKS = {
    "A-PASSWORD": "Chosen4thisTest",
    "AN-OWNERS-PASSWORD": "Chosen4theOwner",
    "smtp://visavis:ANOTHER-PASSWORD@mail.emploi.example": f"smtp+plain://{MAILS}",
}
SERVICES = ("postgresql", "valkey-server")
WELL_WITHIN_S = 600
# Longer than the log waits at most before it is archived.
TICKS_FOR_S = 75
HOME = "root"


@pytest.fixture(scope="module")
def debian(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Debian]:
    assert shutil.which("mmdebstrap"), "mmdebstrap is absent: scripts/packages mmdebstrap installs it"
    folder = tmp_path_factory.mktemp("fresh")
    debian = Debian(made(folder))
    mails = debian.here(
        ["-m", "aiosmtpd", "-n", "-l", MAILS, "-c", "aiosmtpd.handlers.Mailbox", str(folder / "mails")], {}
    )
    try:
        yield debian
    finally:
        mails.kill()
        debian.stop()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    programs.run(["sh", "scripts/wheel", folder], cwd=ROOT, check=True, capture_output=True)
    return folder


def run(debian: Debian, under: str) -> str:
    """Run everything that the page prints under a heading, and what setup says is to be done after it."""
    said = ""
    for line in printed.commands(under):
        if line.startswith("visavis setup --check"):
            said += checked(debian)
            continue
        told = do(debian, printed.filled(line, BLANKS))
        if line.startswith("apt-get install") and "postgresql" in line:
            for service in SERVICES:
                debian.run(f"service {service} start")
        for to_do in [
            one.split(maxsplit=3)[3] for one in told.splitlines() if one.startswith("well   to do")
        ]:
            do(debian, to_do)
        said += told
    return said


def do(debian: Debian, line: str) -> str:
    """Run a line; where it speaks to systemd, which needs a machine that was started, do what systemd would."""
    words = line.split()
    if words[0] != "systemctl":
        return debian.run(line)
    acts, names = {"restart": ("stop", "start")}.get(words[1], (words[1],)), words[2:]
    for act in acts:
        for name in (one for one in names if not one.startswith("--")):
            speak(debian, act, name)
    return ""


def speak(debian: Debian, act: str, name: str) -> None:
    """Start or stop one thing: a unit of ours by its line as it is written, a service of Debian's by its script."""
    file = debian.root / "etc/systemd/system" / (name if "." in name else f"{name}.service")
    if name == "nginx":
        debian.run("nginx -s reload 2>/dev/null || nginx")
    elif name.endswith(".timer"):
        assert "OnCalendar=" in file.read_text()
    elif not file.exists():
        debian.run(f"service {name} {act}")
    elif act == "stop":
        debian.end(debian.of_unit(file.stem))
    elif "Type=oneshot" in file.read_text():
        assert debian.unit(file.name).wait() == 0, (debian.root.parent / f"{file.name}.log").read_text()
    elif act == "start":
        debian.unit(file.name)


def checked(debian: Debian) -> str:
    """Run the check until the parts that have just been started are seen at work."""
    words = debian.words(["visavis", "setup", "--check"])
    how = {"env": {"PATH": PATH, "LANG": "C.UTF-8"}, "capture_output": True, "text": True}
    told: list[str] = []

    def is_well() -> bool:
        done = programs.run(words, **how)
        told.append(done.stdout + done.stderr)
        return done.returncode == 0

    until(is_well, lambda: told[-1], within_s=WELL_WITHIN_S)
    return told[-1]


def test_from_nothing_to_a_first_list_by_the_page_alone(debian: Debian, wheel: Path) -> None:
    home = debian.root / HOME
    for path in (*wheel.glob("*.whl"), wheel / "production.txt"):
        shutil.copy2(path, home)
    (home / "answers.toml").write_text(printed.filled(printed.answers(), BLANKS))
    openings = debian.root / "srv/openings.csv"
    openings.write_text(VACANCIES)
    openings.chmod(0o644)
    said = run(debian, "Install")
    assert "https and addresses arrive as they are" in said and "wrong" not in said
    certificate = debian.root / "etc/ssl/visavis/fullchain.pem"
    folder = debian.root.parent
    reader = debian.here(
        ["-m", "tests.operations.first_list", str(folder / "mails"), "amelie@emploi.example"],
        {"SSL_CERT_FILE": str(certificate), "PYTHONPATH": str(ROOT)},
    )
    titles, _ = reader.communicate(timeout=WELL_WITHIN_S)
    assert reader.returncode == 0 and titles.count("Vendeur") >= 3, titles


def test_a_backup_is_made_tried_and_brought_back_as_the_page_says(debian: Debian) -> None:
    draw, save = printed.commands("Backup")[:2]
    key = debian.run(draw).split()[-1]
    debian.run(save.replace("age1…", key))
    folder = "/var/backups/visavis"
    words = f"restore {folder} --identity /srv/backup-key.txt --keys-from {folder}-keys"
    debian.run("install -o visavis -m 600 backup-key.txt /srv/")
    said = debian.run(f"visavis --environment /etc/visavis/environment {words} --drill")
    assert "The drill went well" in said
    # Brought back for true, by the owner of the tables: the site, which owns none, reads what came back.
    do(debian, "systemctl stop visavis-web visavis-live visavis-work")
    said = debian.run(f"visavis --environment /etc/visavis/owner {words} --over")
    assert "It is back." in said
    look = "from visavis.people.models import User; print(User.objects.count(), 'people')"
    assert "3 people" in debian.run(f'visavis --environment /etc/visavis/environment shell -c "{look}"')
    do(debian, "systemctl start visavis-web visavis-live visavis-work")


def test_setup_again_is_what_an_upgrade_asks(debian: Debian) -> None:
    said = run(debian, "Upgrade, and go back")
    assert "0 written" in said and "is open already" in said


def test_an_employer_whom_the_agency_has_checked_comes_in_as_the_page_says(debian: Debian) -> None:
    assert "Épicerie du Quai" in run(debian, "What is done by command")


def test_a_disk_that_breaks_takes_a_minute_away_at_most(debian: Debian) -> None:
    lines = printed.commands("A minute at most, on PostgreSQL")
    archive, back = lines[:2], lines[2:]
    for line in archive:
        for to_do in [one.split(maxsplit=3)[3] for one in do(debian, line).splitlines() if "to do" in one]:
            do(debian, to_do)
    psql = "runuser -u postgres -- psql --quiet --tuples-only visavis -c"
    debian.run(f'{psql} "CREATE TABLE ticks (at timestamptz)"')
    for _second in range(TICKS_FOR_S):
        debian.run(f'{psql} "INSERT INTO ticks VALUES (clock_timestamp())" -c "SELECT pg_sleep(1)"')
    last = float(debian.run(f'{psql} "SELECT extract(epoch FROM max(at)) FROM ticks"'))
    # The machine dies at once, and the disk of the database is empty.
    for number in debian.processes():
        if "postgres" in debian.says(number):
            os.kill(number, signal.SIGKILL)
    data = next((debian.root / "var/lib/postgresql").glob("*/main"))
    assert data.is_relative_to(debian.root)
    for path in data.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for line in back:
        do(debian, line)
    kept, end = debian.run(f'{psql} "SELECT count(*), extract(epoch FROM max(at)) FROM ticks"').split("|")
    lost_s = last - float(end)
    sys.stderr.write(f"of {TICKS_FOR_S} rows {TICKS_FOR_S - int(kept)} were lost, {lost_s:.0f} s\n")
    assert lost_s <= 60 and int(kept) > 0
