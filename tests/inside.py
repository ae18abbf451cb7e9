"""Nothing leaves inside a request: whoever tries to reach a mail server, a gateway or another site there is caught."""

import contextvars
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.handlers.base import BaseHandler
from django.core.mail.backends import locmem, smtp
from django.tasks.backends.immediate import ImmediateBackend

from visavis.people import sms

if TYPE_CHECKING:
    # Of what a test starts as a program, nothing else needs it: a tenth of the time that it takes to begin.
    import pytest

IS_INSIDE: contextvars.ContextVar[bool] = contextvars.ContextVar("is_inside", default=False)


class Caught(BaseException):
    """A page went out of the house; nothing that catches exceptions keeps this from the test."""


class BesideBackend(ImmediateBackend):
    """Does a job at once, as a worker does it: outside the request that asked for it."""

    def _execute_task(self, task_result: Any) -> Any:
        context = contextvars.copy_context()
        context.run(IS_INSIDE.set, False)
        return context.run(super()._execute_task, task_result)  # type: ignore[misc]


def refuse(what: str) -> None:
    """Raise Caught inside a request."""
    if IS_INSIDE.get():
        raise Caught(f"{what} inside a request: write it down, and let the worker do it (people/outgoing.py)")


def watched(what: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def watching(*args: Any, **kwargs: Any) -> Any:
        refuse(what)
        return function(*args, **kwargs)

    return watching


def within(function: Callable[..., Any]) -> Callable[..., Any]:
    def answering(*args: Any, **kwargs: Any) -> Any:
        token = IS_INSIDE.set(True)
        try:
            return function(*args, **kwargs)
        finally:
            IS_INSIDE.reset(token)

    return answering


def watch(patch: "pytest.MonkeyPatch") -> None:
    """Watch every way out."""
    patch.setattr(BaseHandler, "get_response", within(BaseHandler.get_response))
    for owner, name in (
        (socket.socket, "connect"),
        (socket.socket, "connect_ex"),
        (locmem.EmailBackend, "send_messages"),
        (smtp.EmailBackend, "open"),
        (sms.HttpGateway, "send"),
        (sms.ConsoleGateway, "send"),
    ):
        patch.setattr(owner, name, watched(f"{owner.__name__}.{name}", getattr(owner, name)))
