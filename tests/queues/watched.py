"""A page watched in a browser of a process of its own: a browser's loop in the process of a test has no database."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Route, sync_playwright

from tests.browsing import FLAGS, SHELL
from tests.waiting import until

SOURCE = Path(__file__).resolve().parents[2] / "src/visavis"
TELL = "(told) => document.dispatchEvent(new CustomEvent('visavis:told', { detail: told }))"


@dataclass(frozen=True)
class Story:
    """A page as it was opened; then, act after act, what open pages were told, and the page as the site draws it."""

    url: str
    first: str
    steps: Sequence[tuple[list[dict[str, Any]], str]]
    # What is looked at, in the language of a page.
    look: str


def given(route: Route) -> None:
    """Answer with a script or a style of ours; nothing else is there."""
    path = urlsplit(route.request.url).path.removeprefix("/static/")
    found = next(iter(SOURCE.glob(f"*/static/{path}")), None) if path.endswith((".js", ".css")) else None
    route.fulfill(path=found) if found is not None else route.abort()


def watch(page: Page, story: Story) -> dict[str, Any]:
    """Return what was seen from step to step, what the site draws each time, and the steps at which it asked."""
    asked: list[int] = []
    seen: list[Any] = []
    drawn: list[Any] = []
    page.on("request", lambda request: asked.append(len(seen)) if request.url.endswith(story.url) else None)
    page.route("**/*", given)
    first = {"body": story.first, "content_type": "text/html"}
    page.route(f"**{story.url}", lambda route: route.fulfill(**first), times=1)
    page.goto(story.url)
    page.wait_for_load_state("networkidle")
    asked.clear()
    other = page.context.new_page()
    for told, html in [([], story.first), *story.steps]:
        other.set_content(html)
        wanted, before = other.evaluate(story.look), len(asked)
        for one in told:
            page.evaluate(TELL, one)
        until(
            lambda wanted=wanted, before=before: page.evaluate(story.look) == wanted or len(asked) > before,
            f"step {len(seen)} is not drawn",
            rest=page.wait_for_timeout,
        )
        seen.append(page.evaluate(story.look))
        drawn.append(wanted)
    return {"seen": seen, "drawn": drawn, "asked": asked}


def main() -> None:
    story = Story(**json.load(sys.stdin))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(SHELL), args=[*FLAGS])
        context = browser.new_context(base_url="http://agency.test", locale="fr-FR")
        found = watch(context.new_page(), story)
        browser.close()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
