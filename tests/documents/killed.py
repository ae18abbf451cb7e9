"""The site killed while a file arrives: a program.

`python -m tests.documents.killed receive`: it begins processes of its own (forks, with a real socket), kills them with
a signal that nobody catches, and counts; then once more with a careless hand, which must be found out.
"""

import http.client
import os
import signal
import socket
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from unittest.mock import patch
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import numpy as np

from tests import programs
from tests.common.at_once import IS_FULL, Found, set_up, tell

KILLS = 25 if IS_FULL else 6
SIZE, PART = 4_000_000 if IS_FULL else 2_000_000, 7_000
BY_LUCK = np.random.default_rng()
BODY = "application/offset+octet-stream"


class Site(ThreadingMixIn, WSGIServer):
    """A server in this process, on a socket that its parent holds open."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: Any) -> None:
        """Say nothing of each request."""


@contextmanager
def forked(do: Callable[[], object]) -> Iterator[int]:
    """Do something in a process of its own; it is killed at the end, if it is still there."""
    from django.db import connections  # noqa: PLC0415  (Django must be set up)

    connections.close_all()
    child = os.fork()
    if not child:
        programs.tie()
        try:
            do()
        finally:
            os._exit(0)
    try:
        yield child
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def served(door: socket.socket) -> None:
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415  (Django must be set up)

    site = Site(door.getsockname(), Quiet, bind_and_activate=False)
    site.socket.close()
    site.socket = door
    site.server_name, site.server_port = "127.0.0.1", door.getsockname()[1]
    site.setup_environ()
    site.set_app(get_wsgi_application())
    site.serve_forever()


class CutAnswer(http.client.HTTPException):
    """Killed between the first line of an answer and its headers: `http.client` takes the end for theirs."""


def offset_of(answer: http.client.HTTPResponse) -> int:
    told = answer.headers["Upload-Offset"]
    if told is None:
        raise CutAnswer
    return int(told)


class Sender:
    """A browser that sends a file in parts, whatever happens to the site."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port, self.cookies = port, cookies
        self.acknowledged = self.lost = self.cut = 0

    def ask(self, method: str, path: str, body: bytes = b"", **headers: Any) -> http.client.HTTPResponse:
        # Who knocks while nobody is there waits in the line of the socket, which the parent holds open.
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        said = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        said |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        said |= {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.cookies.get("csrftoken", "")}
        line.request(method, path, body, said)
        answer = line.getresponse()
        answer.read()
        line.close()
        return answer

    def send(self, place: str, content: bytes) -> bool:
        """Send parts until the file is whole or the site is gone; say whether it is whole."""
        try:
            offset = offset_of(self.ask("HEAD", place))
            self.lost += max(0, self.acknowledged - offset)
            while offset < len(content):
                part = content[offset : offset + PART]
                answer = self.ask("PATCH", place, part, Upload_Offset=offset, Content_Type=BODY)
                if answer.status != 204:
                    return False
                self.acknowledged = offset = offset_of(answer)
        except (OSError, http.client.HTTPException):
            self.cut += 1
            return False
        return True


def receive(town: Any) -> Found:
    """Kill the site while a file arrives, again and again; tell what was acknowledged and is not there."""
    from django.urls import reverse  # noqa: PLC0415  (Django must be set up)

    from visavis.documents.arriving import partials  # noqa: PLC0415
    from visavis.documents.models import Partial  # noqa: PLC0415

    client, content = town.client("amelie"), os.urandom(SIZE)
    client.defaults["SERVER_NAME"] = "127.0.0.1"
    client.get(reverse("documents:mine"))
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(SIZE)}
    place = client.generic("POST", reverse("documents:uploads_mine"), headers=headers)["Location"]
    place = place.partition("//")[2].partition("/")[2]
    sender = Sender(0, {name: one.value for name, one in client.cookies.items()})
    with socket.create_server(("127.0.0.1", 0), backlog=64) as door:
        sender.port = door.getsockname()[1]
        kills = 0
        for number in range(10 * KILLS):
            with forked(lambda: served(door)) as child:
                if number >= KILLS:
                    is_whole = sender.send(f"/{place}", content)
                else:
                    timer = threading.Timer(BY_LUCK.uniform(0.1, 0.7), os.kill, (child, signal.SIGKILL))
                    timer.start()
                    is_whole = sender.send(f"/{place}", content)
                    timer.join()
                    kills += 1
            if is_whole:
                break
    row = Partial.objects.get(key=place.split("/")[-2])
    try:
        came = partials.content(row)
    except partials.Damaged:
        came = b""
    Partial.objects.all().delete()
    return {"kills": kills, "cut": sender.cut, "lost": sender.lost, "is_whole": came == content}


@contextmanager
def careless() -> Iterator[None]:
    """Acknowledge parts that are not on the disk yet."""
    from visavis.documents import files  # noqa: PLC0415  (Django must be set up)
    from visavis.documents.places import place  # noqa: PLC0415

    keep = files.keep

    def later(content: bytes, *, person: int) -> uuid.UUID:
        name = uuid.uuid4()

        def write() -> None:
            there = place()
            there.path_of(keep(content, person=person)).rename(there.path_of(name))

        threading.Timer(1, write).start()
        return name

    with patch.object(files, "keep", later):
        yield


def main() -> None:
    set_up()
    from tests import personas  # noqa: PLC0415  (Django must be set up)

    town = personas.build()
    guarded = [receive(town)]
    with careless():
        tell(guarded, receive(town))


if __name__ == "__main__":
    assert sys.argv[1:] == ["receive"]
    main()
