"""The description of the service (OpenAPI 3.1), in the reader's language: made from the operations themselves."""

import copy
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext

from visavis.api import problems, words
from visavis.api.operations.all import SERVICE
from visavis.api.scopes import Scope
from visavis.api.service import ROOT, VERSION

SHAPE = "#/components/schemas/{model}"


def schema() -> dict[str, Any]:
    """Return the whole description in the language of the moment."""
    return _in_language(get_language() or settings.LANGUAGE_CODE)


@cache
def _in_language(_language: str) -> dict[str, Any]:
    """Translate the description once a language."""
    made = _plain()
    scopes = "\n".join(f"- `{scope}`: {scope.label}" for scope in Scope)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": settings.VISAVIS_SERVICE_NAME,
            "version": VERSION,
            "description": gettext(words.INTRODUCTION) + "\n\n" + scopes,
        },
        "servers": [{"url": settings.SITE_URL}],
        "tags": [{"name": name, "description": gettext(said)} for name, said in words.GROUPS.items()],
        "paths": {
            path: {method: told(one) for method, one in found.items()}
            for path, found in made["paths"].items()
        },
        "components": {
            "schemas": made["components"]["schemas"] | shapes_of_a_problem(),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": gettext(words.TOKEN)}
            },
        },
    }


@cache
def _plain() -> dict[str, Any]:
    found: dict[str, Any] = copy.deepcopy(dict(SERVICE.get_openapi_schema(path_prefix=f"/{ROOT}")))
    return found


def shapes_of_a_problem() -> dict[str, Any]:
    """Return the shapes that every error refers to."""
    made = problems.ProblemOut.model_json_schema(ref_template=SHAPE)
    return {**made.pop("$defs"), problems.ProblemOut.__name__: made}


def told(one: dict[str, Any]) -> dict[str, Any]:
    """Return one operation with its words, and its errors as problems."""
    code = one["operationId"]
    summary = gettext(words.OPERATIONS[code])
    parameters = [described(parameter) for parameter in one.get("parameters", [])]
    responses = {str(status): answered(int(status), content) for status, content in one["responses"].items()}
    return one | {
        "summary": summary,
        "description": summary,
        "parameters": parameters,
        "responses": responses,
    }


def described(parameter: dict[str, Any]) -> dict[str, Any]:
    name = parameter["name"]
    return parameter | {"description": gettext(words.PARAMETERS[name])}


def answered(status: int, response: dict[str, Any]) -> dict[str, Any]:
    """Return an answer of an operation: an error is a problem, with its headers."""
    if status < 400:
        return response | {"description": gettext(words.ANSWERED)}
    kinds = [kind for kind in problems.KINDS if kind.status == status]
    said = " / ".join(dict.fromkeys(str(kind.title) for kind in kinds))
    schema = {"$ref": SHAPE.format(model=problems.ProblemOut.__name__)}
    found: dict[str, Any] = {"description": said, "content": {problems.MEDIA_TYPE: {"schema": schema}}}
    if status == problems.TOO_MANY.status:
        found["headers"] = {"Retry-After": {"schema": {"type": "integer", "minimum": 1}}}
    return found
