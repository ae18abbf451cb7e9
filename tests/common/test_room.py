"""A function with room on Python's stack gives what it gave, and fetches no memory when it calls deep."""

import threading
from pathlib import Path

import pytest

from visavis.common.room import with_room


def deep(calls: int) -> int:
    return 1 + deep(calls - 1) if calls else 0


def pages_fetched() -> int:
    """Call a little and a lot, again and again; return how many pages of memory the system had to bring."""
    brought = lambda: int(Path("/proc/thread-self/stat").read_text().rpartition(")")[2].split()[7])
    for calls in range(200):
        deep(calls)
    before = brought()
    for calls in range(200):
        for _time in range(20):
            deep(calls)
    return brought() - before


def test_a_deep_call_fetches_no_memory_and_without_room_it_does() -> None:
    found: list[int] = []
    # A thread of its own has none.
    for look in (lambda: found.append(pages_fetched()), with_room(lambda: found.append(pages_fetched()))):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    bare, roomy = found
    assert roomy * 10 < bare


def test_what_a_function_with_room_gives_and_raises_is_its_own() -> None:
    @with_room
    def half(of: int, *, by: int = 2) -> float:
        return of / by

    assert half(3) == 1.5
    with pytest.raises(ZeroDivisionError):
        half(1, by=0)
