"""The one shape of everything that goes wrong: application/problem+json (RFC 9457), in the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import JsonResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema

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


MALFORMED = Kind("malformed", 400, _("This is not JSON"), _("The body could not be read as JSON in UTF-8."))
NO_TOKEN = Kind(
    "no-token",
    401,
    _("A token is needed"),
    _("Send “Authorization: Bearer” and a token that works: not revoked, not past its last day."),
)
FORBIDDEN = Kind(
    "forbidden",
    403,
    _("Not allowed"),
    _("This token does not have the scope that is needed, or your role no longer gives it."),
)
NO_SECOND_FACTOR = Kind(
    "no-second-factor",
    403,
    _("A second factor is needed"),
    _("You work for the service: make a new token in a session with a second factor."),
)
NOT_FOUND = Kind("not-found", 404, _("Not found"), _("There is nothing here that you may see."))
NO_METHOD = Kind(
    "method", 405, _("Not this method"), _("This address does not take this method. “Allow” says which.")
)
REFUSED = Kind("refused", 409, _("Refused"), _("The rules of the service do not allow this now."))
STALE = Kind(
    "stale",
    409,
    _("Changed meanwhile"),
    _("This answer was changed since you read it. Read it again, then send yours with the new version."),
)
TOO_LARGE = Kind("too-large", 413, _("Too large"), _("The body is larger than 256 kB."))
NOT_JSON = Kind("not-json", 415, _("Not this kind of content"), _("Send application/json."))
INVALID = Kind("invalid", 422, _("Not as expected"), _("Something in what was sent is not as expected."))
TOO_MANY = Kind(
    "too-many", 429, _("Too many requests"), _("Wait for the seconds that “Retry-After” says, then go on.")
)
FAULT = Kind("fault", 500, _("Our fault"), _("Something broke on our side. It is noted; try again later."))

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
