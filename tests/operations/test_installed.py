"""The whole way of an operator: PostgreSQL, Valkey, a mail server, nginx; setup, start, check, break, check."""

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests import programs
from tests.conftest import ROOT
from tests.operations.answers import as_file
from tests.operations.certificate import certificate_in
from tests.operations.started import clean
from tests.ports import free_port
from tests.valkey import Valkey
from tests.waiting import until
from visavis.operations.installing import checking, files, trying, variables
from visavis.operations.installing.files import Places

# Apart, and in one process: the machine is put up once.
pytestmark = pytest.mark.journey
NAME = "emploi.example"
POSTGRESQL = """
import sys
from tests import postgresql
print(postgresql.start(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Machine"]:
    """A machine with everything that an operator puts there first, on which setup was run and all is started."""
    with ExitStack() as stack:
        machine = Machine(tmp_path_factory.mktemp("machine"), stack)
        machine.first = machine.setup()
        assert machine.first.returncode == 0, machine.first.stdout + machine.first.stderr
        machine.start("web", [program(), "serve", "--port", str(machine.web)], ("127.0.0.1", machine.web))
        machine.start("work", [program(), "work", "--sweep-every", "1"])
        machine.proxy()
        yield machine


class Machine:
    """The folder that stands for the machine, and what runs on it."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self.folder, self.root = folder, folder / "root"
        self.tls, self.web = free_port(), free_port()
        self.certificate, self.key = certificate_in(folder, NAME)
        self.database = stack.enter_context(postgresql())
        self.mail = Controller(Sink(), hostname="127.0.0.1", port=free_port())
        self.mail.start()
        stack.callback(self.mail.stop)
        self.valkey = Valkey()
        stack.callback(self.valkey.stop)
        self.stack = stack
        self.first: subprocess.CompletedProcess[str]

    @property
    def places(self) -> Places:
        return Places(root=self.root, account="nobody-of-the-tests")

    def address(
        self, *, password: str = "right", name: str = "visavis", port: str = "", role: str = "visavis"
    ) -> str:
        """Return the address of the database, right or with one thing wrong."""
        place = psycopg.conninfo.conninfo_to_dict(self.database)
        host = str(place.get("host", "127.0.0.1"))
        if port or not host.startswith("/"):
            return f"postgres://{role}:{password}@127.0.0.1:{port or place.get('port', 5432)}/{name}"
        return f"postgres://{role}:{password}@/{name}?host={host}"

    def answers(self, **changed: str) -> Path:
        told = {
            "url": f"https://{NAME}:{self.tls}",
            "database": self.address(),
            "owner": self.address(role="visavis_owner"),
            "cache": f"{self.valkey.url}/0",
            "mail": f"smtp+plain://127.0.0.1:{self.mail.port}",
            "sms": "none",
            "certificate": str(self.certificate),
            "certificate_key": str(self.key),
        }
        return as_file(self.folder / "answers.toml", **(told | changed))

    def setup(self, *more: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """Run `visavis setup` as an operator does, with nothing of the tests in its environment."""
        words = ["--root", str(self.root), "--account", self.places.account, *more]
        if "--check" not in more:
            words += ["--answers", str(self.answers(**changed))]
        words = [program(), "setup", *words]
        return programs.run(words, env=clean(), stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def variables(self) -> dict[str, str]:
        found = variables.read_file(self.places.environment)
        return found | {"VISAVIS_VAR": str(self.places.folder)}

    def start(
        self, name: str, words: list[str], within: tuple[str, int] | None = None
    ) -> subprocess.Popen[bytes]:
        """Start something of the service's in its own environment."""
        log = (self.folder / f"{name}.log").open("ab")
        environment = clean() | self.variables()
        process = programs.start(words, env=environment, stdout=log, stderr=log, start_new_session=True)
        self.stack.callback(stop, process)
        if within is not None:
            says = partial((self.folder / f"{name}.log").read_text, "utf-8")
            until(lambda: process.poll() is not None or trying.is_taken(*within), says)
            assert process.poll() is None, says()
        return process

    def proxy(self) -> None:
        """Start nginx with the site as it was written, on ports that are free here."""
        site = (self.root / "etc/nginx/conf.d/visavis.conf").read_text()
        for written, here in (
            ("listen 443 ssl", f"listen 127.0.0.1:{self.tls} ssl"),
            ("    listen [::]:443 ssl;\n", ""),
            ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
            ("    listen [::]:80;\n", ""),
            (f"127.0.0.1:{files.PORT}", f"127.0.0.1:{self.web}"),
            ("/var/log/nginx/visavis.log", str(self.folder / "access.log")),
        ):
            assert written in site
            site = site.replace(written, here)
        (self.folder / "site.conf").write_text(site)
        whole = (
            f"daemon off; user root; pid {self.folder}/pid; error_log {self.folder}/error.log; events {{}}\n"
        )
        paths = "".join(
            f"{kind}_temp_path {self.folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.folder / "nginx.conf").write_text(
            f"{whole}http {{ {paths} include {self.folder}/site.conf; }}\n"
        )
        self.start("nginx", ["nginx", "-c", str(self.folder / "nginx.conf")], ("127.0.0.1", self.tls))


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL of its own, in a process of its own: the tests' may be another database."""
    environment = clean() | {"PYTHONPATH": str(ROOT)}
    process = programs.start(
        [sys.executable, "-c", POSTGRESQL],
        env=environment,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout and process.stdin
    try:
        address = process.stdout.readline().strip()
        with psycopg.connect(address, autocommit=True) as server:
            server.execute("CREATE ROLE visavis_owner LOGIN PASSWORD 'right'")
            server.execute("CREATE ROLE visavis LOGIN CREATEDB PASSWORD 'right'")
            server.execute("CREATE DATABASE visavis OWNER visavis_owner")
            asks_for_passwords(server)
        yield address
    finally:
        process.stdin.close()
        process.wait(60)


def asks_for_passwords(server: psycopg.Connection[tuple[str]]) -> None:
    """Let nobody in as the site or as the owner of its tables without the right password."""
    row = server.execute("SHOW hba_file").fetchone()
    assert row
    file = Path(row[0])
    rules = "".join(
        f"local all {role} scram-sha-256\nhost all {role} all scram-sha-256\n"
        for role in ("visavis", "visavis_owner")
    )
    file.write_text(rules + file.read_text())
    server.execute("SELECT pg_reload_conf()")


def program() -> str:
    return str(Path(sys.executable).parent / "visavis")


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def believed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name leads here, and its certificate is believed."""
    real = socket.getaddrinfo
    monkeypatch.setattr(
        socket,
        "getaddrinfo",
        lambda host, *rest, **more: real("127.0.0.1" if host == NAME else host, *rest, **more),
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(machine.certificate))


def looked(machine: Machine) -> dict[str, trying.Finding]:
    return {one.name: one for one in checking.everything(machine.variables(), machine.places)}


def test_from_nothing_to_a_service_that_finds_nothing_wrong_with_itself(
    machine: Machine, believed: None
) -> None:
    told = machine.first.stdout
    assert "is open: Agence du Port." in told and "has the role head" in told
    until(lambda: looked(machine)["parts"].level != "wrong", lambda: str(looked(machine)["parts"]))
    found = looked(machine)
    wrong = {name: one.words for name, one in found.items() if one.level == "wrong"}
    assert not wrong
    assert "shared by 2 processes" in found["shared cache"].words
    status, _, body = checking.get(f"https://{NAME}:{machine.tls}/")
    assert status == 200 and b"Vis-" in body

    again = machine.setup()
    assert again.returncode == 0 and "0 written" in again.stdout
    assert "Agence du Port is open already." in again.stdout
    # An error of the settings is quoted.
    told = machine.variables() | {"SMS_GATEWAY": "visavis.people.sms.ConsoleGateway"}
    refused = checking.of_settings(told, machine.places)
    assert refused.level == "wrong" and "reach nobody" in refused.words


@pytest.mark.again
@pytest.mark.usefixtures("believed")
def test_a_proxy_that_believes_its_visitors_is_seen(machine: Machine) -> None:
    test = machine.folder / "site.conf"
    right = test.read_text()
    variables = machine.variables()

    def says(words: str) -> bool:
        found = {one.name: one.words for one in checking.of_site(variables, variables["VISAVIS_URL"])}
        return words in found.get("proxy", "")

    def written(text: str) -> None:
        test.write_text(text)
        programs.run(["nginx", "-c", machine.folder / "nginx.conf", "-s", "reload"], check=True)

    try:
        written(right.replace("X-Forwarded-For $remote_addr;", "X-Forwarded-For $http_x_forwarded_for;"))
        until(lambda: says("visitors can lie"), "it is not seen that visitors can lie")
        written(right.replace("X-Forwarded-Proto https;", "X-Forwarded-Proto http;"))
        until(lambda: says("does not say https"), "it is not seen that https is not said")
        page = f"https://{NAME}:{machine.tls}/"
        until(lambda: checking.get(page)[0] == 301, "a process of before the change answers for ever")
    finally:
        written(right)


@pytest.mark.again
@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"password": "wrong"}, "the password is wrong"),
        ({"name": "nowhere"}, "there is no such database"),
        ({"port": "1"}, "is PostgreSQL started"),
    ],
)
def test_a_wrong_database_is_told_and_nothing_is_written(
    machine: Machine, changed: dict[str, str], words: str
) -> None:
    before = {path: path.read_bytes() for path in (machine.root / "etc").rglob("*") if path.is_file()}
    done = machine.setup(database=machine.address(**changed))
    assert done.returncode == 1 and words in done.stdout, done.stdout + done.stderr
    assert "Nothing was written" in done.stderr
    assert {path: path.read_bytes() for path in (machine.root / "etc").rglob("*") if path.is_file()} == before


@pytest.mark.again
def test_the_site_owns_nothing_and_cannot_rewrite_its_journal(machine: Machine) -> None:
    """As the page of operations installs it: what the site and its worker come in as has no way to the guard."""
    assert "the journal only grows for it" in machine.first.stdout
    assert stat.S_IMODE(machine.places.owner.stat().st_mode) == 0o600
    assert "visavis_owner" not in machine.places.environment.read_text()
    assert machine.variables()["DATABASE_URL"] == machine.address()
    with closing(psycopg.connect(machine.address(), autocommit=True)) as site:
        site.execute("SELECT count(*) FROM journal_entry").fetchone()
        for sql in (
            "DROP TRIGGER journal_entry_rows ON journal_entry",
            "ALTER TABLE journal_entry DISABLE TRIGGER ALL",
            "UPDATE journal_entry SET note = 'x'",
            "DELETE FROM journal_entry",
            "TRUNCATE journal_entry",
            "DROP TABLE journal_entry",
        ):
            with pytest.raises(psycopg.Error, match=r"permission denied|must be owner|only grows"):
                site.execute(sql)  # type: ignore[call-overload]
    found = looked(machine)
    assert "visavis_owner owns the tables, visavis does not" in found["owner"].words
    assert "seals" in found["journal"].words and "could take its guard down" not in found["journal"].words


@pytest.mark.again
@pytest.mark.parametrize("role", ["visavis", "nobody"])
def test_an_owner_that_is_the_site_itself_or_nobody_is_refused(machine: Machine, role: str) -> None:
    before = machine.places.owner.read_bytes()
    done = machine.setup(owner=machine.address(role=role))
    assert done.returncode == 1 and "Nothing was written" in done.stderr, done.stdout
    assert "owner" in next(line for line in done.stdout.splitlines() if line.startswith("wrong"))
    assert machine.places.owner.read_bytes() == before
