"""What a station and the site say to each other."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
PATIENCE_S = 10


class Refusal(Exception):
    """The site says no, in a sentence; or its address is none over which a browser can be wiped."""


class Away(Exception):
    """The site does not answer now."""


@dataclass(frozen=True)
class State:
    """Who sits here by number (0: nobody), which sitting ended last, which sites are open, and the way in."""

    sitting: int
    ended: int
    sites: tuple[str, ...]
    enter: str


@dataclass
class Site:
    """The service at an address; `key` is this station's."""

    url: str
    key: str = ""
    asks: requests.Session = field(default_factory=requests.Session, repr=False)

    def __post_init__(self) -> None:
        self.url = self.url.rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme != "https" and parts.hostname not in LOCAL:
            raise Refusal("A station speaks https with the service: over plain http nothing can be wiped.")

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def enrol(self, code: str) -> str:
        """Return the key for a code. Raises Refusal, Away."""
        return str(self._ask({"code": code})["key"])

    def tell(self, event: str = "") -> State:
        """Tell what happened here, and hear how it stands. Raises Refusal, Away."""
        told = self._ask({"event": event})
        return State(int(told["sitting"]), int(told["ended"]), tuple(told["sites"]), told.get("enter", ""))

    def _ask(self, body: dict[str, str]) -> dict[str, Any]:
        try:
            answer = self.asks.post(
                f"{self.url}/station/machine/",
                json=body,
                headers={"Authorization": f"Bearer {self.key}"},
                timeout=PATIENCE_S,
                allow_redirects=False,
            )
            told: dict[str, Any] = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise Away(type(error).__name__) from error
        if answer.status_code == 403:
            raise Refusal(str(told.get("refused", "refused")))
        if answer.status_code != 200:
            raise Away(f"the site answers {answer.status_code}")
        return told
