"""Each request has a number: in its answer, in every line of the log about it, and in the jobs that it asked for."""

import secrets
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.tasks.signals import task_finished, task_started
from django_tasks_db.backend import DatabaseBackend

if TYPE_CHECKING:
    from django_tasks_db.models import DBTaskResult

HEADER = "X-Request-ID"
# Where a job keeps the number, beside its arguments.
KEPT_AS = "request"
SIGNS = 16

_number: ContextVar[str] = ContextVar("number", default="")


def current() -> str:
    """Return the number of the request, or of the one that asked for this job; nothing elsewhere."""
    return _number.get()


class NumberMiddleware:
    """Draw a number for each request. What a visitor sends as a number is not believed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Not put back afterwards: the server logs the end of a request after its answer has left here.
        _number.set(number := secrets.token_hex(SIGNS // 2))
        response = self.get_response(request)
        response[HEADER] = number
        return response


class NumberedBackend(DatabaseBackend):
    """The jobs of django-tasks-db; each keeps the number of the request that asked for it."""

    def _task_to_db_task(self, *given: Any, **named: Any) -> "DBTaskResult[Any, Any]":
        row: DBTaskResult[Any, Any] = super()._task_to_db_task(*given, **named)
        if current():
            row.args_kwargs = {**row.args_kwargs, KEPT_AS: current()}
            row.save(update_fields=["args_kwargs"])
        return row


def go_on(task_result: Any, **_named: Any) -> None:
    """Go on with the number of the request that asked for a job; a job that nobody asked for has none."""
    row = getattr(task_result, "db_result", None)
    if row is not None:
        kept: Mapping[str, Any] = row.args_kwargs
        _number.set(str(kept.get(KEPT_AS, "")))


def end(task_result: Any, **_named: Any) -> None:
    """Forget the number when its job has ended: the next job may be another's."""
    if getattr(task_result, "db_result", None) is not None:
        _number.set("")


def follow_jobs() -> None:
    """Have every job go on with its number. Django's own receivers come first: a job's beginning has none yet."""
    task_started.connect(go_on)
    task_finished.connect(end)
