"""Why, in the person's own words."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class ReasonForm(forms.Form):
    """One line, and where she was going."""

    words = forms.CharField(
        label=_("Why do you need these files?"),
        max_length=200,
        help_text=_("One line, for example: I prepare tomorrow's workshop. Name nobody."),
    )
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_next(self) -> str:
        """Keep a page of this site, else the home page."""
        asked = str(self.cleaned_data["next"])
        return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None) else "/"
