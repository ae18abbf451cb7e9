"""Look at a page as people will; each look answers with what is wrong, in sentences."""

import re
import sysconfig
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import CDPSession, Page

AXE = Path(sysconfig.get_paths()["purelib"]) / "pytest_playwright_axe" / "resources" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js"}
BUDGET_BYTES = {"html": 14_000, "css": 12_000, "js": 10_000}
FIRST_PAGE_BYTES = 40_000

RUN_AXE = """async rules => (await axe.run(document, {runOnly: rules, resultTypes: ["violations"]}))
  .violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.html.slice(0, 140)).join(" | ")}`)"""
SCROLLS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
FACTS = """() => ({h1: document.querySelectorAll("h1").length, title: document.title,
  lang: document.documentElement.lang})"""
REACHABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
PREPARE_WALK = """selector => {
  window.walked = new Map();
  // What hangs in a shadow is walked too.
  window.inAll = root => [...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap(e => e.shadowRoot ? inAll(e.shadowRoot) : [])];
  document.addEventListener("focusin", event => {
    const [target] = event.composedPath();
    const style = getComputedStyle(target);
    const isSeen = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
    window.walked.set(target, isSeen);
  });
  // A date has a stop for its day, its month, its year and its calendar; a moment also for its hour and its minute.
  return inAll(document).length + 3 * document.querySelectorAll("[type=date]").length
    + 6 * document.querySelectorAll("[type=datetime-local]").length;
}"""
END_WALK = """() => {
  const named = e => e.outerHTML.replace(/\\s+/g, " ").slice(0, 120);
  const walked = window.walked;
  const groups = new Set([...walked.keys()].filter(e => e.type === "radio").map(e => e.name));
  const missed = inAll(document).filter(e => e.checkVisibility() && !e.disabled
    && !walked.has(e) && !(e.type === "radio" && groups.has(e.name)));
  const unseen = [...walked].filter(([e, isSeen]) => !isSeen).map(([e]) => e);
  return [...missed.map(e => "Tab does not reach " + named(e)), ...unseen.map(e => "focus is not seen on " + named(e))];
}"""


class Watch:
    """What a page says and weighs while it is read: console errors, other hosts, bytes on the wire."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.host = page, urlsplit(home).netloc
        self.problems: list[str] = []
        self.weights: dict[str, int] = {}
        self.kinds: dict[str, str] = {}
        page.on(
            "console", lambda said: self.note("the console says", said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: self.note("a script failed", error.message))
        self.wire: CDPSession = page.context.new_cdp_session(page)
        self.wire.send("Network.enable")
        self.wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.wire.on("Network.requestWillBeSent", self.sent)
        self.wire.on("Network.loadingFinished", self.received)

    def note(self, what: str, which: str) -> None:
        self.problems.append(f"{what}: {which[:160]}")

    def sent(self, event: dict[str, dict[str, str] | str]) -> None:
        request = event["request"]
        assert isinstance(request, dict)
        self.kinds[str(event["requestId"])] = KINDS.get(str(event.get("type")), "other")
        there = urlsplit(request["url"])
        if there.scheme in ("http", "https", "ws", "wss") and there.netloc != self.host:
            self.note("it asks another host", request["url"])

    def received(self, event: dict[str, float | str]) -> None:
        kind = self.kinds.get(str(event["requestId"]), "other")
        self.weights[kind] = self.weights.get(kind, 0) + int(event["encodedDataLength"])

    def go(self, address: str) -> list[str]:
        """Open a page; return what is wrong with how it came."""
        self.problems, self.weights, self.kinds = [], {}, {}
        answer = self.page.goto(address)
        self.page.wait_for_load_state("load")
        if answer is None or answer.status != 200:
            self.problems.append(f"it answers {answer and answer.status}")
        return [*self.problems, *overweight(self.weights)]


def overweight(weights: dict[str, int]) -> Iterator[str]:
    """Hold the bytes of a page against the budget."""
    for kind, most in BUDGET_BYTES.items():
        if weights.get(kind, 0) > most:
            yield f"{kind} weighs {weights[kind]} bytes, at most {most}"
    if (total := sum(weights.values())) > FIRST_PAGE_BYTES:
        yield f"the page weighs {total} bytes, at most {FIRST_PAGE_BYTES}"


def frame(page: Page, language: str) -> Iterator[str]:
    """One h1, a title, the right language."""
    facts = page.evaluate(FACTS)
    if facts["h1"] != 1:
        yield f"it has {facts['h1']} h1"
    if not re.fullmatch(r".*\w.* – Vis-à-vis|Vis-à-vis – .*\w.*", facts["title"], re.DOTALL):
        yield f"its title is {facts['title']!r}"
    if facts["lang"] != language:
        yield f"its lang is {facts['lang']!r}, not {language!r}"


def axe(page: Page, rules: Sequence[str] = AXE_RULES) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, or by some of its rules."""
    # Through the debugger, since the page's own policy refuses scripts from elsewhere.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN_AXE, list(rules))
    return [f"axe, {line}" for line in found]


def sideways(page: Page) -> list[str]:
    """Whether one must scroll sideways."""
    return ["it scrolls sideways"] if page.evaluate(SCROLLS) else []


def keyboard(page: Page) -> list[str]:
    """Walk with Tab: everything is reached, and the focus is seen."""
    number = page.evaluate(PREPARE_WALK, REACHABLE)
    found: list[str] = []
    for _ in range(2):  # A busy machine may lose a key: what is out of reach is so on the second walk too.
        # Held: each goes on to the next; all in one message to the browser's driver.
        page.keyboard.press("+".join(["Tab"] * (number + 3)))
        found = page.evaluate(END_WALK)
        if not found:
            break
    return found
