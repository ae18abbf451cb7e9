"""What every test may ask for."""

import gc
import os
import signal
from collections.abc import Callable, Generator, Iterator
from functools import cache as once
from pathlib import Path

import pytest
from _pytest import runner
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from pytest_django.plugin import DjangoDbBlocker

from tests import browsing, inside, migrated, personas, standing, sweeps
from tests.vault import asking
from visavis.catalog import cache, named
from visavis.catalog.imports import shipped
from visavis.common.room import with_room
from visavis.matches.bridge import in_memory
from visavis.matches.bridge.by_night import telling
from visavis.people import delivery
from visavis.queues import order
from visavis.searches.index.laid import OPENINGS
from visavis.vault import keys

# How long an example takes says how busy the machine is, not whether it is right.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

pytest_plugins = ("tests.asked_again",)

ROOT = Path(__file__).resolve().parent.parent

# What is imported and collected stays to the end, a million things: to look again and again for what may go of them
# took a quarter of a run.
gc.disable()


def pytest_collection_finish() -> None:
    """From here on what comes and goes is looked through, seldom."""
    gc.freeze()
    gc.set_threshold(2_000, 20, 50)
    gc.enable()


def pytest_configure() -> None:
    """Refuse every query that looks into a sealed column; give tests the stack that the service has."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Begun beside others, a shell has it hear nothing: it is interrupted with them (scripts/test).
        signal.signal(signal.SIGINT, signal.default_int_handler)
    asking.guard()
    # As an installed service has it (config/wsgi.py): 45 s of processor instead of 53 for the same tests of pages.
    runner.runtestprotocol = with_room(runner.runtestprotocol)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where only tests with a mark are asked for, a file that does not name the mark is not even imported."""
    mark = str(config.option.markexpr).partition(" and ")[0]
    if mark not in {"database", "journey"} or not collection_path.match("test_*.py"):
        return None
    return f"mark.{mark}" not in collection_path.read_text(encoding="utf-8") or None


# What takes longest begins first, so that no process ends alone. Of the journeys' first two, one fills the town that
# the others wait for, the other needs none.
LONGEST_JOURNEYS = (
    "tests/journeys/test_every_page.py",
    "tests/operations/test_installed.py",
    "tests/faults/test_faults.py",
    "tests/journeys/test_both_languages.py",
    "tests/operations/test_saving.py",
    "tests/companion/test_in_chromium.py",
    "tests/journeys/test_nothing_leaks.py",
    "tests/journeys/test_introduction.py",
)
LONGEST = (
    "tests/tries/test_attacks.py",
    "tests/engine/fast/test_fast.py",
    "tests/operations/test_saving.py",
    "tests/traces/test_neutral.py",
    "tests/tries/test_two_processes.py",
    "tests/vault/test_moving.py",
    "tests/introductions/test_at_once.py",
    "tests/matches/making/test_night.py",
    "tests/matches/bridge/test_layers.py",
    "tests/noticing/test_lists.py",
    "tests/vault/test_at_rest.py",
    "tests/introductions/test_state_machine.py",
    "tests/news/test_migration.py",
    # One after the other, in one process: each that asks for the small town would fill one of its own.
    "tests/demo/test_asked.py",
    "tests/demo/test_history.py",
    "tests/demo/test_scanned.py",
    "tests/demo/test_town.py",
    "tests/demo/test_words.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the longest files first; the order within a file, and of the others, stays.

    What has no database is not asked again on the other one, whatever mark its file has; the mark `again` is left out
    but with WHOLE=yes (make faults).
    """
    if not sweeps.WHOLE:
        left_out(config, items, asks_anew)
    if str(config.option.markexpr).startswith("database"):
        left_out(config, items, lambda item: not has_database(item))
    first = LONGEST_JOURNEYS if str(config.option.markexpr) == "journey" else LONGEST
    order = {name: number for number, name in enumerate(first)}
    items.sort(key=lambda item: order.get(item.nodeid.partition("::")[0], len(order)))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how to draw the same cases again."""
    terminalreporter.write_line(sweeps.said())


def left_out(config: pytest.Config, items: list[pytest.Item], is_out: Callable[[pytest.Item], bool]) -> None:
    """Leave some tests out, and have the run say how many."""
    out = [item for item in items if is_out(item)]
    items[:] = [item for item in items if not is_out(item)]
    config.hook.pytest_deselected(items=out)


def asks_anew(item: pytest.Item) -> bool:
    """Say whether a test asks on this database what another one asks, or itself on the other."""
    mark = item.get_closest_marker("again")
    if mark is None:
        return False
    of_both = item.get_closest_marker("database") is not None and has_database(item)
    if mark.args and (mark.args[0] not in {"sqlite", "postgresql"} or not of_both):
        raise pytest.UsageError(
            f"{item.nodeid}: no other database asks it (docs/testing.md, the mark `again`)"
        )
    return not mark.args or connection.vendor in mark.args


def has_database(item: pytest.Item) -> bool:
    """Say whether a test asks the tests' database at all."""
    asked = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Hold what a journey sets up to a time."""
    with browsing.bounded_if(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Hold a journey to a time."""
    with browsing.bounded_if(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Hold what a journey clears up to a time; shared browsers end with a file, if the next asks for none."""
    with browsing.bounded_if(item):
        yield
        # Not before the file ends: what it shares may hold a page of theirs.
        if nextitem is None or (nextitem.path != item.path and "browsers" not in nextitem.fixturenames):
            browsing.HERE.stop()


@pytest.fixture(scope="session")
def browsers() -> browsing.Browsers:
    """The browsers of this process, for as long as one test after the other asks for them."""
    return browsing.HERE


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input, which is not part of the project; without it the test is skipped."""
    folder = Path(os.environ.get("VISAVIS_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"real input is not on this machine: {folder} (set VISAVIS_SHARED)")
    return folder


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A database for each process, with the tables that were kept."""
    with migrated.kept():
        yield


@pytest.fixture(scope="session")
def kept_town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> bytes:
    """The town as it is kept for all tests of a process."""
    with django_db_blocker.unblock():
        return standing.keep()


@pytest.fixture
def town(kept_town: bytes, db: None) -> personas.Town:
    """The personas and what is theirs."""
    return standing.put_up(kept_town)


@once
def kept_catalogue() -> bytes:
    """Return what the project ships, as all modules of a process put it up."""
    return standing.keep(shipped.import_starter, moves=False)


@pytest.fixture(scope="module")
def shipped_catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The catalogue and the communes that the project ships, for all tests of a module; gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        standing.put_up(kept_catalogue(), shipped.import_starter)
        standing.settle()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def nothing_leaves_inside_a_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page does in whatever test, it reaches nobody outside itself."""
    inside.watch(monkeypatch)
    # Nor does one test's silent server rest in the next.
    monkeypatch.setattr(delivery, "RESTS_UNTIL", {})


@pytest.fixture(autouse=True)
def fresh_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    """No search keeps what it built from another test's rows."""
    monkeypatch.setattr(cache.PerEdition, "checks_every_s", 0.0)
    monkeypatch.setattr(cache.PerEdition, "counts_every_s", 0.0)
    # What a code is called is the same during a test, and pages count their questions.
    monkeypatch.setattr(named._KEPT, "checks_every_s", 1.0, raising=False)
    cache.forget_all()
    in_memory.forget()
    OPENINGS.forget()
    telling.forget()
    keys.forget()
    order.forget()
    # What is done beside would not see the rows of a test: it is done at once.
    monkeypatch.setattr(in_memory, "beside", lambda work: work())
