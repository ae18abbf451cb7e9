"""Whole or absent when the site is killed while a file arrives, with counts; a careless hand is found out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.at_once import IS_FULL, played
from tests.common.own_database import own_database

pytestmark = pytest.mark.again


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A folder of the test's own, with its database, whose tables are there, and its files."""
    with own_database(tmp_path, "killed") as variables:
        yield variables


def test_what_was_acknowledged_is_there_after_the_site_was_killed(database: dict[str, str]) -> None:
    [found], careless = played("tests.documents.killed", "receive", database)
    assert found["kills"] >= (10 if IS_FULL else 1) and found["cut"]
    assert (found["lost"], found["is_whole"]) == (0, True)
    assert not careless["is_whole"], (
        "a part that was not on the disk was not missed: does this test see anything?"
    )
