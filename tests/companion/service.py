"""A service as small as the companion's tests need it: terms, permits, reports, and the page she says yes on."""

import base64
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.privacy.ledger import quarter_of
from visavis.privacy.privset import PrivSet
from visavis.privacy.reports import Survey
from visavis.traces.packing import SOURCE

PAGE = """<!doctype html><title>The service</title><button disabled>Yes</button><script>
const other = window.opener ?? window, button = document.querySelector("button");
let asked;
addEventListener("message", ({ source, origin, data }) => {
  const isTheirs = window.opener ? source === window.opener : source === window && origin === location.origin;
  if (!isTheirs || !data.ask) return;
  asked = { data, origin };
  button.disabled = false;
});
button.onclick = async () => {
  const answer = await fetch("/answer", { method: "POST", body: JSON.stringify(asked.data) });
  other.postMessage({ visavis: 1, ...(await answer.json()) }, asked.origin);
};
other.postMessage({ visavis: 1, told: "ready" }, window.opener ? "*" : location.origin);
</script>"""
OPENINGS = [
    {"title": title, "employer": "A", "place": "Nantes", "address": "/o/1/", "score": score, "interests": of}
    for title, score, of in (
        ("Vente", 1.0, []),
        ("Pose", 0.9, ["interest:diy", "interest:cars"]),
        ("Accueil", 0.2, []),
    )
]


def to_text(number: int, size: int) -> str:
    """Return base64url without its padding."""
    return base64.urlsafe_b64encode(number.to_bytes(size, "big")).rstrip(b"=").decode()


def of_text(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Service:
    """What it signed, what it counted, every request that came, and what is to happen when one comes."""

    origin: str = ""
    signed: set[str] = field(default_factory=set)
    counted: dict[bytes, str] = field(default_factory=dict)
    came: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    on: Callable[[str], None] = lambda _point: None
    _key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @cached_property
    def survey(self) -> Survey:
        table = json.loads((SOURCE / "src" / "tables" / "interests.json").read_text())
        best = PrivSet.best(k=len(table["interests"]), m=5, epsilon_thousandths=1000)
        return Survey(table["table"], best)

    @property
    def period(self) -> str:
        return quarter_of(datetime.now(UTC).date()).replace("q", "")

    def terms(self) -> dict[str, Any]:
        one, public = self.survey.mechanism, self._key.public_key().public_numbers()
        return {
            "table": self.survey.table,
            "k": one.k,
            "m": one.m,
            "s": one.s,
            "epsilon": one.epsilon_thousandths,
            "cap": 4000,
            "period": self.period,
            "key": {"n": to_text(public.n, 256), "e": "AQAB"},
            "groups": [{"code": "m", "fr": "Support à l’entreprise", "en": "Business support"}],
        }

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Say yes to whatever is asked."""
        if asked["ask"] == "permit":
            if self.signed - {asked["blinded"]}:
                return {"told": "refused", "why": "already"}
            self.signed.add(asked["blinded"])
            numbers = self._key.private_numbers()
            blinded = int.from_bytes(of_text(asked["blinded"]), "big")
            return {
                "told": "permit",
                "signature": to_text(pow(blinded, numbers.d, numbers.public_numbers.n), 256),
            }
        if asked["ask"] == "file":
            return {"told": "file", "saved": asked["interests"]}
        return {"told": "shortlist", "openings": OPENINGS}

    def receive(self, body: dict[str, str]) -> int:
        """Count a report once; verified with `cryptography`, read with the library."""
        message = of_text(body["message"])
        how = padding.PSS(padding.MGF1(hashes.SHA384()), 48)
        try:
            self._key.public_key().verify(of_text(body["signature"]), message, how, hashes.SHA384())
            self.survey.read(body["report"].encode())
        except (InvalidSignature, ValueError):
            return 400
        if message[32:] != f"visavis-permit-1:{self.period}".encode():
            return 400
        return 204 if self.counted.setdefault(message, body["report"]) == body["report"] else 409


@contextmanager
def running(service: Service) -> Iterator[Service]:
    """Serve it on a port of this machine."""

    class Desk(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._came("")
            if self.path == "/traces/terms.json":
                service.on("terms")
                self._send(200, "application/json", json.dumps(service.terms()))
            else:
                self._send(200, "text/html", PAGE)

        def do_OPTIONS(self) -> None:
            self._send(204, "text/plain", "")

        def do_POST(self) -> None:
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._came(text)
            if self.path == "/answer":
                told = service.answer(json.loads(text))
                service.on("signed")
                self._send(200, "application/json", json.dumps(told))
                return
            service.on("before counting")
            status = service.receive(json.loads(text))
            service.on("counted")
            self._send(status, "text/plain", "")

        def _came(self, body: str) -> None:
            service.came.append((self.command, self.path, dict(self.headers), body))

        def _send(self, status: int, kind: str, body: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            for name, value in (
                ("Origin", "*"),
                ("Headers", "content-type, accept-language"),
                ("Methods", "GET, POST, DELETE"),
            ):
                self.send_header(f"Access-Control-Allow-{name}", value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        # A browser that was killed leaves its connections in the middle.
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        service.origin = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield service
        server.shutdown()
