"""Open pages are told what changes: all of it, once, in order, and only who may; against a real process."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection as database

from tests.common.own_database import own_database
from tests.live.streams import Page, Served, served
from tests.waiting import until

pytestmark = pytest.mark.database


@pytest.fixture
def live(tmp_path: Path, db: None) -> Iterator[Served]:
    with own_database(tmp_path, "live") as variables, served(variables) as one:
        yield one


def numbers(page: Page) -> list[int]:
    return [json.loads(data)["body"]["n"] for _number, data in page.told]


def hears(page: Page, wanted: list[int]) -> None:
    until(lambda: len(page.told) >= len(wanted), lambda: f"{len(page.told)} of {len(wanted)} were told")
    assert numbers(page) == wanted, "lost, doubled or out of order"


def listening(*pages: Page) -> None:
    for page in pages:
        until(page.is_listening, "a page does not listen")


def test_pages_are_told_in_order_once_and_only_what_they_may_hear(live: Served) -> None:
    amelie, bruno, number = live.program("fill").split()
    board = [Page(live.port, "board:1") for _page in range(5)]
    other, hers = Page(live.port, "board:2"), Page(live.port, "me,board:2", cookie=f"sessionid={amelie}")
    his = Page(live.port, "staff:1,me", cookie=f"sessionid={bruno}")
    listening(*board, other, hers, his)
    live.program("tell", "board:1", "0", "20")
    live.program("tell_one", number)
    live.program("tell", "staff:1", "0", "1")
    for page in board:
        hears(page, list(range(20)))
    hears(hers, [1])
    hears(his, [0])
    assert not other.told, "another topic"
    # Nobody else's, nothing that is none, and no stream without a topic or with too many.
    assert live.status("/live/?topics=me") == 403
    assert live.status("/live/?topics=staff:1", f"sessionid={amelie}") == 403
    assert live.status("/live/?topics=board:1,unknown:1") == 403
    many = f"{'board:1,' * 3}{','.join(f'board:{n}' for n in range(9))}"
    assert live.status("/live/") == live.status(f"/live/?topics={many}") == 400
    # A number that is none is no number.
    for after in ("x", "-1", "9" * 40, "²"):
        assert live.status(f"/live/?topics=board:1&after={quote(after)}") == 200
    # Who has signed out hears nothing more, a beat later.
    live.program("sign_out", amelie)
    until(lambda: hers.status == 403, "she still hears")


def test_a_page_that_was_cut_off_loses_nothing_and_one_that_comes_too_late_is_loaded_anew(
    live: Served,
) -> None:
    newest = int(live.program("tell", "board:1", "0", "1"))
    pages = [Page(live.port, "board:1", after=newest) for _page in range(10)]
    listening(*pages)
    for before, first in enumerate((10, 20), 1):
        live.program("tell", "board:1", str(first), str(first + 5))
        live.kill()
        # Told while nobody serves.
        live.program("tell", "board:1", str(first + 5), str(first + 10))
        live.start()
        until(lambda before=before: all(page.opened > before for page in pages), "one is not back")
    newest = int(live.program("tell", "board:1", "30", "32"))
    for page in pages:
        hears(page, list(range(10, 32)))
        assert page.opened >= 3
    live.program("throw_away")
    late, in_time = Page(live.port, "board:1", after=newest - 3), Page(live.port, "board:1", after=newest)
    until(lambda: late.resets == 1, "it is not told that it missed something")
    listening(in_time)
    assert not in_time.resets


@pytest.mark.again("sqlite")
@pytest.mark.parametrize("is_guarded", [True, False])
def test_who_writes_at_once_is_heard_whole(live: Served, is_guarded: bool) -> None:
    """On PostgreSQL a number given before the commit may be seen after a higher one: then it is missed."""
    if not is_guarded:
        if database.vendor != "postgresql":
            pytest.skip("SQLite writes one transaction at a time: there is nothing to take away")
        live.program("unguard")
    page = Page(live.port, "board:1,board:2", after=0)
    listening(page)
    for number in range(1 if is_guarded else 10):
        live.program("crowd", "9", "8")
        # It has the highest number: whoever has heard it hears nothing more of what was written before.
        live.program("tell", "board:2", str(number), str(number + 1))
        until(lambda: any("board:2" in data for _number, data in page.told), "the last one is not told")
        heard, page.told = page.told, []
        if len({number for number, _data in heard}) < 9 * 8 + 1:
            break
    else:
        assert is_guarded, "nothing was lost without the guard: the test sees nothing"
        assert [number for number, _data in heard] == sorted({number for number, _data in heard})
        return
    assert not is_guarded, "lost"
