"""The companion in a real Firefox."""

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.companion.device import DRAWN
from tests.companion.marionette import Program, Refused, running, until

FIREFOX = shutil.which("firefox-esr")
ADDRESS = "11111111-2222-3333-4444-555555555555"
ID = "companion@vis-a-vis.invalid"


class Fox:
    """One Firefox, and the page that is chosen in it."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def open(self, page: str) -> None:
        """Open a page of the companion, and wait until it is whole."""
        self.program.go(f"moz-extension://{ADDRESS}/pages/{page}.html")
        self.see(DRAWN)

    def run(self, script: str) -> Any:
        """Run a script in the page; it may wait."""
        return self.program.in_page(f"return (async () => {{ {script} }})()")

    def see(self, css: str) -> str:
        """Wait for an element that shows; return its number."""
        return until(lambda: self._seen(css))

    def _seen(self, css: str) -> str:
        with suppress(Refused):
            found = self.program.command("WebDriver:FindElement", using="css selector", value=css)["value"]
            (number,) = found.values()
            if self.program.command("WebDriver:IsElementDisplayed", id=number)["value"]:
                return str(number)
        return ""

    def click(self, css: str) -> None:
        self.program.command("WebDriver:ElementClick", id=self.see(css))

    def write(self, css: str, text: str) -> None:
        self.program.command("WebDriver:ElementSendKeys", id=self.see(css), text=text)

    def agree(self, purpose: str) -> None:
        """Press the button of a purpose."""
        self.open("consent")
        self.click(f"#act-{purpose}")
        self.see("#told .notice")

    def kept(self) -> dict[str, Any]:
        """Everything the companion keeps; asked on one of its pages."""
        found: dict[str, Any] = self.run("return await browser.storage.local.get(null)")
        return found


@contextmanager
def firefox(profile: Path, preferences: Mapping[str, Any] | None = None) -> Iterator[Fox]:
    """Start a Firefox with a profile of its own; the companion will have an address known beforehand."""
    profile.mkdir(exist_ok=True)
    known = {"extensions.webextensions.uuids": json.dumps({ID: ADDRESS})}
    with running(str(FIREFOX), profile, {**known, **(preferences or {})}) as program:
        yield Fox(program)
