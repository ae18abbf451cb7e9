"""What the head of an agency types."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from visavis.agencies import hours


class HoursForm(forms.Form):
    """Opening hours, checked before they are kept."""

    opening_hours = forms.CharField(
        label=_("When is the door open?"),
        help_text=_(
            "For instance: Mo-Fr 08:30-12:30,13:30-17:00; Sa 09:00-12:00; PH off. PH means public holidays."
        ),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        error_messages={"required": _("Write the hours, for instance Mo-Fr 08:30-12:30,13:30-17:00.")},
    )

    def clean_opening_hours(self) -> str:
        text: str = " ".join(self.cleaned_data["opening_hours"].split())
        try:
            hours.parse(text)
        except hours.Unreadable as refusal:
            raise ValidationError(str(refusal), code="unreadable") from refusal
        return text
