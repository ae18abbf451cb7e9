"""The service for programs: ninja with our parser, our errors and our gate around every operation."""

import json
from math import isinf
from typing import Any, NoReturn

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser
from ninja.renderers import JSONRenderer

from visavis.api import problems
from visavis.api.gate import MOST_BODY, MOST_WITH_A_FILE, gate
from visavis.api.problems import Problem

ROOT = "api/v1/"
VERSION = "1.0.0"
JSON = "application/json"
# The first operation of each path that takes a file.
WITH_A_FILE = frozenset({"list_documents", "list_cvs"})


class StrictParser(Parser):
    """JSON as the standard says it, in UTF-8, without signs that no database keeps."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != JSON:
            raise Problem(problems.NOT_JSON)
        try:
            text = request.body.decode()
            found = json.loads(text, parse_constant=_refuse, parse_float=_finite)
            json.dumps(found, ensure_ascii=False).encode()
            if has_nul(found):
                raise ValueError("a NUL sign")
        except (ValueError, RecursionError) as error:
            raise Problem(problems.MALFORMED) from error
        return found


def has_nul(found: Any) -> bool:
    """Say whether a text somewhere holds the one sign that PostgreSQL refuses."""
    match found:
        case str():
            return "\0" in found
        case dict():
            return any(has_nul(part) for pair in found.items() for part in pair)
        case list():
            return any(has_nul(part) for part in found)
    return False


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _finite(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise ValueError(text)
    return number


def _raise(request: HttpRequest, error: Exception | type[Exception]) -> NoReturn:
    """Leave every error to the gate."""
    raise error


class ReadableRenderer(JSONRenderer):
    """JSON in which an é is an é."""

    json_dumps_params = {"ensure_ascii": False}


def new() -> NinjaAPI:
    """Return the service without operations; its pages and its schema are ours (`openapi.py`, `views/`)."""
    made = NinjaAPI(
        title="Vis-à-vis",
        version=VERSION,
        docs_url=None,
        openapi_url=None,
        parser=StrictParser(),
        renderer=ReadableRenderer(),
    )
    for kind in (Exception, Http404, HttpError, ValidationError):
        made.add_exception_handler(kind, _raise)
    return made


def addresses(service: NinjaAPI) -> list[URLPattern]:
    """Return one address for each path of the service, behind the gate."""
    kept: dict[str, URLPattern] = {}
    for found in service.urls[0]:
        if isinstance(found, URLPattern) and found.name != "api-root":
            route = f"{ROOT}{found.pattern}"
            most = MOST_WITH_A_FILE if found.name in WITH_A_FILE else MOST_BODY
            kept.setdefault(route, path(route, gate(found.callback, most=most), name=found.name))
    return list(kept.values())
