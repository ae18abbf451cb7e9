"""Why, in somebody's own words."""

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from visavis.noticing.enums import Why
from visavis.noticing.models import Admission


class OnwardForm(forms.Form):
    """What is asked on the way to a page, and where that is."""

    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_next(self) -> str:
        """Keep a page of this site, else the home page."""
        asked = str(self.cleaned_data["next"])
        return asked if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None) else "/"


class ReasonForm(OnwardForm):
    """One line, and where she was going."""

    words = forms.CharField(
        label=_("Why so many files or lists?"),
        max_length=200,
        help_text=_("One line, for example: I prepare tomorrow's workshop. Name nobody."),
    )


class WhyForm(OnwardForm):
    """Why a file is opened outside one's own people, and where one was going."""

    why = forms.ChoiceField(label=_("Why do you need this file?"), choices=Why, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In a few words"),
        max_length=Admission.LONGEST,
        help_text=_(
            "The person reads it, so does the head of the agency. For example: you called about Friday’s appointment."
        ),
    )
