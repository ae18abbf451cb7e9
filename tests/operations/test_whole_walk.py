"""One walk: she has everything, takes it, closes, is erased; then everything that is kept is searched for her.

Looked into: every column of every table, every file of the site, its log, the journal, the newest backup of before,
opened by its key. What is left of her is listed here.
"""

import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.common.own_database import own_database
from tests.operations.started import started
from tests.postgresql import programs
from tests.programs import run
from tests.vault.needles import NAME
from tests.vault.test_at_rest import Site
from visavis.operations.saving import sealing

pytestmark = pytest.mark.database


class Walk(Site):
    """Programs of the walk; what each logs lies in a folder of logs."""

    program = "tests.operations.walked"


@pytest.fixture
def site(tmp_path: Path, db: None) -> Iterator[Walk]:
    with own_database(tmp_path, "walk") as variables, started() as commands:
        if connection.vendor == "postgresql":
            variables["PATH"] = f"{programs()}:{os.environ['PATH']}"
        yield Walk(commands, tmp_path, variables | {"VISAVIS_HOSTS": "testserver"})


@pytest.mark.again
def test_of_who_took_all_closed_and_was_erased_only_this_is_left(
    site: Walk, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    apart = tmp_path_factory.mktemp("apart")
    key, words = apart / "backup-key.txt", apart / "words.txt"
    lived: dict[str, Any] = site.run("live", sealing.draw_key(key))
    words.write_text("\n".join(lived["words"]), encoding="utf-8")
    assert len(lived["words"]) > 25 and lived["files"]
    assert NAME in lived["taken"] and len(lived["taken"]) > 15, "she takes her own words along"

    there = site.run("left", str(lived["number"]), str(words))
    assert there["code"] == 0 and "FOUND: people_user: word" in there["said"], (
        "names stay readable in the rows"
    )
    assert site.run("leave") == {"erased": 1}
    gone = site.run("left", str(lived["number"]), str(words))
    assert gone["code"] == 0 and "FOUND" not in gone["said"], gone["said"]
    assert f"{len(lived['words'])} words looked for in every table and in {tmp_path}" in gone["said"]
    tables = {line.split(":")[0].strip() for line in gone["said"].splitlines() if " rows, kept" in line}
    assert tables == {"journal.Entry"}
    assert "not there, erased." in gone["said"] and "her key: erased" in gone["said"]
    assert gone["said"].count("not looked at: ") == 5

    # The backup of before: her name until it dies after 35 days, and nothing that was sealed.
    newest = max((tmp_path / "backups").glob("visavis-*"))
    opened = b"".join(unsealed(newest / name, key) for name in ("database.age", "files.age"))
    assert {word for word in lived["words"] if word.encode() in opened} == {NAME, *readable(lived)}
    keys = unsealed(tmp_path / "keys" / "person-keys.age", key)
    assert str(lived["number"]).encode() in keys, "of before: the next night writes it anew without hers"

    # The red control: what nobody keeps in order is found, in a table and in a log.
    site.run("spill", str(tmp_path / "proxy.log"))
    spilt = site.run("left", str(lived["number"]), str(words))
    assert spilt["code"] == 1
    assert "FOUND: people_organisation" in spilt["said"] and "proxy.log: word" in spilt["said"]


def readable(lived: dict[str, Any]) -> set[str]:
    """Return what of her words rests in plain while she is there: the title of an experience, which lists sort by."""
    return {word for word in lived["words"] if word.endswith("en plein champ")}


def unsealed(path: Path, key: Path) -> bytes:
    """Open a part of a backup as who holds its private key; files packed in it as they lie."""
    out = io.BytesIO()
    sealing.unseal(path, out, sealing.identity(key))
    content = out.getvalue()
    if path.name == "database.age" and connection.vendor == "postgresql":
        # It is packed: read as text, as it would be brought back.
        command = [str(programs() / "pg_restore"), "--file=-"]
        return run(command, input=content, capture_output=True, check=True).stdout
    if path.name != "files.age":
        return content
    with tarfile.open(fileobj=io.BytesIO(content)) as tar:
        return b"".join(tar.extractfile(one).read() for one in tar if one.isfile())  # type: ignore[union-attr]
