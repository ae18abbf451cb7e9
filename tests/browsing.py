"""The browsers of a process of tests: shared by its files, and ended when one never answers."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Playwright, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
# The same engine, of the same version, without windows: a window draws pages of the browser's own beside each of ours,
# and takes three times the processor. What is the browser's (extensions, stations, calls) is tried in the whole one.
SHELL = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"))
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# A page of ours is looked at once and thrown away: to translate its scripts, and those that judge it, into quick code
# takes longer than it saves.
SHELL_FLAGS = ("--js-flags=--no-turbofan --no-maglev",)
# What a test may drive, as the system names it; Playwright's own driver is a Node.
DRIVEN = ("chromium", "chrome", "firefox", "thunderbird", "node")
# What is answered at once, by what has come of a page so far.
AT_ONCE: dict[type, tuple[str, ...]] = {
    Page: ("content", "evaluate"),
    Locator: (
        "all",
        "all_inner_texts",
        "all_text_contents",
        "count",
        "evaluate_all",
        "inner_text",
        "is_checked",
        "is_visible",
        "text_content",
    ),
}
# Of the setting up, of the test and of the clearing up, each: the longest takes a minute of a quiet machine.
WITHIN_S, AGAIN_S = 360.0, 60.0
CLOSED_WITHIN_S = 60.0
# What Playwright says of a browser, a page or a driver that ended by itself.
ENDED = re.compile(r"crashed|has been closed|Connection closed|Target closed|Browser closed")


class Gone(pytest.fail.Exception):
    """A browser died or never answered: its test is asked once more (tests/asked_again.py)."""


def shell() -> Path:
    """Return what draws pages: with windows only for who wants to see them."""
    return CHROMIUM if os.environ.get("HEADED") else SHELL


def of_whole_pages[Answer](ask: Callable[..., Answer]) -> Callable[..., Answer]:
    """Have a question wait until the page is there: a click waits until the next page begins, and no longer."""

    @wraps(ask)
    def asked(one: Page | Locator, *given: Any, **named: Any) -> Answer:
        page = one if isinstance(one, Page) else one.page
        page.wait_for_load_state("domcontentloaded")
        return ask(one, *given, **named)

    return asked


def read_whole_pages() -> None:
    """Have all that is asked at once be asked of whole pages."""
    for kind, names in AT_ONCE.items():
        for name in names:
            setattr(kind, name, of_whole_pages(getattr(kind, name)))


read_whole_pages()


class Browsers:
    """Chromium, started when it is first asked for, anew when it has ended; pages are the asker's own."""

    def __init__(self) -> None:
        self.playwright: Playwright | None = None
        self.started: dict[tuple[str, ...], Browser] = {}
        self.ended = False
        self.patch = pytest.MonkeyPatch()

    def chromium(self, *flags: str, without: tuple[str, ...] = (), is_whole: bool = False) -> Browser:
        """Return the browser with these flags of its own, and without some of Playwright's; whole, if it must be."""
        program = CHROMIUM if is_whole else shell()
        if not program.exists():
            pytest.fail(f"{program} is absent: scripts/install test installs it.")
        driver, which = self.driver(), (str(program), *flags, "without", *without)
        if which in self.started and not self.started[which].is_connected():
            del self.started[which]
        if which not in self.started:
            self.started[which] = driver.chromium.launch(
                executable_path=str(program),
                args=[*FLAGS, *(() if is_whole else SHELL_FLAGS), *flags],
                headless=not os.environ.get("HEADED"),
                ignore_default_args=list(without),
            )
        return self.started[which]

    def driver(self) -> Playwright:
        """Return Playwright, which one process can have once."""
        if self.ended:
            self.stop()
        if self.playwright is None:
            # Its loop runs on between the tests, where Django would refuse the database.
            self.patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
            self.playwright = sync_playwright().start()
        return self.playwright

    def stop(self) -> None:
        """End all of them, those too that have ended by themselves."""
        started, self.started = list(self.started.values()), {}
        playwright, self.playwright, self.ended = self.playwright, None, False
        for one in started:
            with suppress(Error):
                one.close()
        if playwright is not None:
            playwright.stop()
        self.patch.undo()


HERE = Browsers()


def name_of(number: int) -> str:
    """Return the name of a process; raises OSError when it is gone."""
    return Path(f"/proc/{number}/comm").read_text(encoding="utf-8", errors="replace")


def driven() -> list[int]:
    """Return the browsers, and what drives them, that this process started, by their number."""
    beneath, parents = {os.getpid()}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        # Between looking and reading it may be gone.
        with suppress(OSError):
            told = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            parents[int(folder.name)] = int(told.rpartition(")")[2].split()[1])
    # A process may have a smaller number than the one that started it.
    while more := {one for one, parent in parents.items() if parent in beneath} - beneath:
        beneath |= more
    found = []
    for one in beneath:
        with suppress(OSError):
            found += [one] if name_of(one).startswith(DRIVEN) else []
    return found


def end_driven() -> bool:
    """Kill every browser that this process started; return whether there was one."""
    HERE.ended = True
    found = driven()
    for one in found:
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    return bool(found)


def bounded_if(item: pytest.Item) -> AbstractContextManager[None]:
    """Hold a journey to its time; nothing else has a browser."""
    return bounded() if item.get_closest_marker("journey") else nullcontext()


@contextmanager
def bounded(within_s: float = WITHIN_S, again_s: float = AGAIN_S) -> Iterator[None]:
    """Hold what is done to a time: then its browsers are killed, and it fails with a sentence.

    A call to a browser that stands still (a renderer that hangs, a picture that never ends) has no bound of its own:
    the process would stand with it, and the run with the process. What has no browser goes on.
    """

    def too_long(_signal: int, _frame: FrameType | None) -> None:
        if end_driven():
            raise Gone(f"a browser did not answer within {within_s:.0f} s; the next test gets another")

    before = signal.signal(signal.SIGALRM, too_long)
    rest = signal.setitimer(signal.ITIMER_REAL, within_s, again_s)
    try:
        yield
    except Error as error:
        if ENDED.search(error.message):
            raise Gone(f"a browser ended: {error.message}") from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, *rest)


def closed(context: BrowserContext, within_s: float = CLOSED_WITHIN_S) -> None:
    """Close what a test has done with; where the browser never does, it is killed, and the next test has another.

    Everything was asked before: that a browser of a busy machine stands still while its calls end says nothing of us.
    """
    with suppress(Gone), bounded(within_s):
        context.close()
