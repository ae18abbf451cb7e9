"""GET never writes: the connection refuses, whatever the view does.

A few tables are excepted by settings.READONLY_EXCEPT_TABLES: the session, and the records of who
read what, which a reading must write. A view that has to write on GET (the demo's links) says so
with `@writes_on_get`, where a reader of the code sees it.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

READS = re.compile(
    r"\s*(\(*SELECT|EXPLAIN|WITH|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET|SHOW|PRAGMA|VALUES)\b", re.I
)
WRITES_TO = re.compile(r'\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|UPDATE|DELETE\s+FROM)\s+"?(\w+)"?', re.I)
HIDDEN_WRITE = re.compile(r"\b(INSERT\s+INTO|UPDATE\s+\"|DELETE\s+FROM)", re.I)
# What stands between statements that are sent together (`prepared.py`).
NEXT = ";\n"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}

type View = Callable[..., HttpResponse]
type Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class WroteOnGet(RuntimeError):
    """A page that only shows something tried to change something: a bug, never shown to a person."""


def is_allowed(sql: str) -> bool:
    """Say whether a statement, or each of several, may run while a page is only being read."""
    if NEXT in sql:
        return all(map(is_allowed, sql.split(NEXT)))
    if READS.match(sql):
        return not (sql.lstrip()[:4].upper() == "WITH" and HIDDEN_WRITE.search(sql))
    written = WRITES_TO.match(sql)
    return written is not None and written[1] in settings.READONLY_EXCEPT_TABLES


def refuse_writes(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Run the statement, unless it writes."""
    if not is_allowed(sql):
        raise WroteOnGet(f"a GET tried to write: {sql[:60]}")
    return execute(sql, params, many, context)


def writes_on_get(view: View) -> View:
    """Mark a view that may write on GET. Say why beside it."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    marked.writes_on_get = True  # type: ignore[attr-defined]
    return marked


class ReadOnlyGetMiddleware:
    """Guard the connection while a view answers a GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in the view's place, with every connection guarded."""
        if request.method not in SAFE_METHODS or getattr(view, "writes_on_get", False):
            return None
        with connections["default"].execute_wrapper(refuse_writes):
            response = view(request, *args, **kwargs)
            render = getattr(response, "render", None)
            if callable(render) and not getattr(response, "is_rendered", True):
                render()
        return response
