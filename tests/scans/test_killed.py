"""No scan is lost or doubled by a kill, and no message waits for paper: counted; a careless hand is found out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.at_once import played
from tests.common.own_database import own_database
from tests.scans.killed import KILLS, PAGES

pytestmark = pytest.mark.again


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A folder of the test's own, with its database, whose tables are there, and its files."""
    with own_database(tmp_path, "killed-scans") as variables:
        yield variables


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


def test_a_message_leaves_while_a_scan_is_drawn_and_read(database: dict[str, str]) -> None:
    [found], careless = played("tests.scans.waiting", "behind", database)
    assert found and all(found.values()), found
    begun = {"drawn", "read"}
    assert {what for what, is_so in careless.items() if is_so} == begun, "does this test see anything?"
