"""Mail servers and gateways as they are reached: none holds whoever asks it longer than a claim lasts."""

import http.client
import smtplib
import socket
import urllib.request
from collections.abc import Callable
from typing import Any

from django.core.mail.backends import smtp

from visavis.common.deadline import Deadline

# An answer may take as long as the time-out of the connection; all of them together so long.
MOST_S = 40.0


class Server(smtplib.SMTP):
    """A mail server, for so long at most."""

    deadline: Deadline | None = None

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        reached: socket.socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.deadline = Deadline(reached, MOST_S)
        return reached

    def close(self) -> None:
        super().close()
        if self.deadline is not None:
            self.deadline.end()


class EmailBackend(smtp.EmailBackend):
    """Django's, with an end."""

    connection_class = Server


class Asked(urllib.request.Request):
    """What a gateway is asked; whoever asks ends its deadline."""

    deadline: Deadline | None = None

    def end(self) -> None:
        if self.deadline is not None:
            self.deadline.end()


class Http(urllib.request.HTTPHandler):
    """Opens to a gateway on this machine."""

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(limited(http.client.HTTPConnection, request), request)


class Https(urllib.request.HTTPSHandler):
    """Opens to any other gateway."""

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(limited(http.client.HTTPSConnection, request), request)


def limited[C: http.client.HTTPConnection](kind: type[C], asked: urllib.request.Request) -> Callable[..., C]:
    """Return what makes a connection whose deadline begins once it is reached, before hands are shaken."""

    def made(*args: Any, **kwargs: Any) -> C:
        connection: Any = kind(*args, **kwargs)
        reach = connection._create_connection

        def reached(*there: Any) -> socket.socket:
            found: socket.socket = reach(*there)
            if isinstance(asked, Asked):
                asked.deadline = Deadline(found, MOST_S)
            return found

        connection._create_connection = reached
        return connection  # type: ignore[no-any-return]

    return made
