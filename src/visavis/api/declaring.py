"""How an operation says what it needs and what it answers, for ninja and for the documentation at once."""

from collections.abc import Callable
from inspect import signature
from typing import Any, get_args, get_origin

from django.http import HttpResponse
from ninja import Status

from visavis.api.callers import Anybody, Bearer
from visavis.api.scopes import Scope

ALWAYS = (401, 403, 405, 429, 500)
READING = (404, 422)
WRITING = (400, 404, 409, 413, 415, 422)


def operation[View: Callable[..., Any]](
    route: Callable[..., Callable[[View], View]],
    path: str,
    *,
    scope: Scope | None,
    status: int = 200,
    is_open: bool = False,
) -> Callable[[View], View]:
    """Put a view at a path of the service; `route` is the router's `get`, `post`, `put` or `delete`.

    The view's name is the operation's number in the schema (see `openapi.py`), and what it returns is what
    the operation answers.
    """
    wrong = ALWAYS + (READING if route.__name__ == "get" else WRITING)

    def placed(view: View) -> View:
        return route(
            path,
            response={status: answered(view)},
            auth=Anybody(scope) if is_open else Bearer(scope),
            operation_id=view.__name__,
            # An error is answered by the gate, and described by `openapi.py`: of a shape given here, ninja would make
            # another for each status of each operation.
            openapi_extra={
                "security": security(scope, is_open=is_open),
                "responses": {one: {} for one in wrong},
            },
        )(view)

    return placed


def answered(view: Callable[..., Any]) -> Any:
    """Return the shape that a view answers with; None when it answers without a body."""
    returned = signature(view).return_annotation
    if get_origin(returned) is Status:
        (returned,) = get_args(returned)
    return None if returned is HttpResponse else returned


def security(scope: Scope | None, *, is_open: bool) -> list[dict[str, list[str]]]:
    needed = {"token": [str(scope)] if scope else []}
    return [{}, needed] if is_open else [needed]
