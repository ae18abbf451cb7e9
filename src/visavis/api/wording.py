"""What is wrong with what was sent, in sentences: pydantic's codes, and the fields of forms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.api.problems import Wrong
from visavis.common.sentences import sentences_beside

SAID = sentences_beside(__file__)
SENTENCES: dict[str, Promise] = SAID["wrong"]
OTHERS = gettext_lazy("This is not as the documentation says.")
LIMITS = {
    "greater_than_equal": "ge",
    "less_than_equal": "le",
    "string_too_long": "max_length",
    "string_too_short": "min_length",
    "too_long": "max_length",
}
WITH_LIMIT = {kind: (name, SAID["limits"][kind]) for kind, name in LIMITS.items()}


def of_request(errors: Iterable[dict[str, Any]]) -> list[Wrong]:
    """Say what pydantic found. The body's own name is not shown: whoever sends does not know it."""
    found = []
    for error in errors:
        where, *path = [str(step) for step in error["loc"]]
        inside = path[1:] if where == "body" else path
        found.append(Wrong(where, ".".join(inside), sentence(error)))
    return found


def sentence(error: dict[str, Any]) -> str:
    kind = error["type"]
    if kind in WITH_LIMIT:
        name, words = WITH_LIMIT[kind]
        return str(words) % {"limit": error.get("ctx", {}).get(name, "")}
    return str(SENTENCES.get(kind, OTHERS))


def of_form(form: forms.Form) -> list[Wrong]:
    """Say what a form found; what belongs to no field has an empty one."""
    return [
        Wrong("body", "" if name == "__all__" else name, str(message))
        for name, messages in form.errors.items()
        for message in messages
    ]


def cursor_wrong() -> list[Wrong]:
    return [Wrong("query", "cursor", _("Take the cursor of the page before, unchanged."))]
