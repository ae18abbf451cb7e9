"""What is typed from a letter."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "medium"}


class CodeOfLetterForm(forms.Form):
    """The code on a letter."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("The code on the letter"),
        help_text=_("Eight signs, such as K7P3-9QXM. Small letters and spaces do not matter."),
        max_length=40,
        widget=forms.TextInput(attrs=WORDS),
        error_messages={"required": _("Write the code that stands on the letter.")},
    )


class BatchForm(forms.Form):
    """The key of the form that makes letters, so that it makes them once."""

    form = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
