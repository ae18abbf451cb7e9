"""What makes the tests quick changes no answer, and makes them quick."""

import fcntl
import resource
import threading

import pytest
from django.urls import Resolver404, get_resolver, resolve, reverse
from django.urls.resolvers import URLResolver

from tests.quick import alone, turn
from visavis.common.room import with_room
from visavis.engine.fast import compiled


def deep(calls: int) -> int:
    return 1 + deep(calls - 1) if calls else 0


def pages_fetched() -> int:
    """Call a little and a lot, again and again; return how many pages of memory the system had to bring."""
    for calls in range(200):
        deep(calls)
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for calls in range(200):
        for _time in range(20):
            deep(calls)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def test_a_deep_call_fetches_no_memory_and_without_room_it_does() -> None:
    found: list[int] = []
    # A thread of its own has none.
    for look in (lambda: found.append(pages_fetched()), with_room(lambda: found.append(pages_fetched()))):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    bare, roomy, here = *found, pages_fetched()
    assert here < 100 and roomy < 100 < 1000 < bare


def test_what_a_function_with_room_gives_and_raises_is_its_own() -> None:
    @with_room
    def half(of: int, *, by: int = 2) -> float:
        return of / by

    assert half(3) == 1.5
    with pytest.raises(ZeroDivisionError):
        half(1, by=0)


def test_a_path_is_looked_for_once_and_one_that_opens_nothing_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = reverse("people:account")
    first = resolve(path)
    looked = []
    match = URLResolver.url_patterns.func
    monkeypatch.setattr(URLResolver, "url_patterns", property(lambda self: looked.append(1) or match(self)))
    assert resolve(path) is first and not looked
    with pytest.raises(Resolver404) as told:
        resolve("/nothing-here/")
    assert looked and told.value.args[0]["tried"]


@pytest.mark.urls("tests.hostile.faulty")
def test_the_addresses_of_one_test_are_not_those_of_another() -> None:
    assert resolve("/faulty/none/").kwargs == {"fault": "none"}
    with pytest.raises(Resolver404):
        get_resolver("visavis.config.urls").resolve("/faulty/none/")


def is_free() -> bool:
    """Say whether another process could compile now."""
    with turn().open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def test_what_is_compiled_alone_keeps_other_processes_waiting_and_may_call_itself() -> None:
    @alone
    def compiling(calls: int) -> list[bool]:
        return [is_free(), *(compiling(calls - 1) if calls else []), is_free()]

    assert compiling(1) == [False] * 4
    assert is_free()


def test_the_compiler_is_guarded() -> None:
    pytest.importorskip("numba")
    assert compiled._compiler().core.dispatcher.Dispatcher.compile.__wrapped__
