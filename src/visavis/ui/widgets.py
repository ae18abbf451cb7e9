"""Inputs of our own."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class SuggestInput(forms.TextInput):
    """A text input that offers what `url` finds while one types, and a plain one without JavaScript."""

    def __init__(self, *, url: str | Promise, into: str = "", attrs: dict[str, Any] | None = None) -> None:
        offered = {
            "autocomplete": "off",
            "data-visavis-suggest": url,
            "data-one": _("One suggestion. Use the down arrow to choose it."),
            "data-many": _("{n} suggestions. Use the arrow keys to choose."),
            "data-none": _("No suggestion. You can keep what you typed."),
        }
        if into:
            offered["data-visavis-suggest-into"] = into
        super().__init__({**offered, **(attrs or {})})
