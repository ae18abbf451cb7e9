"""Where the calls of `bench.interviews` are made: a relay, a poor line before it, our site, a plain page, browsers."""

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import django
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench import interviews_line
from bench.interviews_line import Line
from tests import browsing
from tests.interviews import coturn
from tests.interviews.house import FLAGS, House, house
from visavis.interviews.relay import credentials

PAGES = Path(__file__).with_name("interviews_pages")
SEEN = (PAGES / "seen.js").read_text(encoding="utf-8")
JOINS_WITHIN_MS = 30_000
TRIES = 4
# The numbers of the seats: the counsellor makes the offers to both others.
HOST, HERS, BESIDE = "1", "2", "beside"


class Relay:
    """A relay, and the line over which one of the two reaches it."""

    def __init__(self, port: int, line: Line) -> None:
        self.port, self.line = port, line

    def urls(self, *, over_line: bool, is_blocked: bool = False) -> list[str]:
        """Return how a page reaches it: straight, over the line, or by TCP where all UDP is lost."""
        udp = f"turn:127.0.0.1:{self.line.port if over_line else self.port}?transport=udp"
        return [udp, f"turn:127.0.0.1:{self.port}?transport=tcp"] if is_blocked else [udp]


@contextmanager
def relay(folder: Path) -> Iterator[Relay]:
    """Start a relay of our own settings, open to this machine; a new one each time, with no allocation left over."""
    folder.mkdir(exist_ok=True)
    with ExitStack() as stack:
        for tried in range(TRIES):
            try:
                one = stack.enter_context(coturn.running(folder, is_open=True))
                break
            except AssertionError:
                # Somebody else took one of its ports in between.
                if tried == TRIES - 1:
                    raise
        yield Relay(one.port, stack.enter_context(interviews_line.running(one.port)))


class Call:
    """One call: the counsellor's page, hers, and somebody beside; how each comes in."""

    def __init__(self, arm: "Arm", relay: Relay, *, is_relayed: bool, is_blocked: bool = False) -> None:
        self.arm, self.relay = arm, relay
        self.is_relayed, self.is_blocked = is_relayed, is_blocked
        self.stack = ExitStack()
        self.pages: dict[str, Page] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_given: object) -> None:
        self.arm.leave(self)
        self.stack.close()

    def page(self, who: str) -> Page:
        """Return the page of one who calls; hers alone goes over the line."""
        if who not in self.pages:
            is_hers = who == HERS
            way = self.relay.urls(over_line=is_hers, is_blocked=is_hers and self.is_blocked)
            # Who may use UDP finds the one who may not: only she has the relay alone.
            relayed = self.is_relayed and (is_hers or not self.is_blocked)
            made = self.arm.page_of(self, who)
            made.add_init_script(
                f"window.how = {{relay: {way!r}, isRelayed: {str(relayed).lower()}}};\n{SEEN}"
            )
            self.pages[who] = made
        return self.pages[who]

    def come(self, who: str, others: int = 1) -> float:
        """Let somebody open the room; return the milliseconds until she sees so many others."""
        page = self.page(who)
        page.goto(self.arm.address(who), wait_until="commit")
        return self.sees(page, others)

    @staticmethod
    def sees(page: Page, others: int = 1) -> float:
        made = page.wait_for_function(
            f"() => window.firstFrames?.({others})", polling=20, timeout=JOINS_WITHIN_MS
        )
        return float(made.json_value())


class Arm:
    """One of the two that are compared."""

    name = ""

    def page_of(self, call: Call, who: str) -> Page:
        raise NotImplementedError

    def address(self, who: str) -> str:
        raise NotImplementedError

    def meet(self, call: Call) -> None:
        """Have the counsellor in the room, and her let in."""
        raise NotImplementedError

    def leave(self, call: Call) -> None:
        for page in call.pages.values():
            page.close(run_before_unload=False)


class Ours(Arm):
    """The room of the site: two signed-in people, and an interpreter by her link."""

    name = "ours"

    def __init__(self, place: House, chromium: Browser) -> None:
        self.place, self.chromium = place, chromium
        self.let_in: set[str] = set()

    def page_of(self, call: Call, who: str) -> Page:
        context = self.chromium.new_context(base_url=self.place.site.url, locale="fr-FR")
        call.stack.callback(context.close)
        signed_in = {HOST: "bruno", HERS: "amelie"}.get(who)
        if signed_in:
            key = self.place.there["keys"][signed_in]
            context.add_cookies([{"name": "sessionid", "value": key, "url": self.place.site.url}])
        context.set_default_timeout(JOINS_WITHIN_MS)
        return context.new_page()

    def address(self, who: str) -> str:
        return str(self.place.there["beside"] if who == BESIDE else self.place.there["seats"][who])

    def meet(self, call: Call) -> None:
        host = call.page(HOST)
        self.comes(host, HOST)
        self.admit(call, HERS)

    def admit(self, call: Call, who: str) -> None:
        """Let somebody wait and be let in, once: after that her link leads into the room."""
        if who in self.let_in:
            return
        self.comes(call.page(who), who)
        call.page(HOST).locator("[data-keep^=admit]").first.click()
        call.page(who).wait_for_selector("#room-own")
        self.let_in.add(who)

    def comes(self, page: Page, who: str) -> None:
        page.goto(self.address(who))
        here = page.get_by_role("button", name=re.compile("Je suis là"))
        if here.count():
            here.click()


class Plain(Arm):
    """A page of the browser's own settings, whose signalling never fails and takes no time."""

    name = "plain"

    def __init__(self, chromium: Browser, stack: ExitStack) -> None:
        self.chromium = chromium
        handler = partial(Quiet, directory=str(PAGES))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        self.url = f"http://localhost:{server.server_address[1]}/plain.html?room=1"
        self.contexts: dict[int, BrowserContext] = {}

    def page_of(self, call: Call, who: str) -> Page:
        if id(call) not in self.contexts:
            context = self.contexts[id(call)] = self.chromium.new_context()
            call.stack.callback(context.close)
            call.stack.callback(self.contexts.pop, id(call))
        page = self.contexts[id(call)].new_page()
        login = credentials.login(coturn.SECRET, "1-1", now_s=time.time(), life_s=3_600)
        server = {"urls": "turn:x", "username": login.username, "credential": login.password}
        page.add_init_script(f"window.servers = [{server!r}]")
        return page

    def address(self, who: str) -> str:
        return self.url

    def meet(self, call: Call) -> None:
        call.page(HOST).goto(self.url)
        call.page(HOST).wait_for_function("() => Boolean(told.onmessage)")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_given: Any) -> None:
        """Say nothing."""


@contextmanager
def arms(folder: Path) -> Iterator[list[Arm]]:
    """Open the site and a browser, and return both arms."""
    # The tables that the site begins with are those kept for tests, where there are any.
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    with ExitStack() as stack:
        given = {"VISAVIS_TURN_URLS": "turn:127.0.0.1:9", "VISAVIS_TURN_SECRET": coturn.SECRET}
        place = stack.enter_context(house(folder / "house", given))
        playwright = stack.enter_context(sync_playwright())
        flags = [*browsing.FLAGS, *FLAGS]
        chromium = playwright.chromium.launch(executable_path=str(browsing.CHROMIUM), args=flags)
        stack.callback(chromium.close)
        yield [Ours(place, chromium), Plain(chromium, stack)]
