"""What the head writes of a program that is told."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visavis.common.outside import is_allowed, is_named

LONGEST = 500


class EndpointForm(forms.Form):
    """An address and what is told to it."""

    address = forms.CharField(
        label=_("Address of the program"),
        help_text=_("An https:// address that your program gave you."),
        max_length=LONGEST,
        error_messages={"required": _("Write the whole address: https://programme.example/visavis.")},
        widget=forms.URLInput,
    )
    tells_introductions = forms.BooleanField(
        label=_("Each step of an introduction of the people you follow"), required=False
    )
    tells_vacancies = forms.BooleanField(label=_("Each change of a vacancy of this service"), required=False)

    def clean_address(self) -> str:
        """Read the address as far as it can be judged without asking the network."""
        given: str = self.cleaned_data["address"].strip()
        wrong = ValidationError(_("Write the whole address: https://programme.example/visavis."))
        try:
            parts = urlsplit(given)
            _port = parts.port
        except ValueError as error:
            raise wrong from error
        if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.fragment:
            raise wrong
        named = False
        try:
            written = ipaddress.ip_address(parts.hostname)
        except ValueError:
            named = parts.hostname == "localhost"
        else:
            if not is_allowed(written):
                raise ValidationError(
                    _("This address is in a private network. Ask the operator to allow it.")
                )
            named = is_named(written)
        if parts.scheme == "http" and not named:
            raise ValidationError(_("Write an https:// address: what is told must not be read on the way."))
        return given

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not found.get("tells_introductions") and not found.get("tells_vacancies"):
            raise ValidationError(_("Choose what is told: introductions, vacancies, or both."))
        return found
