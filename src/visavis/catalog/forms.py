"""The question of the search page."""

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _


class OccupationSearch(forms.Form):
    """One question, asked by GET. Offers titles while one types, and works as plain text without."""

    q = forms.CharField(
        label=_("What is the occupation called?"),
        help_text=_("Write it as you say it: “baker”, “forklift driver”. Spelling does not matter."),
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-visavis-suggest": reverse_lazy("catalog:suggest_occupations"),
                "data-many": _("{n} suggestions. Use the arrow keys to choose."),
                "data-none": _("No suggestion. You can keep what you typed."),
            }
        ),
    )
