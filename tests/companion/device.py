"""A person's device: the companion as it is packed, in a real Chromium, among sites that do not exist."""

import http.server
import io
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Worker, sync_playwright

from tests.browsing import CHROMIUM, FLAGS
from tests.companion.mailing import LEXICON
from tests.waiting import until
from visavis.traces.packing import pack

# Made-up sites, by their number in the list of interests; what they are called must come out nowhere.
HOSTS = {"bricolage.test": [0], "cinema.test": [1], "deux.test": [0, 2], "rien.test": []}
SECRETS = ("bricolage.test", "cinema.test", "canari", "perceuse")
# A site of no interest, and how the background tells that it has heard of a visit there.
LAST = "fin.test"
HEARS = """(host) => {
  globalThis.last = new Promise((done) => chrome.webNavigation.onCommitted.addListener(function heard({ url }) {
    if (new URL(url).hostname !== host) return;
    chrome.webNavigation.onCommitted.removeListener(heard);
    done();
  }));
}"""
PATIENCE_MS = 60_000
# A page of the companion that is whole: before, a button may hear nothing yet.
DRAWN = "header.top ~ main:not([aria-busy])"
DAY_MS = 86_400_000


class Site(http.server.BaseHTTPRequestHandler):
    """Answers for every host with the same page, whose title must not be kept."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        frame = f"<iframe src='http://cinema.test:{self.server.server_address[1]}/'></iframe>"
        self.wfile.write(f"<title>canari</title>{frame if 'framed' in self.path else ''}".encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def sites() -> Iterator[int]:
    """Serve every made-up site on one port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        # A browser that has seen enough hangs up.
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def unpack(folder: Path, target: str = "chromium") -> Path:
    """Write what is packed for a program, with made-up sites and words: the real lists are not ours to expect."""
    zipfile.ZipFile(io.BytesIO(pack(target))).extractall(folder)
    tables = folder / "src" / "tables"
    table = {"table": json.loads((tables / "interests.json").read_text())["table"]}
    (tables / "hosts.json").write_text(json.dumps(table | {"hosts": HOSTS}))
    names = {"skill:plane": {"fr": "Raboter", "en": "Planing"}}
    (tables / "lexicon.json").write_text(json.dumps(LEXICON | table | {"skill_names": names}))
    return folder


class Device:
    """One browser with the companion in it."""

    def __init__(self, context: BrowserContext, port: int) -> None:
        self.context, self.port = context, port
        self.base = "/".join(self.worker().url.split("/")[:3])
        # A page of the companion that answers: from then on the browser hands over every navigation.
        self.own = self.open("traces")
        self.web = context.new_page()

    def worker(self) -> Worker:
        """Return the background, started if it sleeps."""
        return next(iter(self.context.service_workers), None) or self.context.wait_for_event("serviceworker")

    def open(self, name: str) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        self.go(page, name)
        return page

    def go(self, page: Page, name: str) -> None:
        page.goto(f"{self.base}/pages/{name}.html")
        page.locator(DRAWN).wait_for()

    def visit(self, host: str, path: str = "/perceuse?q=canari", page: Page | None = None) -> None:
        (page or self.web).goto(f"http://{host}:{self.port}{path}")

    def kept(self) -> dict[str, Any]:
        """Everything the companion keeps."""
        found: dict[str, Any] = self.own.evaluate("chrome.storage.local.get(null)")
        return found

    def days(self) -> dict[str, int]:
        """On how many days each interest was seen on sites."""
        traces = self.kept().get("traces", {})
        return {code.split(":")[1]: one["sites"]["n"] for code, one in traces.items() if "sites" in one}

    def settled(self) -> dict[str, int]:
        """Return the days once the background has heard of every visit so far, whether or not it wrote anything.

        It hears of visits one after the other, and asks for the lock of the store as it hears: when a last one
        has come to it, and the lock to us, all that came before is done.
        """
        self.worker().evaluate(HEARS, LAST)
        last = self.context.new_page()
        self.visit(LAST, page=last)
        self.worker().evaluate("globalThis.last")
        last.close()
        self.own.evaluate("navigator.locks.request('visavis-store', () => null)")
        return self.days()

    def waits_for(self, days: dict[str, int]) -> bool:
        return until(lambda: self.days() == days, self.days, rest=self.own.wait_for_timeout)

    def later(self, days: float) -> None:
        """Move the clock of the background and of the companion's page."""
        moved = f"(globalThis.now ??= Date.now, Date.now = () => now.call(Date) + {int(days * DAY_MS)}, null)"
        self.worker().evaluate(moved)
        self.own.evaluate(moved)
        self.own.add_init_script(moved)

    def stop_worker(self) -> None:
        """Stop the background as the browser does after half a minute."""
        wire = self.context.new_cdp_session(self.own)
        said: list[str] = []
        wire.on(
            "ServiceWorker.workerVersionUpdated",
            lambda told: said.extend(one["runningStatus"] for one in told["versions"]),
        )
        wire.send("ServiceWorker.enable")
        wire.send("ServiceWorker.stopAllWorkers")
        rest = self.own.wait_for_timeout
        until(lambda: "stopped" in said, lambda: f"the background did not stop: {said}", rest=rest)

    def choose(self, purpose: str) -> None:
        """Press the button of a purpose: agree, or withdraw."""
        self.go(self.own, "consent")
        self.own.locator(f"#act-{purpose}").click()
        self.own.locator("#told .notice").wait_for()

    def badge(self) -> str:
        found: str = self.own.evaluate("chrome.action.getBadgeText({})")
        return found


@contextmanager
def device(folder: Path, profile: Path, *flags: str) -> Iterator[BrowserContext]:
    """Chromium with the unpacked companion in a profile of its own."""
    own = [f"--load-extension={folder}", f"--disable-extensions-except={folder}"]
    rules = (
        "--host-resolver-rules=MAP *.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
    )
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=str(CHROMIUM), args=[*FLAGS, *own, rules, *flags], locale="fr-FR"
        )
        yield context
        context.close()
