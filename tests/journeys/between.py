"""A server between a browser and the site that takes one layer of protection away, so that a test can miss it."""

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

LAYERS = ("no-store", "clear", "redirect", "pageshow")
HOP = frozenset({"connection", "transfer-encoding", "content-length", "keep-alive", "accept-encoding"})


class Between(ThreadingHTTPServer):
    """Passes everything on; `without` names the layers that are taken away."""

    daemon_threads = True

    def __init__(self, site: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.to = str(urlsplit(site).netloc)
        self.without: frozenset[str] = frozenset()
        # What was answered at an address, to be answered again by a site without the redirect.
        self.answered: dict[str, tuple[list[tuple[str, str]], bytes]] = {}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Between

    def pass_on(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        upstream = http.client.HTTPConnection(self.server.to, timeout=60)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP}
        upstream.request(self.command, self.path, sent or None, headers)
        answer = upstream.getresponse()
        body = answer.read()
        kept = [(name.lower(), value) for name, value in answer.getheaders() if name.lower() not in HOP]
        upstream.close()
        self.give(answer.status, kept, body)

    do_GET = do_POST = do_HEAD = do_PATCH = pass_on  # noqa: N815  (the library calls them so)

    def give(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        without = self.server.without
        is_page = any(value.startswith("text/html") for name, value in headers if name == "content-type")
        if self.command == "GET" and is_page and status == 200:
            self.server.answered[self.path] = (headers, body)
        if (
            "redirect" in without
            and self.command == "GET"
            and status == 303
            and self.path in self.server.answered
        ):
            status = 200
            headers, body = self.server.answered[self.path]
        if "no-store" in without:
            headers = [(name, value) for name, value in headers if name != "cache-control" or not is_page]
        if "clear" in without:
            headers = [(name, value) for name, value in headers if name != "clear-site-data"]
        if "pageshow" in without and re.search(r"/left\.[\w.]*js$", self.path):
            body = b"export function start() {}"
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


@contextmanager
def between(site: str) -> Iterator[Between]:
    """Stand between while a test runs."""
    server = Between(site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
