"""The one shape of everything that goes wrong: application/problem+json (RFC 9457), in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from ninja import Schema

from visavis.common.sentences import sentences_beside

MEDIA_TYPE = "application/problem+json"


class ErrorOut(Schema):
    """One thing that is wrong in what was sent."""

    where: str
    field: str
    detail: str


class ProblemOut(Schema):
    """What went wrong."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorOut]


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its code, its status and what it is called."""

    code: str
    status: int
    title: Promise
    detail: Promise


@dataclass(frozen=True)
class Wrong:
    """One thing wrong: in the body, the query or the path, and in which field."""

    where: str
    field: str
    detail: str


SAID = sentences_beside(__file__)["problems"]


def kind(code: str, status: int) -> Kind:
    return Kind(code, status, **SAID[code])


MALFORMED = kind("malformed", 400)
NO_TOKEN = kind("no-token", 401)
FORBIDDEN = kind("forbidden", 403)
NO_SECOND_FACTOR = kind("no-second-factor", 403)
NOT_FOUND = kind("not-found", 404)
NO_METHOD = kind("method", 405)
REFUSED = kind("refused", 409)
STALE = kind("stale", 409)
TOO_LARGE = kind("too-large", 413)
NOT_JSON = kind("not-json", 415)
INVALID = kind("invalid", 422)
TOO_MANY = kind("too-many", 429)
FAULT = kind("fault", 500)
AWAY = kind("away", 503)

KINDS = (
    MALFORMED,
    NO_TOKEN,
    FORBIDDEN,
    NO_SECOND_FACTOR,
    NOT_FOUND,
    NO_METHOD,
    REFUSED,
    STALE,
    TOO_LARGE,
    NOT_JSON,
    INVALID,
    TOO_MANY,
    FAULT,
    AWAY,
)


class Problem(Exception):
    """Stop here and answer with a problem."""

    def __init__(
        self,
        kind: Kind,
        detail: str | Promise = "",
        errors: Sequence[Wrong] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(kind.code)
        self.kind, self.detail, self.errors, self.headers = kind, detail, errors, headers or {}


def answer(problem: Problem) -> JsonResponse:
    """Write a problem, in the language of the moment."""
    kind = problem.kind
    content = {
        "type": f"{reverse('api:errors')}#{kind.code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": str(problem.detail or kind.detail),
        "errors": [{"where": one.where, "field": one.field, "detail": one.detail} for one in problem.errors],
    }
    response = JsonResponse(
        content,
        status=kind.status,
        content_type=MEDIA_TYPE,
        json_dumps_params={"ensure_ascii": False},
    )
    for name, value in problem.headers.items():
        response[name] = value
    return response
