"""What is wrong with what was sent, in sentences: pydantic's codes, and the fields of forms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visavis.api.problems import Wrong

SENTENCES: dict[str, Promise] = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("We do not know this field."),
    "string_type": gettext_lazy("Write a text."),
    "int_type": gettext_lazy("Write a whole number."),
    "int_parsing": gettext_lazy("Write a whole number."),
    "bool_type": gettext_lazy("Write true or false."),
    "bool_parsing": gettext_lazy("Write true or false."),
    "list_type": gettext_lazy("Write a list."),
    "enum": gettext_lazy("This is not one of the values of the documentation."),
    "literal_error": gettext_lazy("This is not one of the values of the documentation."),
    "string_pattern_mismatch": gettext_lazy("This is not written as the documentation says."),
}
OTHERS = gettext_lazy("This is not as the documentation says.")
WITH_LIMIT = {
    "greater_than_equal": ("ge", gettext_lazy("The least is %(limit)s.")),
    "less_than_equal": ("le", gettext_lazy("The most is %(limit)s.")),
    "string_too_long": ("max_length", gettext_lazy("Keep it under %(limit)s characters.")),
    "string_too_short": ("min_length", gettext_lazy("Write at least %(limit)s characters.")),
    "too_long": ("max_length", gettext_lazy("List at most %(limit)s.")),
}


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
