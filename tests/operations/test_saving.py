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

from tests import migrated, programs
from tests.operations.started import Started, clean, started
from tests.operations.test_installed import postgresql
from tests.postgresql import programs as of_postgresql
from tests.waiting import until
from visavis.operations.saving import drill, sealing, stores

PEOPLE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from visavis.people.models import User
from visavis.vault import keys
for number in range(5):
    User.objects.create_user(f"Personne {number}", email=f"personne{number}@secret.example")
keys.draw_missing(set(User.objects.values_list("pk", flat=True)))
"""
KEYS = """
from visavis.vault.models import PersonKey
print(PersonKey.objects.count())
"""
LOOK = """
from visavis.people.models import User
print(sorted(one.email for one in User.objects.all()))
"""
ERASE = """
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
from visavis.people.enums import Role
from visavis.people.models import Membership, Organisation, User
user = User.objects.get(name="Personne 1")
agency = Organisation.objects.create(name="Agence", kind="agency")
Membership.objects.create(user=user, role=Role.HEAD, organisation=agency)
"""
SIGN = """
from visavis.operations.health import machine
print(machine.drill().level)
"""


class Site:
    """A site with five people, a file and a key to seal for."""

    def __init__(
        self, commands: Started, folder: Path, database: str = "", *, is_there: bool = False
    ) -> None:
        self.commands, self.folder = commands, folder
        self.to, self.keys, self.identity = folder / "backups", folder / "keys", folder / "identity"
        self.environment = clean() | {
            "VISAVIS_VAR": str(folder / "var"),
            "DATABASE_URL": database or f"sqlite:///{folder}/var/site.sqlite3",
            "DJANGO_SETTINGS_MODULE": "visavis.config.settings",
            "PATH": f"{of_postgresql()}:{os.environ['PATH']}",
        }
        if not is_there:
            (folder / "var/files/letters").mkdir(parents=True)
            (folder / "var/files/letters/one.pdf").write_bytes(b"%PDF a letter" * 1000)
            if database:
                migrated.lay_in(database)
            else:
                migrated.lay(folder / "var/site.sqlite3")
            self.python(PEOPLE)
        self.recipient = sealing.draw_key(self.identity)

    def python(self, text: str) -> str:
        done = self.commands.run(self.environment, ["-c", text])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, *words: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        done = self.commands.run(self.environment, words)
        assert bool(done.returncode) == fails, done.stdout + done.stderr
        return done

    def backup(self) -> Path:
        self.run("backup", "--to", str(self.to), "--keys-to", str(self.keys), "--recipient", self.recipient)
        return max(self.to.glob("visavis-*"))

    def restore(self, folder: Path, *more: str, fails: bool = False) -> subprocess.CompletedProcess[str]:
        words = ["--identity", str(self.identity), "--keys-from", str(self.keys)]
        return self.run("restore", str(folder), *words, *more, fails=fails)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture(scope="module")
def commands() -> Iterator[Started]:
    with started() as commands:
        yield commands


@pytest.fixture(scope="module")
def filled(commands: Started, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site on SQLite with its people, and beside it what it is made of."""
    folder = tmp_path_factory.mktemp("filled")
    Site(commands, folder / "site").identity.unlink()
    shutil.copytree(folder / "site", folder / "kept")
    return folder


@pytest.fixture
def small(commands: Started, filled: Path) -> Site:
    """A site on SQLite, as it was filled: always in the same folder, where a process of its commands has started."""
    shutil.rmtree(filled / "site")
    shutil.copytree(filled / "kept", filled / "site")
    return Site(commands, filled / "site", is_there=True)


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
    assert b"secret.example" not in copy.read_bytes(), "what rests sealed is sealed in a backup too"
    try:
        if "sqlite" in site.environment["DATABASE_URL"]:
            with closing(sqlite3.connect(copy)) as database:
                return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        words = [of_postgresql() / "pg_restore", "--data-only", f"--table={table}", "--file=-", copy]
        said = programs.run(words, capture_output=True, text=True, check=True).stdout
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
    folder = small.backup()
    before = small.python(LOOK)
    part = folder / "database.age"
    right = part.read_bytes()
    for wrong in (right[:-100], right[:2000] + b"x" + right[2001:], b""):
        part.write_bytes(wrong)
        assert "cut or changed" in small.restore(folder, "--over", fails=True).stderr
    part.write_bytes(right)
    other = tmp_path / "other"
    sealing.draw_key(other)
    words = ["restore", str(folder), "--identity", str(other), "--keys-from", str(small.keys), "--over"]
    assert "another key" in small.run(*words, fails=True).stderr
    ring = small.folder / "var/data-keys"
    own = ring.read_text()
    ring.write_text("another-ring\n")
    assert "are not of this installation" in small.restore(folder, "--over", fails=True).stderr
    ring.write_text(own)
    (folder / "list.json").unlink()
    assert "no whole backup" in small.restore(folder, "--over", fails=True).stderr
    assert small.python(LOOK) == before


def test_keys_never_lie_beside_the_data_and_a_key_is_never_written_over(small: Site) -> None:
    words = ["--to", str(small.to), "--recipient", small.recipient]
    for given, told in (
        ([*words, "--keys-to", str(small.to / "k")], "must not lie with the backups"),
        (["--draw-key", str(small.identity)], "never written over"),
        (["--to", "a", "--keys-to", "b", "--recipient", "age1x"], "no public key"),
    ):
        assert told in small.run("backup", *given, fails=True).stderr
    assert not list(small.to.glob("visavis-*"))


@pytest.mark.again
def test_backups_in_a_store_come_back_and_die_like_any_other(small: Site, address: str) -> None:
    small.environment |= {"VISAVIS_S3": address, "VISAVIS_BACKUP_KEYS_TO": "s3://kept/keys"}
    place = ["--to", "s3://kept/backups", "--recipient", small.recipient]
    small.run("backup", *place)
    there = stores.reached("s3://kept/backups", address)
    for name in ("visavis-20200101T000000.000000Z", "visavis-20990101T000000.000000Z"):
        there.put(f"{name}/list.json", b"{}")
    assert "20200101T000000.000000Z was thrown away" in small.run("backup", *place).stdout
    names = [one["path"] for batch in there.list() for one in batch]
    assert len({one.partition("/")[0] for one in names}) == 3
    assert not [one for one in names if "2020" in one] and not list(small.folder.glob("var/store-*"))
    there.delete("visavis-20990101T000000.000000Z/list.json")

    before = small.python(LOOK)
    small.python(ERASE)
    key = ["--identity", str(small.identity)]
    assert "The drill went well" in small.run("restore", "s3://kept/backups", *key, "--drill").stdout
    small.run("restore", "s3://kept/backups", *key, "--over")
    assert "personne3@" in before and "personne3@" not in small.python(LOOK)

    beside = [*place, "--keys-to", "s3://kept/backups/keys"]
    assert "must not lie with the backups" in small.run("backup", *beside, fails=True).stderr
    small.environment["VISAVIS_S3"] = address.replace("secret", "mistake")
    told = small.run("backup", *place, fails=True).stderr
    assert "s3://kept/backups cannot be used" in told and "mistake" not in told


def test_the_monthly_drill_brings_back_what_it_saved_and_tells_the_head(small: Site) -> None:
    small.python(HEAD)
    words = ["--to", str(small.to), "--keys-to", str(small.keys), "--recipient", small.recipient, "--drill"]
    done = small.run("backup", *words)
    assert "The drill went well" in done.stdout and "To: personne1@secret.example" in done.stdout
    mail = quopri.decodestring(done.stdout.encode()).decode()
    assert "a été ramenée dans une base" in mail and small.python(SIGN).strip() == "well"
    # What was tried stays, for the key that is elsewhere; the other key is nowhere.
    assert saved_rows(small, max(small.to.glob("visavis-*")), "people_user") == 5
    # Another process of the tests may be trying a backup: its key goes with it. One that was left stays.
    until(lambda: not list(Path(str(drill.place_of_keys())).glob("drill-*")), "the key of a drill was left")


def test_backups_die_after_thirty_five_days_and_so_do_those_never_ended(small: Site) -> None:
    now = dt.datetime.now(dt.UTC)
    folders = {}
    for name, days in {"old": 36, "young": 34, "begun": 2}.items():
        folders[name] = small.to / f"visavis-{(now - dt.timedelta(days=days)).strftime('%Y%m%dT%H%M%S.%fZ')}"
        folders[name].mkdir(parents=True)
        if name != "begun":
            (folders[name] / "list.json").write_text(json.dumps({}))
    small.backup()
    assert {name for name, folder in folders.items() if folder.exists()} == {"young"}
