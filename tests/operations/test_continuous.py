"""PostgreSQL's log archived as it is written: which files setup writes, and when it refuses to."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.programs import run
from visavis.operations.installing import continuous, writing
from visavis.operations.installing.files import Places
from visavis.operations.installing.values import WrongAnswer
from visavis.vault.models import PersonKey

ANSWERS = {
    "continuous": "/srv/log",
    "database": "postgres://visavis:x@127.0.0.1/visavis",
    "service_name": "Vis-à-vis",
}
VARIABLES = {"VISAVIS_CONTINUOUS_KEY": "a secret"}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    (tmp_path / "etc/postgresql/17/main").mkdir(parents=True)
    return Places(root=tmp_path)


def test_the_secret_lies_where_only_the_servers_group_reads_it(places: Places) -> None:
    found = {one.path.name: one for one in continuous.files(ANSWERS, VARIABLES, places)}
    # Not where pgBackRest looks by itself: there lies what the package brought, with another folder.
    assert continuous.CONFIGURATION == "/etc/pgbackrest/visavis.conf"
    assert all(
        f"--config={continuous.CONFIGURATION}" in line
        for one in continuous.files(ANSWERS, VARIABLES, places)
        for line in one.text.splitlines()
        if "pgbackrest --" in line
    )
    assert set(found) == {"visavis.conf", "visavis-continuous.service", "visavis-continuous.timer"}
    files = continuous.files(ANSWERS, VARIABLES, places)
    holding = [one for one in files if "a secret" in one.text]
    assert [(one.mode, one.group) for one in holding] == [(0o640, "postgres")]
    assert "/var/lib/postgresql/17/main" in holding[0].text and "/srv/log" in holding[0].text
    assert [one.path.parent.name for one in files if "archive_timeout = 30" in one.text] == ["conf.d"]


def test_what_was_erased_is_written_out_of_the_keys_file_before_it_is_copied(places: Places) -> None:
    texts = {one.path.name: one.text for one in continuous.files(ANSWERS, VARIABLES, places)}
    acts = [line for line in texts["visavis-continuous.service"].splitlines() if line.startswith("Exec")]
    assert [act.partition("=")[0] for act in acts] == ["ExecStartPre", "ExecStart", "ExecStartPost"]
    assert acts[0].endswith('--dbname=visavis --command="VACUUM FULL vault_personkey"')
    assert PersonKey._meta.db_table in acts[0]


def test_the_server_is_started_anew_only_where_its_files_changed(places: Places) -> None:
    changed = [Path("/etc/pgbackrest/visavis.conf")]
    assert "systemctl restart postgresql" in continuous.commands(ANSWERS, changed)
    assert continuous.commands(ANSWERS, [Path("/etc/visavis/environment")]) == []
    # Nothing is written where it was not asked for.
    assert continuous.files(ANSWERS | {"continuous": ""}, VARIABLES, places) == []
    assert continuous.commands(ANSWERS | {"continuous": ""}, [Path("/etc/postgresql/x")]) == []


def test_another_machines_database_or_two_clusters_are_a_sentence(places: Places) -> None:
    for database in ("", "postgres://visavis:x@db.example/visavis"):
        with pytest.raises(WrongAnswer, match="--continuous"):
            continuous.files(ANSWERS | {"database": database}, VARIABLES, places)
    (places.root / "etc/postgresql/16/main").mkdir(parents=True)
    with pytest.raises(WrongAnswer, match="2 PostgreSQL"):
        continuous.files(ANSWERS, VARIABLES, places)


def test_the_server_reaches_its_file_through_the_folder(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[tuple[str, int]] = []
    monkeypatch.setattr(writing.grp, "getgrnam", lambda name: SimpleNamespace(gr_gid=os.getgid()))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda place, user, group: given.append((str(place), user)))
    files = continuous.files(ANSWERS, VARIABLES, places)
    before = os.umask(0o077)
    try:
        writing.write_all(files)
    finally:
        os.umask(before)
    folder = (places.root / continuous.CONFIGURATION.lstrip("/")).parent
    assert folder.stat().st_mode & 0o777 == 0o750 and (str(folder), -1) in given


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd-analyze")
def test_systemd_finds_nothing_wrong_with_its_units(places: Places) -> None:
    files = continuous.files(ANSWERS, VARIABLES, places)
    writing.write_all(files)
    units = [str(one.path) for one in files if one.path.suffix in {".service", ".timer"}]
    done = run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True)
    # The program itself comes with its package.
    ours = [
        line for line in done.stderr.splitlines() if "visavis-" in line and "is not executable" not in line
    ]
    assert len(units) == 2 and not ours, done.stderr
