"""The gate of the service: what happens around every operation, and to everything that goes wrong."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header
from ninja.errors import HttpError, ValidationError

from visavis.acts.ledger import Moved
from visavis.api import callers, limits, problems, tokens, wording
from visavis.api.problems import Problem
from visavis.common import away
from visavis.common.errors import Refused
from visavis.common.uploading import MOST_BYTES, SmallFile
from visavis.journal import programs
from visavis.people.second_factor import for_programs

log = logging.getLogger(__name__)
MOST_BODY = 256 * 1024
# Of what takes a file: the file, and what is said beside it.
MOST_WITH_A_FILE = MOST_BYTES + MOST_BODY

type View = Callable[..., HttpResponse]


def gate(view: View, *, most: int = MOST_BODY) -> View:
    """Put a view behind the gate: language, size, token, limits, then the view, then one shape of errors."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with translation.override(spoken(request)):
            try:
                response = answer(view, request, most, *args, **kwargs)
            except Exception as error:
                if away.is_away(error):
                    raise
                response = problems.answer(problem_of(error))
            return finished(request, response)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]
    return for_programs(guarded)


def while_away(request: HttpRequest) -> HttpResponse:
    """Answer a program while the database does not answer."""
    with translation.override(spoken(request)):
        return finished(request, problems.answer(Problem(problems.AWAY)))


def spoken(request: HttpRequest) -> str:
    """Return the language that the program asks for; French without."""
    ours = dict(settings.LANGUAGES)
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code.split("-")[0] in ours:
            return code.split("-")[0]
    return settings.LANGUAGE_CODE


def answer(view: View, request: HttpRequest, most: int, *args: Any, **kwargs: Any) -> HttpResponse:
    caller = authenticated(request)
    request.caller = caller  # type: ignore[attr-defined]
    check_body(request, most)
    if most > MOST_BODY:
        in_memory(request, most)
    with stamped(caller):
        response = view(request, *args, **kwargs)
    if response.status_code == problems.NO_METHOD.status:
        raise Problem(problems.NO_METHOD, headers={"Allow": response["Allow"]})
    return response


def authenticated(request: HttpRequest) -> callers.Caller:
    """Read the token and count the request: a wrong token counts for the address it comes from."""
    try:
        caller = callers.read(request)
    except Problem:
        refuse_flood(request, None)
        raise
    refuse_flood(request, caller.token.pk if caller.token else None)
    if caller.token:
        tokens.note_use(caller.token)
    return caller


def refuse_flood(request: HttpRequest, token_id: int | None) -> None:
    if seconds := limits.wait_s(request, token_id):
        raise Problem(problems.TOO_MANY, headers={"Retry-After": str(seconds)})


def stamped(caller: callers.Caller) -> AbstractContextManager[None]:
    """Let the journal say of what is done meanwhile by which key it was done."""
    if caller.token is None:
        return nullcontext()
    return programs.acting(programs.Key(caller.token.pk, caller.user.pk))


def in_memory(request: HttpRequest, most: int) -> None:
    """Have a file read where it never touches a disk unsealed; nothing is read before the token was looked at."""
    upload = SmallFile(request)
    upload.most = most
    request.upload_handlers = [upload]


def check_body(request: HttpRequest, most: int) -> None:
    """Refuse what is too large before anything is read."""
    length = request.headers.get("Content-Length", "") or "0"
    size = int(length) if length.isdecimal() and len(length) < 12 else most + 1
    if size > most:
        raise Problem(problems.TOO_LARGE)


def problem_of(error: Exception) -> Problem:
    """Return the problem that an exception is for whoever asked."""
    match error:
        case Problem():
            return error
        case Http404():
            return Problem(problems.NOT_FOUND)
        case Moved():
            return Problem(problems.STALE, str(error))
        case Refused() | PermissionDenied():
            return Problem(problems.REFUSED, str(error))
        case ValidationError():
            return Problem(problems.INVALID, errors=wording.of_request(error.errors))
        case RequestDataTooBig():
            return Problem(problems.TOO_LARGE)
        case UnreadablePostError() | MultiPartParserError() | SuspiciousOperation():
            return Problem(problems.MALFORMED)
        # ninja wraps what the parser raises.
        case HttpError(__cause__=Problem() as found):
            return found
        case HttpError() if error.status_code == problems.MALFORMED.status:
            return Problem(problems.MALFORMED)
    log.error("the service for programs failed", exc_info=error)
    return Problem(problems.FAULT)


def finished(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say in which language, and keep what a token opened out of every cache."""
    response["Content-Language"] = translation.get_language() or settings.LANGUAGE_CODE
    patch_vary_headers(response, ["Accept-Language", "Authorization"])
    response.headers.setdefault("Cache-Control", "no-store")
    return response
