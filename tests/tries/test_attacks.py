"""Attacked again from outside, with a session of a colleague, over two real processes: files, who left, stolen rows.

The other rows of the table of promises, and what attacks each: docs/security/attacks.md.
"""

import http.client
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.common.at_once import IS_FULL
from tests.common.own_database import own_database
from tests.programs import run
from tests.tries import promised
from tests.tries.attacked import WORDS
from tests.tries.two_sites import GUARDED, ROOT, Browser, Sites, running
from tests.waiting import until

pytestmark = pytest.mark.database
FILES = 1000 if IS_FULL else 75
REASON, NOTICED, MOST = "/readings/reason/", "/readings/noticed/", 60


class Attacked:
    """Two processes, and programs on their database."""

    def __init__(self, sites: Sites, database: dict[str, str], said: dict[str, Any]) -> None:
        self.sites, self.database, self.said = sites, database, said

    def browser(self, persona: str = "", key: str = "") -> Browser:
        found = self.sites.browser()
        found.cookies["sessionid"] = key or self.said["sessions"][persona]
        return found

    def program(self, *words: str) -> Any:
        return program(self.database, *words)

    def opened(self, browser: Browser) -> int:
        """Open all files, on one process and the other in turn, saying why when it is asked; return how many."""
        number = 0
        for place, file in enumerate(self.said["files"]):
            status, _to, page = browser.ask(f"/people/{file}/", at=place)
            if status == 403 and REASON in page:
                browser.ask(REASON, {"words": "Je prépare un atelier", "next": "/"}, at=place)
                status, _to, page = browser.ask(f"/people/{file}/", at=place + 1)
            number += status == 200 and WORDS in page
        return number

    def api(self, port: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        connection.request(
            "GET", "/api/v1/introductions", headers={"Authorization": f"Bearer {self.said['token']}"}
        )
        return connection.getresponse().status


def program(database: dict[str, str], *words: str) -> Any:
    environment = os.environ | database | {"DJANGO_SETTINGS_MODULE": "tests.tries.site_settings"}
    environment |= {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    line = [sys.executable, "-m", "tests.tries.attacked", *words]
    done = run(line, env=environment, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def attacked(tmp_path: Path, db: None) -> Iterator[Attacked]:
    with own_database(tmp_path, "attacked") as database:
        said = program(database, "fill", str(FILES))
        with running(database, GUARDED) as sites:
            yield Attacked(sites, database, said)


@pytest.mark.again("sqlite")
def test_every_promise_over_two_processes(attacked: Attacked) -> None:
    promised.names_are_shared_only_by_two(attacked)
    promised.reading_ends_with_the_introduction(attacked)
    promised.all_is_taken_away(attacked)
    promised.a_hostile_file_holds_nobody(attacked)
    promised.lists_of_people_are_counted(attacked)
    a_crawl_is_stopped_who_left_is_out_and_stolen_rows_open_nothing(attacked)
    promised.who_closes_is_gone(attacked)
    promised.nobody_is_shut_out(attacked)
    promised.what_is_past_its_time_is_gone(attacked)
    # What all this wrote is one chain, whichever process wrote it.
    assert attacked.program("verify") == "whole"
    promised.the_journal_only_grows(attacked)


def a_crawl_is_stopped_who_left_is_out_and_stolen_rows_open_nothing(attacked: Attacked) -> None:
    rosa, bruno = attacked.browser("rosa"), attacked.browser("bruno")
    assert bruno.is_in() and {attacked.api(port) for port in attacked.sites.ports} == {200}
    # A crawl, over both processes: what one counts the other knows.
    assert attacked.opened(rosa) == MOST
    # The head and the officer read of it after one sweep of the worker, which is every minute.
    for persona, place in (("hugo", 0), ("nadia", 1)):
        told = attacked.browser(persona)
        until(
            lambda told=told, place=place: "Rosa" in told.ask(NOTICED, at=place)[2],
            f"{persona} reads nothing",
        )
    # A counsellor of another agency, with the numbers.
    assert attacked.opened(attacked.browser("dario")) == 0
    # Rows of sessions that were stolen, each as it rests.
    rows = attacked.program("rows")
    assert len(rows) >= 3 and not any(attacked.browser(key=row).is_in() for row in rows)
    # Who left: her session and her program's key, on both processes, at once.
    attacked.program("leave")
    assert [bruno.ask("/account/", at=place)[0] for place in (0, 1)] == [302, 302]
    assert {attacked.api(port) for port in attacked.sites.ports} == {401}
