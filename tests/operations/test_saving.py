"""A backup is whole or absent, opened by its key only, holds nobody's key, and forgets who was erased since."""

import datetime as dt
import json
import os
import quopri
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests import migrated
from tests.operations.started import Started, started
from tests.operations.store import store
from tests.operations.test_installed import clean, postgresql
from tests.postgresql import programs
from visavis.operations.installing import trying
from visavis.operations.saving import sealing, stores

PEOPLE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from visavis.people.models import User
from visavis.vault import keys
for number in range(5):
    User.objects.create_user(f"Personne {number}", email=f"personne{number}@secret.example")
keys.draw_missing(set(User.objects.values_list("pk", flat=True)))
"""
KEYS = """
import django
django.setup()
from visavis.vault.models import PersonKey
print(PersonKey.objects.count())
"""
LOOK = """
import django
django.setup()
from visavis.people.models import User
print(sorted(one.email for one in User.objects.all()))
"""
ERASE = """
import django
django.setup()
from visavis.leaving import services
from visavis.leaving.models import Closing
from visavis.people.models import User
from visavis.common import clock
import datetime as dt
user = User.objects.get(name="Personne 3")
services.close(user=user, by=None)
Closing.objects.update(erased_on=clock.today())
print(len([services.erase(one) for one in Closing.objects.all()]))
"""

HEAD = """
import django
django.setup()
from visavis.people.enums import Role
from visavis.people.models import Membership, Organisation, User
user = User.objects.get(name="Personne 1")
agency = Organisation.objects.create(name="Agence", kind="agency")
Membership.objects.create(user=user, role=Role.HEAD, organisation=agency)
"""
SIGN = """
import django
django.setup()
from pathlib import Path
import time
from visavis.operations.health import machine
is_left = lambda: any(Path("/dev/shm").glob("drill-*"))
# Another process of the tests may be trying a backup: its key goes with it. One that was left stays.
until = time.monotonic() + 180
while is_left() and time.monotonic() < until:
    time.sleep(0.2)
print(machine.drill().level, is_left())
"""


class Site:
    """A site with five people, a file and a key to seal for."""

    def __init__(
        self, commands: Started, folder: Path, database: str = "", filled: Path | None = None
    ) -> None:
        self.commands, self.folder = commands, folder
        self.to, self.keys, self.identity = folder / "backups", folder / "keys", folder / "identity"
        self.environment = clean() | {
            "VISAVIS_VAR": str(folder / "var"),
            "DATABASE_URL": database or f"sqlite:///{folder}/var/site.sqlite3",
            "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
            "PATH": f"{programs()}:{os.environ['PATH']}",
        }
        (folder / "var/files/letters").mkdir(parents=True)
        (folder / "var/files/letters/one.pdf").write_bytes(b"%PDF a letter" * 1000)
        if filled is None:
            if database:
                migrated.lay_in(database)
            else:
                migrated.lay(folder / "var/site.sqlite3")
            self.python(PEOPLE)
        else:
            shutil.copytree(filled, folder / "var", dirs_exist_ok=True)
        self.recipient = sealing.draw_key(self.identity)

    def python(self, text: str) -> str:
        done = self.commands.run(self.environment, ["-c", text])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *words: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        done = self.commands.run(self.environment, words)
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done

    def backup(self, **more: str) -> Path:
        self.run("backup", "--to", str(self.to), "--keys-to", str(self.keys), "--recipient", self.recipient)
        return max(self.to.glob("visavis-*"))

    def restore(self, folder: Path, *more: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        words = ["--identity", str(self.identity), "--keys-from", str(self.keys)]
        return self.run("restore", str(folder), *words, *more, fails=fails)


def mail_in(done: subprocess.CompletedProcess[str]) -> str:
    """Return what a command said, the mail that it sent decoded."""
    return quopri.decodestring(done.stdout.encode()).decode()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site on SQLite with its people, made once and copied."""
    with started() as commands:
        return Site(commands, tmp_path_factory.mktemp("filled")).folder / "var"


@pytest.fixture
def commands() -> Iterator[Started]:
    with started() as commands:
        yield commands


@pytest.fixture
def small(commands: Started, tmp_path: Path, filled: Path) -> Site:
    """A site on SQLite."""
    return Site(commands, tmp_path, filled=filled)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.journey)])
def site(request: pytest.FixtureRequest, commands: Started, tmp_path: Path) -> Site:
    if request.param == "sqlite":
        small: Site = request.getfixturevalue("small")
        return small
    address = request.getfixturevalue("server")
    name = f"site_{tmp_path.name.replace('-', '_')}".lower()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    place = psycopg.conninfo.conninfo_to_dict(address)
    host = str(place.get("host", "127.0.0.1"))
    user = place.get("user", "postgres")
    if host.startswith("/"):
        return Site(commands, tmp_path, f"postgres://{user}@{host.replace('/', '%2F')}/{name}")
    secret, port = place.get("password", ""), place.get("port", 5432)
    return Site(commands, tmp_path, f"postgres://{user}:{secret}@{host}:{port}/{name}")


def saved_rows(site: Site, folder: Path, table: str) -> int:
    """Open the database of a backup with the private key, and count the rows that it holds of a table."""
    copy = site.folder / "opened"
    with copy.open("wb") as out:
        sealing.unseal(folder / "database.age", out, sealing.identity(site.identity))
    try:
        if "sqlite" in site.environment["DATABASE_URL"]:
            with closing(sqlite3.connect(copy)) as database:
                return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        words = [programs() / "pg_restore", "--data-only", f"--table={table}", "--file=-", copy]
        said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        _before, _copy, rows = said.partition(f"COPY public.{table} ")
        return rows.partition("\\.\n")[0].count("\n") - 1 if rows else 0
    finally:
        copy.unlink()


def test_what_was_saved_comes_back_and_who_was_erased_since_does_not(site: Site) -> None:
    before = site.python(LOOK)
    folder = site.backup()
    assert site.python(KEYS).strip() == "5" == str(saved_rows(site, folder, "people_user"))
    assert saved_rows(site, folder, "vault_personkey") == 0, "a key that lies beside what it opens"
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0
        assert b"secret.example" not in path.read_bytes()
    assert site.python(ERASE).strip() == "1"
    shutil.rmtree(site.folder / "var/files")

    drilled = site.restore(site.to, "--drill")
    assert "The drill went well" in drilled.stdout
    assert (
        "Personne" not in drilled.stdout
        and "people in this database" in site.restore(folder, fails=True).stderr
    )

    done = site.restore(folder, "--over")
    assert "1 people who were erased since are erased again." in done.stdout
    after = site.python(LOOK)
    assert after.count("@secret.example") == 4 and "personne3@" in before and "personne3@" not in after
    assert (site.folder / "var/files/letters/one.pdf").read_bytes() == b"%PDF a letter" * 1000


def test_a_backup_that_was_cut_changed_or_is_anothers_changes_nothing(small: Site, tmp_path: Path) -> None:
    site = small
    folder = site.backup()
    before = site.python(LOOK)
    part = folder / "database.age"
    right = part.read_bytes()
    for wrong in (right[:-100], right[:2000] + b"x" + right[2001:], b""):
        part.write_bytes(wrong)
        assert "cut or changed" in site.restore(folder, "--over", fails=True).stderr
    part.write_bytes(right)
    other = tmp_path / "other"
    sealing.draw_key(other)
    words = ["restore", str(folder), "--identity", str(other), "--keys-from", str(site.keys), "--over"]
    assert "another key" in site.run(*words, fails=True).stderr
    ring = site.folder / "var/data-keys"
    own = ring.read_text()
    ring.write_text("another-ring\n")
    assert "are not of this installation" in site.restore(folder, "--over", fails=True).stderr
    ring.write_text(own)
    (folder / "list.json").unlink()
    assert "no whole backup" in site.restore(folder, "--over", fails=True).stderr
    assert site.python(LOOK) == before


def test_keys_never_lie_beside_the_data_and_a_key_is_never_written_over(small: Site) -> None:
    site = small
    words = ["backup", "--to", str(site.to), "--recipient", site.recipient]
    assert (
        "must not lie with the backups"
        in site.run(*words, "--keys-to", str(site.to / "k"), fails=True).stderr
    )
    assert "never written over" in site.run("backup", "--draw-key", str(site.identity), fails=True).stderr
    assert (
        "no public key"
        in site.run("backup", "--to", "a", "--keys-to", "b", "--recipient", "age1x", fails=True).stderr
    )
    assert not list(site.to.glob("visavis-*"))


def test_backups_in_a_store_come_back_and_die_like_any_other(small: Site, tmp_path: Path) -> None:
    site = small
    (tmp_path / "store").mkdir()
    with store(tmp_path / "store") as address:
        site.environment |= {"VISAVIS_S3": address, "VISAVIS_BACKUP_KEYS_TO": "s3://keys/here"}
        place = ["--to", "s3://backups/of/us", "--recipient", site.recipient]
        site.run("backup", *place)
        there = stores.reached("s3://backups/of/us", address)
        for name in ("visavis-20200101T000000.000000Z", "visavis-20990101T000000.000000Z"):
            there.put(f"{name}/list.json", b"{}")
        assert "20200101T000000.000000Z was thrown away" in site.run("backup", *place).stdout
        names = [one["path"] for batch in there.list() for one in batch]
        assert len({one.partition("/")[0] for one in names}) == 3
        assert not [one for one in names if "2020" in one] and not list(tmp_path.glob("var/store-*"))
        there.delete("visavis-20990101T000000.000000Z/list.json")

        before = site.python(LOOK)
        site.python(ERASE)
        key = ["--identity", str(site.identity)]
        assert "The drill went well" in site.run("restore", "s3://backups/of/us", *key, "--drill").stdout
        site.run("restore", "s3://backups/of/us", *key, "--over")
        assert "personne3@" in before and "personne3@" not in site.python(LOOK)

        site.environment["VISAVIS_S3"] = address.replace("secret", "mistake")
        told = site.run("backup", *place, fails=True).stderr
        assert "s3://backups/of/us cannot be used" in told and "mistake" not in told
        assert (
            "must not lie with the backups"
            in site.run("backup", *place, "--keys-to", "s3://backups/of/us/keys", fails=True).stderr
        )
        variables = site.environment | {"VISAVIS_BACKUP_TO": "s3://backups/of/us"}
        wrong, well = trying.store(variables), trying.store(variables | {"VISAVIS_S3": address})
        assert wrong and wrong.level == "wrong" and well and well.level == "well"


def test_the_monthly_drill_brings_back_what_it_saved_and_tells_the_head(small: Site) -> None:
    small.python(HEAD)
    words = ["--to", str(small.to), "--keys-to", str(small.keys), "--recipient", small.recipient, "--drill"]
    done = small.run("backup", *words)
    assert "The drill went well" in done.stdout
    assert "To: personne1@secret.example" in done.stdout and "a été ramenée dans une base" in mail_in(done)
    # What was tried stays, for the key that is elsewhere; the other key is nowhere.
    assert "The drill went well" in small.restore(small.to, "--drill").stdout
    assert small.python(SIGN).split() == ["well", "False"]
    small.environment["VISAVIS_DATA_KEYS"] = "another-ring"
    done = small.run("backup", *words, fails=True)
    # With that ring the head's address cannot be read either: the failure is said all the same.
    assert "The drill failed" in done.stderr and "the heads were not told" in done.stderr
    del small.environment["VISAVIS_DATA_KEYS"]
    assert small.python(SIGN).split() == ["wrong", "False"]


def test_backups_die_after_thirty_five_days_and_so_do_those_never_ended(small: Site) -> None:
    site = small
    site.to.mkdir()
    now = dt.datetime.now(dt.UTC)
    ages = {"old": 36, "young": 34, "begun": 2}
    folders = {}
    for name, days in ages.items():
        folders[name] = site.to / f"visavis-{(now - dt.timedelta(days=days)).strftime('%Y%m%dT%H%M%S.%fZ')}"
        folders[name].mkdir()
        if name != "begun":
            (folders[name] / "list.json").write_text(json.dumps({}))
    site.backup()
    assert {name for name, folder in folders.items() if folder.exists()} == {"young"}
