"""Scans are neither lost nor doubled when `visavis work` is killed, with counts; a careless hand is found out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.at_once import played
from tests.common.own_database import own_database
from tests.scans.killed import KILLS, PAGES


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A folder of the test's own, with its database, whose tables are there, and its files."""
    with own_database(tmp_path, "killed-scans") as variables:
        yield variables


@pytest.mark.again
def test_a_killed_worker_loses_and_doubles_no_page(database: dict[str, str]) -> None:
    [found], careless = played("tests.scans.killed", "work", database)
    assert found.pop("kills") >= KILLS
    laid = found.pop("laid")
    assert found == {
        "scans": laid,
        "pages": laid * PAGES,
        "documents": laid,
        "pages filed": laid * (PAGES - 1),
        "told": laid,
        "left": 0,
    }
    assert careless["scans"] < careless["laid"], (
        "a scan that was in nobody's hands was not missed: does this test see anything?"
    )
