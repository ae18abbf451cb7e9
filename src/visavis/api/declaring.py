"""How an operation says what it needs and what it answers, for ninja and for the documentation at once."""

from typing import Any

from visavis.api.callers import Anybody, Bearer
from visavis.api.problems import ProblemOut
from visavis.api.scopes import Scope

ALWAYS = (401, 403, 405, 429, 500)
READING = (404, 422)
WRITING = (400, 404, 409, 413, 415, 422)


def operation(
    code: str,
    answer: Any,
    *,
    scope: Scope | None,
    status: int = 200,
    writes: bool = False,
    is_open: bool = False,
) -> dict[str, Any]:
    """Return what ninja's decorators take. `code` is the operation's number in the schema; see `openapi.py`."""
    wrong = ALWAYS + (WRITING if writes else READING)
    auth = Anybody(scope) if is_open else Bearer(scope)
    return {
        "response": {status: answer, **dict.fromkeys(wrong, ProblemOut)},
        "auth": auth,
        "operation_id": code,
        "openapi_extra": {"security": security(scope, is_open=is_open)},
    }


def security(scope: Scope | None, *, is_open: bool) -> list[dict[str, list[str]]]:
    needed = {"token": [str(scope)] if scope else []}
    return [{}, needed] if is_open else [needed]
