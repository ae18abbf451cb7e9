"""The companion's modules, asked by whatever runs JavaScript here: node, or the browser of the journeys."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Route, sync_playwright

from tests import programs
from tests.browsing import FLAGS, SHELL

ROOT = Path(__file__).resolve().parents[2]
MODULE = "tests/privacy/answers.mjs"
NODE = shutil.which("node")
SITE = "http://companion.test/"


class Ask(Protocol):
    """Call a function of `answers.mjs`."""

    def __call__(self, function: str, *arguments: Any) -> Any: ...


def node(function: str, *arguments: Any) -> Any:
    """Call it in node."""
    program = f"""
      import {{ {function} }} from {json.dumps((ROOT / MODULE).as_uri())};
      let text = ""; for await (const part of process.stdin) text += part;
      process.stdout.write(JSON.stringify({function}(...JSON.parse(text))));
    """
    command = [str(NODE), "--input-type=module", "--eval", program]
    done = programs.run(command, input=json.dumps(arguments), capture_output=True, text=True)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


@contextmanager
def chromium() -> Iterator[Ask]:
    """Call it in Chromium; the files come from this folder, and nothing from the network."""

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        kind = "text/javascript" if path.endswith(("js", "mjs")) else "text/html"
        route.fulfill(body=(ROOT / path).read_text() if path else "<!doctype html>", content_type=kind)

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(SHELL), args=FLAGS)
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto(SITE)

        def ask(function: str, *arguments: Any) -> Any:
            script = "async ([path, name, given]) => (await import(path))[name](...given)"
            return page.evaluate(script, [SITE + MODULE, function, list(arguments)])

        yield ask
        browser.close()
