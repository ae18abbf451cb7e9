"""What lies on the disk, read from outside: the database's files or a dump, and whatever else the site wrote."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests import postgresql, programs
from tests.common.own_database import own_database
from tests.operations.started import Started, started
from tests.vault.needles import NAME, TITLE, WORD

pytestmark = pytest.mark.database


PROGRAM = """
import runpy, sys
from django.db import connections
sys.argv[1:] = {said}
runpy.run_module("tests.vault.needles", run_name="__main__")
connections.close_all()
"""


class Site:
    """Programs on a database of its own, and all that they leave on the disk."""

    def __init__(self, commands: Started, folder: Path, variables: dict[str, str]) -> None:
        self.commands, self.folder, self.url = commands, folder, variables["DATABASE_URL"]
        self.environment = os.environ | variables | {"DJANGO_SETTINGS_MODULE": "tests.settings"}

    def run(self, *said: str) -> dict[str, Any]:
        # As a program that ends closes its database.
        done = self.commands.run(self.environment, ["-c", PROGRAM.format(said=said)])
        assert done.returncode == 0, done.stderr[-3000:]
        with (self.folder / "said.log").open("a") as log:
            log.write(done.stderr)
        return json.loads(done.stdout.splitlines()[-1]) or {}

    def lying(self) -> dict[str, bytes]:
        """Return every file that the site wrote, and what pg_dump writes of its database."""
        there = {one.name: one.read_bytes() for one in self.folder.rglob("*") if one.is_file()}
        if connection.vendor == "postgresql":
            words = [str(postgresql.programs() / "pg_dump"), self.url]
            there["pg_dump"] = programs.run(words, capture_output=True, check=True).stdout
        return there

    def found(self, *words: str) -> set[tuple[str, str]]:
        lying = self.lying().items()
        return {(name, word) for word in words for name, content in lying if word.encode() in content}


@pytest.fixture
def site(tmp_path: Path, db: None) -> Iterator[Site]:
    with own_database(tmp_path, "needles") as variables, started() as commands:
        yield Site(commands, tmp_path, variables)


@pytest.mark.again("postgresql")
def test_nothing_sealed_stands_in_plain_and_nothing_at_all_of_who_is_erased(site: Site) -> None:
    planted = site.run("plant")
    assert len(planted) > 20 and site.found(*planted.values(), WORD) == set()
    assert {word for _name, word in site.found(NAME, TITLE)} == {NAME, TITLE}, (
        "the search finds what is there"
    )
    site.run("erase")
    assert site.found(NAME, TITLE, WORD, *planted.values()) == set()
    # The red control: a single column that is not sealed.
    site.run("show")
    assert {word for _name, word in site.found(*planted.values())} == {planted["people_user.email"]}
