"""No message waits for paper that is drawn or read, and no paper for words; a careless hand is found out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.common.at_once import played
from tests.common.own_database import own_database


@pytest.fixture
def database(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A folder of the test's own, with its database, whose tables are there, and its files."""
    with own_database(tmp_path, "waiting-scans") as variables:
        yield variables


@pytest.mark.again
def test_a_message_leaves_while_a_scan_is_drawn_and_read(database: dict[str, str]) -> None:
    [found], careless = played("tests.scans.waiting", "behind", database)
    assert found and all(found.values()), found
    begun = {"drawn", "read"}
    assert {what for what, is_so in careless.items() if is_so} == begun, "does this test see anything?"
